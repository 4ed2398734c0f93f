// NDCNN: repeating, blocks to channels or examples, patches, morphological dilation, local response normalization.

import {
  describeValue,
  formatShape,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
} from '../../core/errors.ts';
import { type LocalResponse, localResponse, localResponseBackward } from '../../ops/localResponse.ts';
import { averagePool, PoolDivisor } from '../../ops/pooling.ts';
import {
  batchToSpace as copyBatchToSpace,
  depthToSpace as copyDepthToSpace,
  spaceToBatch as copySpaceToBatch,
  spaceToDepth as copySpaceToDepth,
  dilation,
  imagePatches,
  type PatchWindow,
  upsample,
} from '../../ops/spatial.ts';
import { countArgument } from '../arguments.ts';
import type { INDArray } from '../ndarray.ts';
import { releaseTemporary, requireSameType } from '../operands.ts';
import { type ConfigBuilder, configBuilder } from './convolutionConfig.ts';
import { anyImage, floatingImage, gradientOf, numericImage, requireRank, requireSizes } from './imageArguments.ts';
import { optionsOf } from './poolingConfig.ts';

/** Options of `localResponseNormalization`. @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.LocalResponseNormalizationConfig */
export interface LocalResponseNormalizationConfig {
  /** Default 1. */
  readonly alpha?: number;
  /** Default 1. */
  readonly beta?: number;
  /** Default 0. */
  readonly bias?: number;
  /** How many neighbours on each side count, at least 1. */
  readonly depth: number;
}

/** @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.LocalResponseNormalizationConfig */
export const LocalResponseNormalizationConfig = {
  builder: (): ConfigBuilder<LocalResponseNormalizationConfig> =>
    configBuilder<LocalResponseNormalizationConfig>(['alpha', 'beta', 'bias', 'depth']),
} as const;

/** The layout of an image. @see org.nd4j.enums.DataFormat */
export const DataFormat = { NCHW: 'NCHW', NHWC: 'NHWC' } as const;
export type DataFormat = keyof typeof DataFormat;

function flagOf(name: string, what: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`Cannot ${name} with ${what} ${describeValue(value)}: needed is true or false`);
}

/** @throws {TypeError | RangeError} unless there are `count` whole numbers of at least `least`. */
function wholeNumbers(name: string, what: string, values: unknown, count: number, least: number): number[] {
  if (!Array.isArray(values) || values.length !== count) {
    throw new ND4JIllegalArgumentException(
      `Cannot ${name} with ${what} ${describeValue(values)}: needed is an array of ${count} whole numbers`,
    );
  }
  return values.map((each) => countArgument(each, what, least));
}

/** Shape of an array whose dimensions from `first` on are multiplied. */
function multiplied(shape: readonly number[], first: number, factors: readonly number[]): number[] {
  return shape.map((size, d) => size * (factors[d - first] ?? 1));
}

function repeat(name: string, input: unknown, factors: number[], isChannelsFirst: boolean): INDArray {
  const x = floatingImage(name, input);
  for (const each of factors) countArgument(each, 'scale', 1);
  requireRank(name, x, factors.length + 2, factors.length === 2 ? '[N, C, H, W]' : '[N, C, D, H, W]');
  const first = isChannelsFirst ? 2 : 1;
  const result = x.allocateDense(x.info, multiplied(x.geometry.shape, first, factors));
  upsample(result, x, factors, first);
  return result;
}

function repeatBp(name: string, input: unknown, gradient: unknown, factors: number[], isFirst: boolean): INDArray[] {
  const x = floatingImage(name, input);
  for (const each of factors) countArgument(each, 'scale', 1);
  requireRank(name, x, factors.length + 2, factors.length === 2 ? '[N, C, H, W]' : '[N, C, D, H, W]');
  const g = gradientOf(name, x, gradient, multiplied(x.geometry.shape, isFirst ? 2 : 1, factors));
  const result = x.allocateDense(x.info, x.geometry.shape);
  const zeros = factors.map(() => 0);
  const ones = factors.map(() => 1);
  const blocks = { kernel: factors, stride: factors, padding: zeros, dilation: ones, isChannelsLast: !isFirst };
  averagePool(result, g, blocks, PoolDivisor.NONE);
  return [result];
}

/**
 * Every pixel of `[N, C, H, W]` repeated scaleH × scaleW times; of `[N, H, W, C]` if nchw is false. One scale serves both. Floating types.
 * @throws {ND4JIllegalStateException} for another type or rank. @throws {RangeError} for a scale below 1.
 */
