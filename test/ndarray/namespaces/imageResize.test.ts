// NDImage's resizing: properties, edges and refusals. The values of all methods are in the golden files.

import { describe, expect, test } from 'vitest';
import { ImageResizeMethod } from '../../../src/ndarray/namespaces/imageResize.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { NDArray } from '../../../src/ndarray/ndarray.ts';
import { doubles, floats, ints } from '../../support/arrays.ts';
import { expectClose } from '../../support/close.ts';

const image = Nd4j.image();
const values = (x: NDArray): number[] => Array.from(x.dup('c').data().asDouble());
const picture = (shape: number[]): NDArray =>
  floats(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i * 0.6180339887) % 1),
    shape,
  );

describe.each(Object.values(ImageResizeMethod))('%s', (method) => {
  test('leaves an image of one colour as it is, larger, smaller and antialiased', () => {
    const x = Nd4j.ones(1, 5, 7, 2).muli(0.75);
    for (const size of [ints([9, 3]), ints([2, 11]), ints([5, 7])]) {
      for (const antialias of [false, true]) {
        const y = image.imageResize(x, size, false, antialias, method);
        expect(y.shape()).toEqual([1, size.getInt(0), size.getInt(1), 2]);
        expectClose(values(y), new Array(y.length()).fill(0.75), { abs: 1e-6 });
      }
    }
  });

  test('is the same for a view', () => {
    const x = picture([2, 4, 5, 3]);
    const view = x.permute(0, 3, 1, 2).dup('c').permute(0, 2, 3, 1);
    expect(values(image.imageResize(view, ints([3, 7]), method))).toEqual(
      values(image.imageResize(x, ints([3, 7]), method)),
    );
  });
});

test('preserveAspectRatio gives the largest size of these proportions within the wanted one', () => {
  const resized = image.imageResize(picture([1, 4, 8, 1]), ints([6, 6]), true, false, 'ResizeBilinear');
  expect(resized.shape()).toEqual([1, 3, 6, 1]);
});

test('ResizeNearest keeps the type, the other methods give FLOAT', () => {
  const x = doubles([1, 2, 3, 4], [1, 2, 2, 1]);
  expect(image.imageResize(x, ints([3, 3]), 'ResizeNearest').dataType()).toBe('DOUBLE');
  expect(image.imageResize(x, ints([3, 3]), 'ResizeArea').dataType()).toBe('FLOAT');
});

test('ResizeArea by whole factors is the mean of blocks', () => {
  const x = floats([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4, 1]);
  expect(values(image.imageResize(x, ints([1, 2]), 'ResizeArea'))).toEqual([3.5, 5.5]);
});

test('resizeBiLinear() with aligned corners keeps the corners', () => {
  const y = values(image.resizeBiLinear(floats([1, 2, 3, 4], [1, 2, 2, 1]), 3, 3, true, false));
  expect(y).toEqual([1, 1.5, 2, 2, 2.5, 3, 3, 3.5, 4]);
});

describe('resizing refuses', () => {
  const x = picture([1, 4, 4, 1]);
  test.each([
    ['rank 3', () => image.imageResize(picture([4, 4, 1]), ints([2, 2]), 'ResizeArea'), /\[batch, height, width/],
    ['a method that is none', () => image.imageResize(x, ints([2, 2]), 'Resize' as never), /"Resize"/],
    ['a floating size', () => image.imageResize(x, floats([2, 2]), 'ResizeArea'), /two integers/],
    ['three sizes', () => image.imageResize(x, ints([2, 2, 2]), 'ResizeArea'), /two integers/],
    ['a size of 0', () => image.imageResize(x, ints([0, 2]), 'ResizeArea'), /height 0/],
    ['a small cubic', () => image.resizeBiCubic(x, ints([3, 8]), false, false), /at least 4 rows/],
    ['corners and centres', () => image.resizeBiCubic(x, ints([5, 5]), true, true), /alignCorners and/],
    ['half a pixel', () => image.resizeBiLinear(x, 2.5, 2, false, false), /height 2\.5/],
    ['booleans', () => image.imageResize(Nd4j.create([true]).reshape(1, 1, 1, 1), ints([2, 2]), 'ResizeArea'), /BOOL/],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
