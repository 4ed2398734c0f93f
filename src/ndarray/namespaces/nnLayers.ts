// NDNN's layers without memory: biases, products, learned slopes, dropout, the largest elements.

import { LONG } from '../../core/dataType.ts';
import { formatShape, ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry, Geometry } from '../../core/geometry.ts';
import { type ArrayView, viewed } from '../../memory/view.ts';
import { Binary, Unary } from '../../ops/codes.ts';
import { binary, binaryScalar, unary } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import { gemm } from '../../ops/matmul.ts';
import { realmRandom } from '../../ops/random.ts';
import { reduce } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import { SortOrder, sortWithIndices } from '../../ops/sorting.ts';
import { Temporaries } from '../../ops/temporaries.ts';
import type { INDArray } from '../ndarray.ts';
import { freshGeometry, requireSameType } from '../operands.ts';
import { floatingArgument, numberArgument, numericArgument, requireShape, shapedArgument } from './arrayArguments.ts';
import { requireGradient } from './nnActivations.ts';
import { pad } from './nnPad.ts';

/** The dimension of x that a bias belongs to. */
function biasDimension(op: string, x: INDArray, bias: INDArray, nchw: boolean): number {
  floatingArgument(op, 'input', x);
  if (x.rank() < 2) {
    throw new ND4JIllegalStateException(
      `Cannot ${op}: input has shape ${formatShape(x.geometry.shape)}, needed is a rank of at least 2`,
    );
  }
  const dimension = nchw ? 1 : x.rank() - 1;
  shapedArgument(op, 'bias', bias, [x.size(dimension)], x);
  return dimension;
}

/** A vector as an array of x's shape that varies along one dimension, a view. */
function along(vector: ArrayView, shape: readonly number[], dimension: number): ArrayView {
  const stride = vector.geometry.strides[0] as number;
  const strides = shape.map((_, d) => (d === dimension ? stride : 0));
  return viewed(vector, 0, new Geometry(shape, strides, 'c'));
}

/** x + bias along the channels: dimension 1 if `nchw`, else the last. */
function biasAdd(x: INDArray, bias: INDArray, nchw: boolean): INDArray {
  const dimension = biasDimension('biasAdd', x, bias, nchw);
  const result = x.allocate(x.info, freshGeometry(x.geometry));
  binary(Binary.ADD, result, x, along(bias, x.geometry.shape, dimension));
  return result;
}

/** Gradients of input and bias of `biasAdd`. */
function biasAddBp(x: INDArray, bias: INDArray, gradient: INDArray, nchw: boolean): INDArray[] {
  const dimension = biasDimension('biasAddBp', x, bias, nchw);
  requireGradient('biasAddBp', x, gradient);
  const result = x.allocateDense(x.info, x.geometry.shape);
  copy(result, gradient);
  const ofBias = x.allocateDense(x.info, bias.geometry.shape);
  const others = x.shape().flatMap((_, d) => (d === dimension ? [] : [d]));
  reduce(Reduce.SUM, ofBias, gradient, others);
  return [result, ofBias];
}

function affine(op: string, x: INDArray, weights: INDArray, bias: INDArray): INDArray {
  floatingArgument(op, 'input', x);
  requireShape(op, 'input', x, [-1, -1]);
  shapedArgument(op, 'weights', weights, [x.size(1), -1], x);
  shapedArgument(op, 'bias', bias, [weights.size(1)], x);
  const result = x.allocateDense(x.info, [x.size(0), weights.size(1)]);
  copy(result, along(bias, result.geometry.shape, 1));
  gemm(result, x, weights, 1, 1);
  return result;
}

/** x · weights + bias, of x `[n, in]`, weights `[in, out]` and bias `[out]`. */
function linear(x: INDArray, weights: INDArray, bias: INDArray): INDArray {
  return affine('linear', x, weights, bias);
}

/** relu(x · weights + bias). @see linear */
function reluLayer(x: INDArray, weights: INDArray, bias: INDArray): INDArray {
  const result = affine('reluLayer', x, weights, bias);
  unary(Unary.RELU, result, result);
  return result;
}

/** The slopes as an array of x's shape, a view, and the dimensions along which they repeat. */
function slopesOf(op: string, x: INDArray, alpha: INDArray, sharedAxes: readonly (number | readonly number[])[]) {
  floatingArgument(op, 'input', x);
  const axes = sharedAxes.flat();
  const rank = x.rank();
  const wrong = axes.find((axis) => !Number.isInteger(axis) || axis < 1 || axis >= rank);
  if (wrong !== undefined || rank < 2) {
    throw new ND4JIllegalArgumentException(
      `Cannot ${op} of ${formatShape(x.geometry.shape)} with shared axes ${formatShape(axes)}: needed are axes from 1 to ${rank - 1}`,
    );
  }
  const sizes = x.shape().map((size, d) => (d === 0 || axes.includes(d) ? 1 : size));
  const own = sizes.slice(1);
  floatingArgument(op, 'alpha', alpha);
  requireSameType(op, x, alpha);
  if (alpha.length() !== own.reduce((product, size) => product * size, 1)) {
    throw new ND4JIllegalStateException(
      `Cannot ${op}: alpha has shape ${formatShape(alpha.geometry.shape)}, needed is ${formatShape(own)}`,
    );
  }
  const dense = alpha.reshape(...sizes);
  const strides = sizes.map((size, d) => (size === 1 ? 0 : (dense.geometry.strides[d] as number)));
  const repeated = sizes.flatMap((size, d) => (size === 1 ? [d] : []));
  return { slopes: viewed(dense, 0, new Geometry(x.geometry.shape, strides, 'c')), repeated, sizes };
}

