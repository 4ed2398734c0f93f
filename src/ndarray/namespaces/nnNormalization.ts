// NDNN: normalization over batches and over dimensions of each example, and the gradients.

import { describeValue, formatShape, ND4JIllegalArgumentException } from '../../core/errors.ts';
import { normalizeDimension } from '../../core/geometry.ts';
import { copy } from '../../ops/layout.ts';
import {
  batchNormalize,
  batchNormalizeBackward,
  layerNormBackward,
  layerNorm as normalizeLayer,
  standardizeBackward,
  standardize as standardizeView,
} from '../../ops/normalization.ts';
import { shapeArgument } from '../arguments.ts';
import type { INDArray } from '../ndarray.ts';
import { normalizeDimensions, releaseTemporary, requireSameType } from '../operands.ts';
import { floatingImage, gradientOf, requireSizes } from './imageArguments.ts';

/** Dimensions, one by one or as one array. */
type Dimensions = readonly number[] | readonly [readonly number[]];

/** Dimensions as whole numbers ≥ 0, ascending. @throws {ND4JIllegalArgumentException} for none. @throws {RangeError} for one that x lacks. */
function dimensionsOf(name: string, x: INDArray, dimensions: Dimensions): number[] {
  const given = shapeArgument(dimensions);
  if (given.length === 0) {
    throw new ND4JIllegalArgumentException(
      `Cannot ${name} an array of shape ${formatShape(x.geometry.shape)} along no dimension: needed is at least one`,
    );
  }
  return normalizeDimensions(given, x.rank());
}

/** A floating array of x's type and the given shape. */
function parameterOf(name: string, what: string, x: INDArray, parameter: unknown, shape: readonly number[]): INDArray {
  const array = floatingImage(name, parameter, what);
  requireSameType(name, x, array);
  requireSizes(name, what, array, shape);
  return array;
}

/** @throws {TypeError} when it is no number. */
function numberOf(name: string, what: string, value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`Cannot ${name} with ${what} ${describeValue(value)}: needed is a number`);
}

/** Arrays of a batch normalization whose channels are one dimension: the operands themselves, or rearranged copies. */
interface Batch {
  readonly x: INDArray;
  /** The dimension of the channels. */
  readonly dimension: number;
  /** Parameters as vectors. */
  readonly flat: readonly INDArray[];
  /** Dimensions of the operands in the order of the copies; undefined for no copies. */
  readonly order?: readonly number[];
  /** Copies to release. */
  readonly owned: readonly INDArray[];
}

function batchOf(x: INDArray, parameters: readonly INDArray[], axes: readonly number[]): Batch {
  const [axis] = axes;
  if (axes.length === 1) return { x, dimension: axis as number, flat: parameters, owned: [] };
  const order = [...x.geometry.shape.map((_, d) => d).filter((d) => !axes.includes(d)), ...axes];
  const channels = axes.reduce((product, d) => product * x.size(d), 1);
  const dense = x.permute(...order).dup('c');
  const flat = parameters.map((each) => each.dup('c').reshape(channels));
  return { x: dense.reshape(-1, channels), dimension: 1, flat, order, owned: [dense, ...flat] };
}

/** The result of a batch in the layout of the operands. */
function unfold(batch: Batch, result: INDArray, like: INDArray): INDArray {
  if (batch.order === undefined) return result;
  const { order } = batch;
  const out = like.allocateDense(like.info, like.geometry.shape);
  const shape = order.map((d) => like.size(d));
  copy(out.permute(...order), result.reshape(shape));
  releaseTemporary(result);
  return out;
}

const PARAMETERS = ['mean', 'variance', 'gamma', 'beta'];

/**
 * (input − mean) / √(variance + epsilon) · gamma + beta, with one number of each for every index of `axis`: 1 for `[N, C, H, W]` and `[N, C]`,
 * 3 for `[N, H, W, C]`. For several axes the parameters have their sizes as shape.
 * @throws {ND4JIllegalStateException} for types and shapes that do not fit. @throws {RangeError | ND4JIllegalArgumentException} for a wrong axis.
 */
