// NDNN's activation functions and their derivatives.

import { formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry, Geometry, normalizeDimension, sameShape } from '../../core/geometry.ts';
import { Binary, Unary } from '../../ops/codes.ts';
import { binary, binaryScalar, unary } from '../../ops/elementwise.ts';
import { logSoftmax as logSoftmaxAlong, softmax as softmaxAlong, softmaxBackward } from '../../ops/softmax.ts';
import type { INDArray } from '../ndarray.ts';
import { freshGeometry, requireSameType } from '../operands.ts';
import { floatingArgument, numberArgument, numericArgument } from './arrayArguments.ts';

function fresh(x: INDArray): INDArray {
  return x.allocate(x.info, freshGeometry(x.geometry));
}

/** f(x) of a floating array. */
function activation(op: string, code: Unary, p0 = 0): (x: INDArray) => INDArray {
  return (x) => {
    floatingArgument(op, 'x', x);
    const result = fresh(x);
    unary(code, result, x, p0);
    return result;
  };
}

/** f′(x) · weight, through the backward row. */
function derivative(op: string, code: Binary, x: INDArray, p0 = 0): INDArray {
  floatingArgument(op, 'x', x);
  const result = fresh(x);
  binaryScalar(code, result, x, 1, p0);
  return result;
}

/** @throws {ND4JIllegalStateException} when a gradient has not the type and shape of what it is the gradient of. */
export function requireGradient(op: string, x: INDArray, gradient: INDArray): void {
  floatingArgument(op, 'gradient', gradient);
  requireSameType(op, x, gradient);
  if (sameShape(x.geometry.shape, gradient.geometry.shape)) return;
  throw new ND4JIllegalStateException(
    `Cannot ${op}: the gradient has shape ${formatShape(gradient.geometry.shape)}, needed is ${formatShape(x.geometry.shape)}`,
  );
}

/** x where x ≥ cutoff, else the cutoff; −0 and NaN stay. */
function relu(x: INDArray, cutoff: number): INDArray {
  numericArgument('relu', 'x', x);
  const result = fresh(x);
  unary(Unary.CLIP, result, x, numberArgument('relu', 'cutoff', cutoff), Infinity);
  return result;
}

/** min(relu(x, cutoff), 6); NaN gives 6, as in ND4J. */
function relu6(x: INDArray, cutoff: number): INDArray {
  numericArgument('relu6', 'x', x);
  numberArgument('relu6', 'cutoff', cutoff);
  const result = fresh(x);
  unary(Unary.CLIP, result, x, cutoff, Infinity);
  binaryScalar(Binary.MIN, result, result, 6);
  return result;
}

/** x where x ≥ 0, else alpha · x. */
function leakyRelu(x: INDArray, alpha: number): INDArray {
  numericArgument('leakyRelu', 'x', x);
  const result = fresh(x);
  unary(Unary.LEAKY_RELU, result, x, numberArgument('leakyRelu', 'alpha', alpha));
  return result;
}

/** relu(x) beside relu(−x) in the last dimension, which doubles. */
function cReLU(x: INDArray): INDArray {
  floatingArgument('cReLU', 'x', x);
  const { shape } = x.geometry;
  if (shape.length === 0) throw new ND4JIllegalStateException('Cannot cReLU a scalar: needed is a rank of at least 1');
  const last = shape.length - 1;
  const width = shape[last] as number;
  const result = x.allocate(x.info, denseGeometry([...shape.slice(0, -1), 2 * width]));
  const half = new Geometry(shape, result.geometry.strides, 'c');
  unary(Unary.CLIP, result.viewOf(0, half), x, 0, Infinity);
  const negative = result.viewOf(width, half);
  unary(Unary.NEG, negative, x);
  unary(Unary.CLIP, negative, negative, 0, Infinity);
  return result;
}