/**
 * x where x ≥ 0, else alpha · x. alpha has the shape of an example, with 1 in the shared axes (counted with the examples as axis 0).
 * M2.1's own method fails always (it passes no output); this is libnd4j's operation.
 */
function prelu(x: INDArray, alpha: INDArray, ...sharedAxes: (number | readonly number[])[]): INDArray {
  const { slopes } = slopesOf('prelu', x, alpha, sharedAxes);
  const result = x.allocate(x.info, freshGeometry(x.geometry));
  binary(Binary.PRELU, result, x, slopes);
  return result;
}

/** Gradients of input and alpha of `prelu`. */
function preluBp(
  x: INDArray,
  alpha: INDArray,
  gradient: INDArray,
  ...sharedAxes: (number | readonly number[])[]
): INDArray[] {
  const { slopes, repeated, sizes } = slopesOf('preluBp', x, alpha, sharedAxes);
  requireGradient('preluBp', x, gradient);
  const memory = new Temporaries(x.info);
  try {
    const { shape } = x.geometry;
    const [below, spare] = [memory.make(shape), memory.make(shape)];
    const result = x.allocateDense(x.info, shape);
    const ofAlpha = x.allocateDense(x.info, alpha.geometry.shape);
    binaryScalar(Binary.LT, below, x, 0);
    binary(Binary.MUL, spare, gradient, x);
    binary(Binary.MUL, spare, spare, below);
    reduce(Reduce.SUM, viewed(ofAlpha, 0, denseGeometry(sizes)), spare, repeated);
    binary(Binary.MUL, spare, gradient, slopes);
    binary(Binary.MUL, spare, spare, below);
    unary(Unary.ONE_MINUS, below, below);
    binary(Binary.MUL, result, gradient, below);
    binary(Binary.ADD, result, result, spare);
    return [result, ofAlpha];
  } finally {
    memory.release();
  }
}

function retention(op: string, x: INDArray, p: number): number {
  floatingArgument(op, 'input', x);
  if (!(numberArgument(op, 'probability', p) >= 0 && p <= 1)) {
    throw new RangeError(`Cannot ${op} with a probability of ${p} of keeping an element: needed is 0 to 1`);
  }
  return p;
}

/** Each element with probability `inputRetainProbability`, else 0. */
function dropout(x: INDArray, inputRetainProbability: number): INDArray {
  const p = retention('dropout', x, inputRetainProbability);
  const result = x.allocate(x.info, freshGeometry(x.geometry));
  realmRandom().dropOut(result, x, p);
  return result;
}

/** Each element divided by p with probability p, else 0. */
function dropoutInverted(x: INDArray, p: number): INDArray {
  retention('dropoutInverted', x, p);
  const result = x.allocate(x.info, freshGeometry(x.geometry));
  realmRandom().dropOutInverted(result, x, p);
  return result;
}

/**
 * The k largest elements along the last dimension, largest first, and their positions as LONG: `[values, indices]`. Of equal elements the first
 * comes first. The order is the same whatever `sorted` says. M2.1's own method fails always, and its operation repeats equal elements.
 */
function topK(x: INDArray, k: number, _sorted: boolean = true): INDArray[] {
  numericArgument('topK', 'input', x);
  const last = x.rank() - 1;
  const size = last < 0 ? 0 : x.size(last);
  if (!Number.isInteger(k) || k < 1 || k > size) {
    throw new ND4JIllegalArgumentException(
      `Cannot topK ${formatShape(x.geometry.shape)} with k ${k}: needed is a whole number from 1 to ${size}, the size of the last dimension`,
    );
  }
  const values = new Temporaries(x.info);
  const places = new Temporaries(LONG);
  try {
    const { shape } = x.geometry;
    const [sorted, indices] = [values.make(shape), places.make(shape)];
    sortWithIndices(sorted, indices, x, last, SortOrder.DESCENDING);
    const first = [...shape.slice(0, -1), k];
    const geometry = new Geometry(first, sorted.geometry.strides, 'c');
    const results = [x.allocateDense(x.info, first), x.allocateDense(LONG, first)] as const;
    copy(results[0], viewed(sorted, 0, geometry));
    copy(results[1], viewed(indices, 0, geometry));
    return [...results];
  } finally {
    values.release();
    places.release();
  }
}

/** The family of layers of `Nd4j.nn()`. */
export const nnLayers = {
  biasAdd,
  biasAddBp,
  linear,
  reluLayer,
  prelu,
  preluBp,
  dropout,
  dropoutInverted,
  topK,
  pad,
} as const;