function upsampling2d(input: INDArray, scale: number): INDArray;
function upsampling2d(input: INDArray, scaleH: number, scaleW: number, nchw: boolean): INDArray;
function upsampling2d(input: INDArray, scaleH: number, scaleW = scaleH, nchw = true): INDArray {
  return repeat('upsampling2d', input, [scaleH, scaleW], flagOf('upsampling2d', 'nchw', nchw));
}

/** `[gradient of input]`. @see upsampling2d */
function upsampling2dBp(input: INDArray, gradient: INDArray, scaleH: number, scaleW = scaleH, nchw = true): INDArray[] {
  return repeatBp('upsampling2dBp', input, gradient, [scaleH, scaleW], flagOf('upsampling2dBp', 'nchw', nchw));
}

/** Every voxel of `[N, C, D, H, W]` repeated, or of `[N, D, H, W, C]` if ncdhw is false. @see upsampling2d */
function upsampling3d(input: INDArray, ncdhw: boolean, scaleD: number, scaleH: number, scaleW: number): INDArray {
  return repeat('upsampling3d', input, [scaleD, scaleH, scaleW], flagOf('upsampling3d', 'ncdhw', ncdhw));
}

/** `[gradient of input]`. @see upsampling3d */
function upsampling3dBp(
  input: INDArray,
  gradient: INDArray,
  ncdhw: boolean,
  scaleD: number,
  scaleH: number,
  scaleW: number,
): INDArray[] {
  const isFirst = flagOf('upsampling3dBp', 'ncdhw', ncdhw);
  return repeatBp('upsampling3dBp', input, gradient, [scaleD, scaleH, scaleW], isFirst);
}

/** What spaceToDepth and depthToSpace ask of their arguments: the dimensions of an image. */
function blocked(name: string, input: unknown, block: unknown, format: unknown): [INDArray, number, boolean] {
  const x = anyImage(name, input);
  const size = countArgument(block, 'block size', 1);
  if (format !== 'NCHW' && format !== 'NHWC') {
    throw new TypeError(`Cannot ${name} with format ${describeValue(format)}: needed is NCHW or NHWC`);
  }
  requireRank(name, x, 4, format === 'NCHW' ? '[N, C, H, W]' : '[N, H, W, C]');
  return [x, size, format === 'NHWC'];
}

