// Geometries of parts.

import { describe, expect, test } from 'vitest';
import { denseGeometry } from '../../src/core/geometry.ts';
import {
  dropDimension,
  insertDimension,
  resizeDimension,
  splitDimension,
  tensorsAlong,
} from '../../src/core/slices.ts';

const cube = denseGeometry([2, 3, 4]);

describe('dropDimension()', () => {
  test('leaves the other dimensions, with the flag of their strides or a given one', () => {
    expect(dropDimension(cube, 1)).toMatchObject({ shape: [2, 4], strides: [12, 1], order: 'c' });
    expect(dropDimension(denseGeometry([4, 5]), 0)).toMatchObject({ shape: [5], order: 'f' });
    expect(dropDimension(denseGeometry([4, 5]), 0, 'c').order).toBe('c');
  });
});

describe('resizeDimension(), insertDimension() and splitDimension()', () => {
  test('keep all other strides', () => {
    expect(resizeDimension(cube, 1, 2)).toMatchObject({ shape: [2, 2, 4], strides: [12, 4, 1] });
    expect(insertDimension(cube, 3, 1, 7)).toMatchObject({ shape: [2, 3, 4, 1], strides: [12, 4, 1, 7] });
    expect(splitDimension(cube, 2, 2, 2)).toMatchObject({ shape: [2, 3, 2, 2], strides: [12, 4, 2, 1] });
  });
});

describe('tensorsAlong()', () => {
  test('counts the other dimensions in c order, whatever the layout', () => {
    const tensors = tensorsAlong(cube, [1]);
    expect(tensors).toMatchObject({ count: 8, geometry: { shape: [3], strides: [4] } });
    expect(Array.from({ length: 8 }, (_, index) => tensors.offsetOf(index))).toEqual([0, 1, 2, 3, 12, 13, 14, 15]);
    expect(tensorsAlong(denseGeometry([2, 3], 'f'), [1]).offsetOf(1)).toBe(1);
    expect(tensorsAlong(cube, [0, 1, 2]).count).toBe(1);
  });
});
