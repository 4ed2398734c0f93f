// Reshaping without a copy, checked against the elements themselves, and permutations.

import { describe, expect, test } from 'vitest';
import { denseGeometry, Geometry, type Order } from '../../src/core/geometry.ts';
import { permuteGeometry, reshapeGeometry, resolveShape, transposeGeometry } from '../../src/core/reshape.ts';

/** Offsets of the elements, read in an order. */
function offsets({ shape, strides, length }: Geometry, order: Order): number[] {
  return Array.from({ length }, (_, position) => {
    let rest = position;
    let offset = 0;
    for (let step = 0; step < shape.length; step++) {
      const dimension = order === 'c' ? shape.length - 1 - step : step;
      const size = shape[dimension] as number;
      offset += (rest % size) * (strides[dimension] as number);
      rest = Math.floor(rest / size);
    }
    return offset;
  });
}

const sources: [string, Geometry][] = [
  ['dense c', denseGeometry([2, 3, 4])],
  ['dense f', denseGeometry([2, 3, 4], 'f')],
  ['every second row', new Geometry([2, 3, 4], [24, 4, 1], 'c')],
  ['permuted', new Geometry([2, 4, 3], [12, 1, 4], 'c')],
  ['part of rows', new Geometry([2, 3, 4], [30, 10, 1], 'c')],
  ['broadcast', new Geometry([2, 3, 4], [0, 4, 1], 'c')],
  ['with sizes of 1', new Geometry([2, 1, 3, 4], [24, 7, 4, 1], 'c')],
  ['steps', new Geometry([2, 3, 4], [24, 8, 2], 'c')],
];
const shapes = [
  [24],
  [2, 12],
  [6, 4],
  [12, 2],
  [4, 6],
  [3, 8],
  [1, 24],
  [24, 1],
  [2, 1, 12],
  [2, 3, 2, 2],
  [2, 2, 2, 3],
  [2, 2, 6],
  [1, 2, 3, 1, 4, 1],
];

describe('reshapeGeometry()', () => {
  for (const [name, geometry] of sources) {
    test.each(['c', 'f'] as const)(`shows the same elements in the same %s order: ${name}`, (order) => {
      const expected = offsets(geometry, order);
      let views = 0;
      for (const shape of shapes) {
        const seen = reshapeGeometry(geometry, shape, order);
        if (seen === undefined) continue;
        views++;
        expect(seen.shape).toEqual(shape);
        expect(offsets(seen, order), `${shape}`).toEqual(expected);
      }
      expect(views).toBeGreaterThan(0);
    });
  }

  test('needs a copy where a run is not contiguous', () => {
    expect(reshapeGeometry(denseGeometry([2, 3], 'f'), [6], 'c')).toBeUndefined();
    expect(reshapeGeometry(new Geometry([2, 3], [6, 1], 'c'), [3, 2], 'c')).toBeUndefined();
    expect(reshapeGeometry(new Geometry([2, 3], [6, 1], 'c'), [2, 3, 1], 'c')?.strides).toEqual([6, 1, 1]);
  });

  test('gives sizes of 1 the strides that ND4J gives them', () => {
    expect(reshapeGeometry(new Geometry([5], [4], 'f'), [1, 5], 'c')?.strides).toEqual([20, 4]);
    expect(reshapeGeometry(new Geometry([4], [5], 'c'), [4, 1], 'c')?.strides).toEqual([5, 5]);
    expect(reshapeGeometry(new Geometry([2, 2], [4, 1], 'c'), [2, 1, 2], 'c')?.strides).toEqual([4, 2, 1]);
  });
});

describe('resolveShape()', () => {
  test('finds the size that −1 stands for', () => {
    expect(resolveShape([3, -1], 12, [12])).toEqual([3, 4]);
    expect(resolveShape([-1], 0, [0])).toEqual([0]);
  });

  test.each([[[5, -1]], [[-1, -1]], [[13]], [[0, -1]], [[]]])('refuses %j for 12 elements', (shape) => {
    expect(() => resolveShape(shape, 12, [3, 4])).toThrow(/^New shape length doesn't match original length: .*\[12\]/);
  });

  test('refuses sizes that are none', () => {
    expect(() => resolveShape([-2, 6], 12, [12])).toThrow(RangeError);
    expect(() => resolveShape([2.5, -1], 12, [12])).toThrow(RangeError);
  });
});

describe('permuteGeometry() and transposeGeometry()', () => {
  test('exchange sizes and strides together', () => {
    expect(permuteGeometry(denseGeometry([2, 3, 4]), [2, 0, 1])).toMatchObject({
      shape: [4, 2, 3],
      strides: [1, 12, 4],
      order: 'c',
    });
    expect(transposeGeometry(denseGeometry([2, 3, 4]))).toMatchObject({ shape: [4, 3, 2], order: 'f', isDenseF: true });
  });

  test('leave a geometry as it is when nothing changes', () => {
    const geometry = denseGeometry([2, 3]);
    expect(permuteGeometry(geometry, [0, 1])).toBe(geometry);
  });

  test.each([[[0]], [[0, 0]], [[0, 2]], [[-1, 0]], [[0, 1, 2]], [[0.5, 1]]])('refuse the order %j', (order) => {
    expect(() => permuteGeometry(denseGeometry([2, 3]), order)).toThrow(/needed are all dimensions 0 to 1, each once/);
  });
});
