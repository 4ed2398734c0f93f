// NDImage: colours. The three channels are the last dimension.

import { formatShape, ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import {
  type ColorMatrix,
  colorMatrices,
  hsvToRgb,
  mapPixels,
  rgbToHsv,
  scaleContrast,
  scaleSaturations,
  transformColors,
  turnHues,
} from '../../ops/imageColor.ts';
import { readNumbers, writeNumbers } from '../../ops/numbers.ts';
import type { INDArray } from '../ndarray.ts';
import { requireElements } from '../operands.ts';
import { numberArgument } from './arrayArguments.ts';
import { floatingImage } from './imageArguments.ts';

/** A floating array whose last dimension are three channels. @throws {ND4JIllegalStateException} */
function colors(name: string, x: INDArray, leastRank = 1): INDArray {
  const image = floatingImage(name, x);
  requireElements(name, image);
  const { shape } = image.geometry;
  if (shape.length >= leastRank && shape[shape.length - 1] === 3) return image;
  throw new ND4JIllegalStateException(
    `Cannot ${name} an array of shape ${formatShape(shape)}: needed is rank ${leastRank} or more, with 3 channels in the last dimension`,
  );
}

function changed(x: INDArray, change: (pixels: Float64Array) => Float64Array): INDArray {
  const result = x.allocate(x.info, denseGeometry(x.geometry.shape));
  writeNumbers(result, change(readNumbers(x)));
  return result;
}

type ColorChange = (input: INDArray) => INDArray;

function matrix(name: string, coefficients: ColorMatrix): ColorChange {
  return (input) => changed(colors(name, input), (pixels) => transformColors(pixels, coefficients));
}

/**
 * Contrast: (x − mean) · factor + mean with the mean of each channel of each image, for [..., height, width, channels]. M2.1's method always
 * fails; this is its operation `adjust_contrast_v2`.
 */
function adjustContrast(input: INDArray, factor: number): INDArray {
  const image = floatingImage('adjustContrast', input);
  requireElements('adjustContrast', image);
  numberArgument('adjustContrast', 'factor', factor);
  if (image.rank() < 3) {
    throw new ND4JIllegalArgumentException(
      `Cannot adjustContrast of shape ${formatShape(image.geometry.shape)}: needed is rank 3 or more, [..., height, width, channels]`,
    );
  }
  const pixels = image.size(-3) * image.size(-2);
  return changed(image, (values) => scaleContrast(values, pixels, image.size(-1), factor));
}

/** Hues turned by delta, a part of the whole circle between −1 and 1. */
function adjustHue(input: INDArray, delta: number): INDArray {
  const image = colors('adjustHue', input, 3);
  if (!(Math.abs(numberArgument('adjustHue', 'delta', delta)) <= 1)) {
    throw new ND4JIllegalArgumentException(`Cannot adjustHue by ${delta}: needed is a number from -1 to 1`);
  }
  return changed(image, (pixels) => turnHues(pixels, delta));
}

/** Saturations times the factor, kept between 0 and 1. */
function adjustSaturation(input: INDArray, factor: number): INDArray {
  const image = colors('adjustSaturation', input, 3);
  numberArgument('adjustSaturation', 'factor', factor);
  return changed(image, (pixels) => scaleSaturations(pixels, factor));
}

/** The colour family of NDImage: floating arrays whose last dimension has size 3; results keep type and shape. */
export const imageColor = {
  adjustContrast,
  adjustHue,
  adjustSaturation,
  /** Hue (a part of the circle), saturation and value to red, green and blue. */
  hsvToRgb: ((input) => changed(colors('hsvToRgb', input), (p) => mapPixels(p, hsvToRgb))) as ColorChange,
  /** Red, green and blue to hue (0 to 1), saturation and value. */
  rgbToHsv: ((input) => changed(colors('rgbToHsv', input), (p) => mapPixels(p, rgbToHsv))) as ColorChange,
  rgbToYiq: matrix('rgbToYiq', colorMatrices.rgbToYiq),
  rgbToYuv: matrix('rgbToYuv', colorMatrices.rgbToYuv),
  yiqToRgb: matrix('yiqToRgb', colorMatrices.yiqToRgb),
  yuvToRgb: matrix('yuvToRgb', colorMatrices.yuvToRgb),
} as const;
