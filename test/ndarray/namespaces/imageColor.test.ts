// NDImage's colours: round trips, edges and refusals. Their values are in the golden files.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { NDArray } from '../../../src/ndarray/ndarray.ts';
import { doubles, floats, ints } from '../../support/arrays.ts';
import { expectClose } from '../../support/close.ts';

const image = Nd4j.image();
const values = (x: NDArray): number[] => Array.from(x.dup('c').data().asDouble());
const colors = (shape: number[]): NDArray =>
  doubles(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i * 0.6180339887) % 1),
    shape,
  );

describe('colours', () => {
  test('survive the way to HSV, YIQ and YUV and back', () => {
    const x = colors([2, 4, 3]);
    expectClose(values(image.hsvToRgb(image.rgbToHsv(x))), values(x), { abs: 1e-14 });
    expectClose(values(image.yuvToRgb(image.rgbToYuv(x))), values(x), { abs: 1e-6 });
    expectClose(values(image.yiqToRgb(image.rgbToYiq(x))), values(x), { abs: 1e-4 });
  });

  test('of greys have neither hue nor saturation', () => {
    const greys = floats([0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1], [3, 3]);
    expect(values(image.rgbToHsv(greys))).toEqual([0, 0, 0, 0, 0, 0.5, 0, 0, 1]);
  });

  test('turned by whole circles, or saturated by 1, stay', () => {
    const x = colors([2, 2, 3]);
    for (const same of [image.adjustHue(x, 1), image.adjustHue(x, 0), image.adjustSaturation(x, 1)]) {
      expectClose(values(same), values(x), { abs: 1e-14 });
    }
  });

  test('of contrast 0 are the mean of their channel in each image', () => {
    const flat = image.adjustContrast(doubles([1, 10, 3, 20, 5, 6, 7, 8], [2, 1, 2, 2]), 0);
    expect(values(flat)).toEqual([2, 15, 2, 15, 6, 7, 6, 7]);
  });

  test('may be views in any order', () => {
    const x = colors([3, 4]).transpose();
    expect(values(image.rgbToHsv(x))).toEqual(values(image.rgbToHsv(x.dup('c'))));
    expect(values(image.rgbToHsv(x))).toEqual(values(image.rgbToHsv(x.dup('f'))));
  });
});

describe('colours refuse', () => {
  test.each([
    ['four channels', () => image.rgbToHsv(floats([1, 2, 3, 4])), /\[4\].*3 channels/],
    ['integers', () => image.rgbToYiq(ints([1, 2, 3])), /INT/],
    ['a matrix for a hue', () => image.adjustHue(floats([1, 2, 3], [1, 3]), 0.5), /rank 3/],
    ['a hue beyond a circle', () => image.adjustHue(colors([1, 1, 3]), 1.5), /1\.5.*-1 to 1/],
    ['a matrix for contrast', () => image.adjustContrast(floats([1, 2, 3], [1, 3]), 2), /rank 3/],
    ['a factor that is none', () => image.adjustSaturation(colors([1, 1, 3]), 'x' as never), /factor "x"/],
    ['what is no array', () => image.yuvToRgb([1, 2, 3] as never), /needed is an INDArray/],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