function requireDivisible(name: string, x: INDArray, sizes: readonly number[], by: readonly number[]): void {
  if (sizes.every((size, i) => size % (by[i] as number) === 0)) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} an array of shape ${formatShape(x.geometry.shape)}: ${formatShape(sizes)} must be multiples of ${formatShape(by)}`,
  );
}

/**
 * Blocks of blockSize × blockSize pixels as channels: channel (i·b + j)·C + c is row i, column j, channel c of a block.
 * @throws {ND4JIllegalStateException} unless height and width are multiples of the block.
 */
function spaceToDepth(x: INDArray, blockSize: number, dataFormat: DataFormat): INDArray {
  const name = 'spaceToDepth';
  const [image, b, isLast] = blocked(name, x, blockSize, dataFormat);
  const [n, c, h, w] = sizesOf(image, isLast);
  requireDivisible(name, image, [h, w], [b, b]);
  const result = image.allocateDense(image.info, shapeOf(n, c * b * b, h / b, w / b, isLast));
  copySpaceToDepth(result, image, b, isLast);
  return result;
}

/** The inverse of spaceToDepth. @throws {ND4JIllegalStateException} unless the channels are a multiple of the block's pixels. */
function depthToSpace(x: INDArray, blockSize: number, dataFormat: DataFormat): INDArray {
  const name = 'depthToSpace';
  const [image, b, isLast] = blocked(name, x, blockSize, dataFormat);
  const [n, c, h, w] = sizesOf(image, isLast);
  requireDivisible(name, image, [c], [b * b]);
  const result = image.allocateDense(image.info, shapeOf(n, c / (b * b), h * b, w * b, isLast));
  copyDepthToSpace(result, image, b, isLast);
  return result;
}

function sizesOf(x: INDArray, isLast: boolean): [n: number, c: number, h: number, w: number] {
  const [n, a, b, c] = x.geometry.shape as [number, number, number, number];
  return isLast ? [n, c, a, b] : [n, a, b, c];
}

function shapeOf(n: number, c: number, h: number, w: number, isLast: boolean): number[] {
  return isLast ? [n, h, w, c] : [n, c, h, w];
}

/** Two numbers, of one array or the rest of the arguments. */
function rest(values: readonly unknown[]): unknown {
  return values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
}

/**
 * Blocks of `[N, H, W, C]` as examples: example (i·b + j)·N + n holds row i and column j of every block of example n, after padding with zeros:
 * `heights` before and behind the rows, `widths` before and behind the columns (ND4J calls the two paddingTop and paddingBottom; 1.0.0-M2.1
 * does not hand them on and fails).
 * @throws {ND4JIllegalStateException} unless the padded sizes are multiples of the blocks.
 */
function spaceToBatch(
  x: INDArray,
  blocks: readonly number[],
  heights: readonly number[],
  ...widths: readonly number[] | readonly [readonly number[]]
): INDArray {
  const name = 'spaceToBatch';
  const image = numericImage(name, x);
  requireRank(name, image, 4, '[N, H, W, C]');
  const [b, d] = wholeNumbers(name, 'blocks', blocks, 2, 1) as [number, number];
  const [top, bottom] = wholeNumbers(name, 'padding', heights, 2, 0) as [number, number];
  const [left, right] = wholeNumbers(name, 'padding', rest(widths), 2, 0) as [number, number];
  const [n, h, w, c] = image.geometry.shape as [number, number, number, number];
  const padded: [number, number] = [h + top + bottom, w + left + right];
  requireDivisible(name, image, padded, [b, d]);
  const result = image.allocateDense(image.info, [n * b * d, padded[0] / b, padded[1] / d, c]);
  copySpaceToBatch(result, image, [b, d], [top, left]);
  return result;
}

/** The inverse of spaceToBatch: padding is cut off. @throws {ND4JIllegalStateException} when there are not enough examples or pixels. */
function batchToSpace(
  x: INDArray,
  blocks: readonly number[],
  heights: readonly number[],
  ...widths: readonly number[] | readonly [readonly number[]]
): INDArray {
  const name = 'batchToSpace';
  const batch = numericImage(name, x);
  requireRank(name, batch, 4, '[N, H, W, C]');
  const [b, d] = wholeNumbers(name, 'blocks', blocks, 2, 1) as [number, number];
  const [top, bottom] = wholeNumbers(name, 'crop', heights, 2, 0) as [number, number];
  const [left, right] = wholeNumbers(name, 'crop', rest(widths), 2, 0) as [number, number];
  const [n, h, w, c] = batch.geometry.shape as [number, number, number, number];
  requireDivisible(name, batch, [n], [b * d]);
  const shape = [n / (b * d), h * b - top - bottom, w * d - left - right, c];
  if (shape.some((size) => size < 0)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} an array of shape ${formatShape(batch.geometry.shape)}: the crop leaves ${formatShape(shape)}`,
    );
  }
  const result = batch.allocateDense(batch.info, shape);
  copyBatchToSpace(result, batch, [b, d], [top, left]);
  return result;
}

/** Windows over `[N, H, W, C]`, and how many there are. */
function patchesOf(
  x: INDArray,
  kernel: [number, number],
  stride: [number, number],
  rate: [number, number],
  isSame: boolean,
): { patches: PatchWindow; counts: number[] } {
  const padding: [number, number] = [0, 0];
  const counts = [0, 1].map((d) => {
    const size = x.size(1 + d);
    const step = stride[d] as number;
    const reach = ((kernel[d] as number) - 1) * (rate[d] as number) + 1;
    if (!isSame) return Math.max(Math.ceil((size - reach + 1) / step), 0);
    const count = Math.ceil(size / step);
    padding[d] = Math.max(0, Math.floor(((count - 1) * step + reach - size) / 2));
    return count;
  });
  return { patches: { kernel, stride, rate, padding }, counts };
}

/**
 * The patches of `[N, H, W, C]` as `[N, oH, oW, kH·kW·C]`, padded with zeros in the same mode.
 * @throws {ND4JIllegalStateException} for another rank. @throws {RangeError} for sizes below 1.
 */
function extractImagePatches(
  input: INDArray,
  kH: number,
  kW: number,
  sH: number,
  sW: number,
  rH: number,
  rW: number,
  sameMode: boolean,
): INDArray {
  const name = 'extractImagePatches';
  const x = numericImage(name, input);
  requireRank(name, x, 4, '[N, H, W, C]');
  const sizes = [kH, kW, sH, sW, rH, rW].map((each) => countArgument(each, 'size, stride or rate', 1));
  const [a, b, c, d, e, f] = sizes as [number, number, number, number, number, number];
  const { patches, counts } = patchesOf(x, [a, b], [c, d], [e, f], flagOf(name, 'sameMode', sameMode));
  const result = x.allocateDense(x.info, [x.size(0), ...counts, a * b * x.size(3)]);
  imagePatches(result, x, patches);
  return result;
}