function batchNorm(
  input: INDArray,
  mean: INDArray,
  variance: INDArray,
  gamma: INDArray,
  beta: INDArray,
  epsilon: number,
  ...axis: Dimensions
): INDArray {
  const name = 'batchNorm';
  const x = floatingImage(name, input);
  const axes = dimensionsOf(name, x, axis);
  const shape = axes.map((d) => x.size(d));
  const parameters = [mean, variance, gamma, beta].map((each, i) =>
    parameterOf(name, PARAMETERS[i] as string, x, each, shape),
  );
  const eps = numberOf(name, 'epsilon', epsilon);
  const batch = batchOf(x, parameters, axes);
  try {
    const [m, v, g, b] = batch.flat as [INDArray, INDArray, INDArray, INDArray];
    const result = x.allocateDense(x.info, batch.x.geometry.shape);
    batchNormalize(result, batch.x, m, v, g, b, eps, batch.dimension);
    return unfold(batch, result, x);
  } finally {
    batch.owned.forEach(releaseTemporary);
  }
}

/**
 * `[gradient of input, of mean, of variance, of gamma, of beta]`: those of mean and variance are 0 and that of input goes through them, as
 * those of the batch; epsilon counts in float32: both as in libnd4j.
 * @see batchNorm
 */
function batchNormBp(
  input: INDArray,
  mean: INDArray,
  variance: INDArray,
  gamma: INDArray,
  beta: INDArray,
  gradient: INDArray,
  epsilon: number,
  ...axis: Dimensions
): INDArray[] {
  const name = 'batchNormBp';
  const x = floatingImage(name, input);
  const axes = dimensionsOf(name, x, axis);
  const shape = axes.map((d) => x.size(d));
  const parameters = [mean, variance, gamma, beta].map((each, i) =>
    parameterOf(name, PARAMETERS[i] as string, x, each, shape),
  );
  const outputGradient = gradientOf(name, x, gradient, x.geometry.shape);
  const eps = Math.fround(numberOf(name, 'epsilon', epsilon));
  const batch = batchOf(x, parameters, axes);
  const owned = [...batch.owned];
  try {
    const [m, v, ga] = batch.flat as [INDArray, INDArray, INDArray];
    let g = outputGradient;
    if (batch.order !== undefined) {
      const dense = g.permute(...batch.order).dup('c');
      owned.push(dense);
      g = dense.reshape(batch.x.geometry.shape as number[]);
    }
    const [dx, dGamma, dBeta] = [batch.x.geometry.shape, [m.length()], [m.length()]].map((each) =>
      x.allocateDense(x.info, each),
    ) as [INDArray, INDArray, INDArray];
    const gradients = { x: dx, gamma: dGamma, beta: dBeta };
    batchNormalizeBackward(gradients, batch.x, g, m, v, ga, eps, batch.dimension, true);
    const [dMean, dVariance] = [0, 1].map(() => x.allocateDense(x.info, shape).assign(0)) as [INDArray, INDArray];
    return [unfold(batch, dx, x), dMean, dVariance, dGamma.reshape(shape), dBeta.reshape(shape)];
  } finally {
    owned.forEach(releaseTemporary);
  }
}

/** Arguments of layerNorm, checked. */
interface Layer {
  readonly x: INDArray;
  readonly gain: INDArray;
  readonly bias: INDArray | null;
  readonly channel: number;
  readonly dimensions: readonly number[];
}

function layerOf(
  name: string,
  input: unknown,
  gain: unknown,
  bias: unknown,
  channelsFirst: unknown,
  dimensions: Dimensions,
): Layer {
  const x = floatingImage(name, input);
  if (typeof channelsFirst !== 'boolean') {
    throw new TypeError(`Cannot ${name} with channelsFirst ${describeValue(channelsFirst)}: needed is true or false`);
  }
  const along = dimensionsOf(name, x, dimensions);
  const channel = normalizeDimension(channelsFirst ? 1 : -1, x.rank());
  const shape = [x.size(channel)];
  return {
    x,
    gain: parameterOf(name, 'gain', x, gain, shape),
    bias: bias === null ? null : parameterOf(name, 'bias', x, bias, shape),
    channel,
    dimensions: along,
  };
}