/** weight · σ(x) · (1 − σ(x)), element by element. M2.1's own method fails always (it passes no output). */
function sigmoidDerivative(x: INDArray, wrt: INDArray): INDArray {
  floatingArgument('sigmoidDerivative', 'x', x);
  requireGradient('sigmoidDerivative', x, wrt);
  const result = fresh(x);
  binary(Binary.SIGMOID_BP, result, x, wrt);
  return result;
}

function alongDimension(op: string, x: INDArray, dimension: number): number {
  floatingArgument(op, 'x', x);
  return normalizeDimension(numberArgument(op, 'dimension', dimension), Math.max(x.rank(), 1));
}

/** e^x / Σ e^x along a dimension, the last unless told. */
function softmax(x: INDArray, dimension: number = -1): INDArray {
  const along = alongDimension('softmax', x, dimension);
  const result = fresh(x);
  softmaxAlong(result, x, along);
  return result;
}

/** ln softmax(x) along a dimension, the last unless told. */
function logSoftmax(x: INDArray, dimension: number = -1): INDArray {
  const along = alongDimension('logSoftmax', x, dimension);
  const result = fresh(x);
  logSoftmaxAlong(result, x, along);
  return result;
}

/** The gradient of x from the gradient `wrt` of softmax(x) along a dimension. */
function softmaxDerivative(x: INDArray, wrt: INDArray, dimension: number): INDArray {
  const along = alongDimension('softmaxDerivative', x, dimension);
  requireGradient('softmaxDerivative', x, wrt);
  const result = fresh(x);
  softmaxAlong(result, x, along);
  softmaxBackward(result, result, wrt, along);
  return result;
}

/** The family of activations of `Nd4j.nn()`. Unless a comment says otherwise: f(x) of a floating array in a new array of its type, shape and order. */
export const nnActivations = {
  /** x above 0, else e^x − 1. */
  elu: activation('elu', Unary.ELU, 1),
  /** x · σ(1.702 x). */
  gelu: activation('gelu', Unary.GELU),
  /** The tanh form of GELU, with the constants of libnd4j. */
  preciseGelu: activation('preciseGelu', Unary.GELU_PRECISE),
  /** 0.2 x + 0.5 between 0 and 1. */
  hardSigmoid: activation('hardSigmoid', Unary.HARD_SIGMOID),
  /** x between −1 and 1. */
  hardTanh: activation('hardTanh', Unary.HARD_TANH),
  /** 1 from −1 to 1, else 0. */
  hardTanhDerivative: (x: INDArray): INDArray => derivative('hardTanhDerivative', Binary.HARD_TANH_BP, x),
  leakyRelu,
  /** 1 where x ≥ 0, else alpha. */
  leakyReluDerivative: (x: INDArray, alpha: number): INDArray =>
    derivative('leakyReluDerivative', Binary.LEAKY_RELU_BP, x, numberArgument('leakyReluDerivative', 'alpha', alpha)),
  /** ln σ(x). */
  logSigmoid: activation('logSigmoid', Unary.LOG_SIGMOID),
  relu,
  relu6,
  /** λ · (x above 0, else α (e^x − 1)). */
  selu: activation('selu', Unary.SELU),
  /** 1 / (1 + e^−x). */
  sigmoid: activation('sigmoid', Unary.SIGMOID),
  sigmoidDerivative,
  softmax,
  logSoftmax,
  softmaxDerivative,
  /** ln(1 + e^x). */
  softplus: activation('softplus', Unary.SOFTPLUS),
  /** x / (1 + |x|). */
  softsign: activation('softsign', Unary.SOFTSIGN),
  /** 1 / (1 + |x|)². */
  softsignDerivative: (x: INDArray): INDArray => derivative('softsignDerivative', Binary.SOFTSIGN_BP, x),
  /** x · σ(x). */
  swish: activation('swish', Unary.SWISH),
  /** Hyperbolic tangent. */
  tanh: activation('tanh', Unary.TANH),
  cReLU,
} as const;