/** Height and width of `[1, h, w, 1]` or `[h, w]`. */
function pairOf(name: string, what: string, values: unknown): [number, number] {
  if (Array.isArray(values) && values.length === 4) {
    const [, h, w] = wholeNumbers(name, what, values, 4, 1) as [number, number, number];
    return [h, w];
  }
  return wholeNumbers(name, what, values, 2, 1) as [number, number];
}

/**
 * Morphological dilation of `[N, H, W, C]` by weights `[kH, kW, C]`: the largest sum of pixel and weight in every window. Strides and rates are
 * `[h, w]` or `[1, h, w, 1]` (1.0.0-M2.1 takes neither). Floating types.
 * @throws {ND4JIllegalStateException} for types and shapes that do not fit.
 */
function dilation2D(
  df: INDArray,
  weights: INDArray,
  strides: readonly number[],
  rates: readonly number[],
  isSameMode: boolean,
): INDArray {
  const name = 'dilation2D';
  const x = floatingImage(name, df);
  const w = floatingImage(name, weights, 'weights');
  requireSameType(name, x, w);
  requireRank(name, x, 4, '[N, H, W, C]');
  requireRank(name, w, 3, '[kH, kW, C] for the weights');
  const kernel: [number, number] = [w.size(0), w.size(1)];
  requireSizes(name, 'weights', w, [...kernel, x.size(3)]);
  const stride = pairOf(name, 'strides', strides);
  const rate = pairOf(name, 'rates', rates);
  const { patches, counts } = patchesOf(x, kernel, stride, rate, flagOf(name, 'isSameMode', isSameMode));
  const result = x.allocateDense(x.info, [x.size(0), ...counts, x.size(3)]);
  const sum = x.allocate(x.info, result.geometry);
  try {
    dilation(result, x, w, patches, sum);
  } finally {
    releaseTemporary(sum);
  }
  return result;
}

function responseOf(name: string, config: unknown): LocalResponse {
  const options = optionsOf(name, config);
  const number = (field: string, initial: number): number => {
    const value = options[field] ?? initial;
    if (typeof value === 'number') return value;
    throw new TypeError(`Cannot ${name} with ${field} ${describeValue(value)}: needed is a number`);
  };
  const depth = number('depth', 0);
  if (!(Number.isInteger(depth) && depth > 0)) {
    throw new ND4JIllegalArgumentException(
      `Cannot ${name}: Depth can not be 0 or negative, got: ${depth}; needed is a whole number`,
    );
  }
  const single = (field: string, initial: number): number => Math.fround(number(field, initial));
  return { alpha: single('alpha', 1), beta: single('beta', 1), bias: single('bias', 0), depth };
}

/**
 * input · (bias + alpha · Σ input²)^−beta, the sum running over `depth` neighbours on both sides in the last dimension of `[N, H, W, C]`, as
 * libnd4j's operation has it, with its numbers in float32. (1.0.0-M2.1 loses the configuration and fails.)
 * @throws {ND4JIllegalStateException} for another type or rank. @throws {ND4JIllegalArgumentException} for a depth below 1.
 */
function localResponseNormalization(input: INDArray, config: LocalResponseNormalizationConfig): INDArray {
  const name = 'localResponseNormalization';
  const x = floatingImage(name, input);
  const numbers = responseOf(name, config);
  requireRank(name, x, 4, '[N, H, W, C]');
  const result = x.allocateDense(x.info, x.geometry.shape);
  localResponse(result, x, numbers, 3);
  return result;
}

/** `[gradient of input]`. @see localResponseNormalization */
function localResponseNormalizationBp(
  input: INDArray,
  gradient: INDArray,
  config: LocalResponseNormalizationConfig,
): INDArray[] {
  const name = 'localResponseNormalizationBp';
  const x = floatingImage(name, input);
  const numbers = responseOf(name, config);
  requireRank(name, x, 4, '[N, H, W, C]');
  const g = gradientOf(name, x, gradient, x.geometry.shape);
  const result = x.allocateDense(x.info, x.geometry.shape);
  localResponseBackward(result, x, g, numbers, 3);
  return [result];
}

/** The rearrangements of NDCNN, and what goes with them. */
export const cnnSpatial = {
  upsampling2d,
  upsampling2dBp,
  upsampling3d,
  upsampling3dBp,
  spaceToDepth,
  depthToSpace,
  spaceToBatch,
  batchToSpace,
  extractImagePatches,
  dilation2D,
  localResponseNormalization,
  localResponseNormalizationBp,
} as const;