/**
 * standardize(input, dimensions) · gain + bias, with one gain and bias for each channel: dimension 1 if `channelsFirst`, else the last. (1.0.0-M2.1
 * hands its operation the wrong arguments and fails.)
 * @throws {ND4JIllegalStateException} for types and shapes that do not fit. @throws {RangeError | ND4JIllegalArgumentException} for wrong dimensions.
 */
function layerNorm(
  input: INDArray,
  gain: INDArray,
  bias: INDArray,
  channelsFirst: boolean,
  ...dimensions: Dimensions
): INDArray;
function layerNorm(input: INDArray, gain: INDArray, channelsFirst: boolean, ...dimensions: Dimensions): INDArray;
function layerNorm(input: INDArray, gain: INDArray, third: INDArray | boolean, ...rest: readonly unknown[]): INDArray {
  const hasBias = typeof third !== 'boolean';
  const [first, others] = hasBias ? [rest[0], rest.slice(1)] : [third, rest];
  const layer = layerOf('layerNorm', input, gain, hasBias ? third : null, first, others as Dimensions);
  const result = layer.x.allocateDense(layer.x.info, layer.x.geometry.shape);
  normalizeLayer(result, layer.x, layer.gain, layer.bias, layer.channel, layer.dimensions);
  return result;
}

/** `[gradient of input, of gain, of bias]`, the last one when there is a bias. @see layerNorm */
function layerNormBp(
  input: INDArray,
  gain: INDArray,
  bias: INDArray,
  gradient: INDArray,
  channelsFirst: boolean,
  ...dimensions: Dimensions
): INDArray[];
function layerNormBp(
  input: INDArray,
  gain: INDArray,
  gradient: INDArray,
  channelsFirst: boolean,
  ...dimensions: Dimensions
): INDArray[];
function layerNormBp(
  input: INDArray,
  gain: INDArray,
  third: INDArray,
  fourth: INDArray | boolean,
  ...rest: readonly unknown[]
): INDArray[] {
  const name = 'layerNormBp';
  const hasBias = typeof fourth !== 'boolean';
  const [first, others] = hasBias ? [rest[0], rest.slice(1)] : [fourth, rest];
  const { x, ...layer } = layerOf(name, input, gain, hasBias ? third : null, first, others as Dimensions);
  const g = gradientOf(name, x, hasBias ? fourth : third, x.geometry.shape);
  const make = (like: INDArray): INDArray => x.allocateDense(x.info, like.geometry.shape);
  const gradients = { x: make(x), gain: make(layer.gain), bias: layer.bias === null ? null : make(layer.bias) };
  layerNormBackward(gradients, x, layer.gain, g, layer.channel, layer.dimensions);
  return gradients.bias === null ? [gradients.x, gradients.gain] : [gradients.x, gradients.gain, gradients.bias];
}

/**
 * (x − mean) / σ along dimensions, σ not corrected for bias and without an epsilon: 0 where σ is 0 and along NaN and infinities.
 * @throws {ND4JIllegalStateException} unless x is floating. @throws {RangeError | ND4JIllegalArgumentException} for wrong dimensions.
 */
function standardize(x: INDArray, ...dimensions: Dimensions): INDArray {
  const array = floatingImage('standardize', x);
  const along = dimensionsOf('standardize', array, dimensions);
  const result = array.allocateDense(array.info, array.geometry.shape);
  standardizeView(result, array, along);
  return result;
}

/** `[gradient of x]`. @see standardize */
function standardizeBp(x: INDArray, gradient: INDArray, ...dimensions: Dimensions): INDArray[] {
  const array = floatingImage('standardizeBp', x);
  const along = dimensionsOf('standardizeBp', array, dimensions);
  const g = gradientOf('standardizeBp', array, gradient, array.geometry.shape);
  const result = array.allocateDense(array.info, array.geometry.shape);
  standardizeBackward(result, array, g, along);
  return [result];
}

/** The normalizations of NDNN. */
export const nnNormalization = { batchNorm, batchNormBp, layerNorm, layerNormBp, standardize, standardizeBp } as const;
