// NDImage's parts, boxes and borders: properties, edges and refusals. Their values are in the golden files.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { NDArray } from '../../../src/ndarray/ndarray.ts';
import { floats, ints } from '../../support/arrays.ts';

const image = Nd4j.image();
const values = (x: NDArray): number[] => Array.from(x.dup('c').data().asDouble());
const counted = (shape: number[]): NDArray => Nd4j.arange(shape.reduce((a, b) => a * b, 1)).reshape(...shape);

describe('cropAndResize()', () => {
  const x = counted([1, 3, 3, 1]);
  const crop = (box: number[], size: number[], outside = -1): number[] =>
    values(image.cropAndResize(x, floats(box, [1, 4]), ints([0]), ints(size), outside));

  test('of the whole box in the same size is the image', () => {
    expect(crop([0, 0, 1, 1], [3, 3])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('of a turned box is turned', () => {
    expect(crop([1, 1, 0, 0], [3, 3])).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });

  test('beyond the image is the given value, 0 unless given', () => {
    expect(crop([0, 0, 2, 1], [2, 2])).toEqual([0, 2, -1, -1]);
    expect(values(image.cropAndResize(x, floats([2, 2, 3, 3], [1, 4]), ints([0]), ints([1, 1])))).toEqual([0]);
  });
});

describe('extractImagePatches()', () => {
  test('reads windows row by row, channels last', () => {
    const patches = image.extractImagePatches(counted([1, 3, 3, 1]), [2, 2], [1, 1], [1, 1], false);
    expect(patches.shape()).toEqual([1, 2, 2, 4]);
    expect(values(patches)).toEqual([0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8]);
  });

  test('in same mode pads half before, the rest behind', () => {
    const patches = image.extractImagePatches(counted([1, 1, 4, 1]).addi(1), [1, 5], [1, 2], [1, 1], true);
    expect(values(patches)).toEqual([0, 1, 2, 3, 4, 2, 3, 4, 0, 0]);
  });
});

describe('nonMaxSuppression()', () => {
  const boxes = floats([0, 0, 1, 1, 1.1, 1, 0.1, 0, 0, 2, 1, 3], [3, 4]);

  test('drops what overlaps a better box, corners in any order; what is left over is 0', () => {
    expect(values(image.nonMaxSuppression(boxes, floats([0.5, 0.9, 0.1]), 3, 0.5, 0))).toEqual([1, 2, 0]);
    expect(values(image.nonMaxSuppression(boxes, floats([0.5, 0.9, 0.1]), 3, 0.9, 0))).toEqual([1, 0, 2]);
  });

  test('has no place for scores that are not above the threshold', () => {
    expect(values(image.nonMaxSuppression(boxes, floats([0.5, 0.9, 0.1]), 9, 1, 0.5))).toEqual([1]);
    expect(image.nonMaxSuppression(boxes, floats([0.5, 0.9, 0.1]), 0, 1, 0).shape()).toEqual([0]);
  });
});

describe('pad()', () => {
  const x = counted([2, 3]).addi(1);

  test('mirrors with and without the border, corners too, for any order', () => {
    for (const each of [x, x.dup('f')]) {
      expect(values(image.pad(each, ints([1, 0, 0, 2], [2, 2]), 'REFLECT', 0))).toEqual([
        4, 5, 6, 5, 4, 1, 2, 3, 2, 1, 4, 5, 6, 5, 4,
      ]);
      expect(values(image.pad(each, ints([1, 0, 1, 1], [2, 2]), 'SYMMETRIC', 0))).toEqual([
        1, 1, 2, 3, 3, 1, 1, 2, 3, 3, 4, 4, 5, 6, 6,
      ]);
    }
  });

  test('keeps the type of integers', () => {
    const y = image.pad(ints([1, 2]), ints([1, 0], [1, 2]), 'CONSTANT', 7);
    expect([y.dataType(), ...values(y)]).toEqual(['INT', 7, 1, 2]);
  });
});

test('randomCrop() is a part of the array that the seed decides, every place among them', () => {
  const x = counted([3, 4]);
  const firsts = new Set<number>();
  // Seed 0 would mean the time.
  for (let seed = 1; seed <= 60; seed++) {
    Nd4j.getRandom().setSeed(seed);
    const part = image.randomCrop(x, ints([2, 3]));
    const first = part.getDouble(0);
    firsts.add(first);
    expect(values(part)).toEqual([0, 1, 2, 4, 5, 6].map((i) => i + first));
    Nd4j.getRandom().setSeed(seed);
    expect(image.randomCrop(x, ints([2, 3])).getDouble(0)).toBe(first);
  }
  expect([...firsts].sort((a, b) => a - b)).toEqual([0, 1, 4, 5]);
});

describe('parts refuse', () => {
  const x = counted([1, 3, 3, 1]);
  const box = floats([0, 0, 1, 1], [1, 4]);
  const m = counted([2, 3]);
  test.each([
    ['an image that is not there', () => image.cropAndResize(x, box, ints([1]), ints([2, 2])), /image 1.*0 to 0/],
    ['more boxes than owners', () => image.cropAndResize(x, box, ints([0, 0]), ints([2, 2])), /boxIndices/],
    [
      'boxes of five',
      () => image.cropAndResize(x, floats([1, 2, 3, 4, 5], [1, 5]), ints([0]), ints([2, 2])),
      /\[any, 4\]/,
    ],
    ['one stride', () => image.extractImagePatches(x, [1, 1], [1], [1, 1], false), /strides \[1\]/],
    ['a stride of 0', () => image.extractImagePatches(x, [1, 1], [0, 1], [1, 1], false), /strides 0/],
    ['overlap beyond 1', () => image.nonMaxSuppression(box, floats([1]), 1, 1.5, 0), /iouThreshold 1\.5/],
    ['scores of other boxes', () => image.nonMaxSuppression(box, floats([1, 2]), 1, 0.5, 0), /scores/],
    ['padding of another rank', () => image.pad(m, ints([1, 1], [1, 2]), 'CONSTANT', 0), /\[2, 2\]/],
    ['negative padding', () => image.pad(m, ints([-1, 0, 0, 0], [2, 2]), 'CONSTANT', 0), /by -1/],
    ['mirrors that are too long', () => image.pad(m, ints([2, 0, 0, 0], [2, 2]), 'REFLECT', 0), /by 2.*0 to 1/],
    ['an unknown mode', () => image.pad(m, ints([0, 0, 0, 0], [2, 2]), 'EDGE' as never, 0), /"EDGE"/],
    ['a crop that is larger', () => image.randomCrop(m, ints([3, 1])), /1 to 2 in dimension 0/],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
