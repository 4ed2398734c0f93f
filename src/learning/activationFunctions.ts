// What the activation functions compute, forward and backward, by the class of their description.

import type { DescriptionClass } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { denseGeometry } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import type { ArrayView } from '../memory/view.ts';
import { Binary, Unary } from '../ops/codes.ts';
import { binary, binaryScalar, unary } from '../ops/elementwise.ts';
import { copy } from '../ops/layout.ts';
import { realmRandom } from '../ops/random.ts';
import { softmax, softmaxBackward } from '../ops/softmax.ts';
import {
  ActivationCube,
  ActivationELU,
  ActivationGELU,
  ActivationHardSigmoid,
  ActivationHardTanH,
  ActivationIdentity,
  ActivationLReLU,
  ActivationMish,
  ActivationRationalTanh,
  ActivationRectifiedTanh,
  ActivationReLU,
  ActivationReLU6,
  ActivationRReLU,
  ActivationSELU,
  ActivationSigmoid,
  ActivationSoftmax,
  ActivationSoftPlus,
  ActivationSoftSign,
  ActivationSwish,
  ActivationTanH,
  ActivationThresholdedReLU,
  type IActivation,
} from './activations.ts';

interface Row<T> {
  forward(activation: T, out: ArrayView, z: ArrayView, isTraining: boolean): void;
  backward(activation: T, out: ArrayView, z: ArrayView, epsilon: ArrayView): void;
}

const rows = new Map<unknown, Row<never>>();
function add<T extends IActivation>(type: DescriptionClass<T>, row: Row<T>): void {
  rows.set(type, row as Row<never>);
}

/** A function and its derivative as elementwise operators without parameters. */
function pair<T extends IActivation>(type: DescriptionClass<T>, forward: Unary, backward: Binary): void {
  add(type, {
    forward: (_, out, z) => unary(forward, out, z),
    backward: (_, out, z, epsilon) => binary(backward, out, z, epsilon),
  });
}

pair(ActivationCube, Unary.CUBE, Binary.CUBE_BP);
pair(ActivationHardSigmoid, Unary.HARD_SIGMOID, Binary.HARD_SIGMOID_BP);
pair(ActivationHardTanH, Unary.HARD_TANH, Binary.HARD_TANH_BP);
pair(ActivationMish, Unary.MISH, Binary.MISH_BP);
pair(ActivationRationalTanh, Unary.RATIONAL_TANH, Binary.RATIONAL_TANH_BP);
pair(ActivationRectifiedTanh, Unary.RECTIFIED_TANH, Binary.RECTIFIED_TANH_BP);
pair(ActivationReLU6, Unary.RELU6, Binary.RELU6_BP);
pair(ActivationSELU, Unary.SELU, Binary.SELU_BP);
pair(ActivationSigmoid, Unary.SIGMOID, Binary.SIGMOID_BP);
pair(ActivationSoftPlus, Unary.SOFTPLUS, Binary.SOFTPLUS_BP);
pair(ActivationSoftSign, Unary.SOFTSIGN, Binary.SOFTSIGN_BP);
pair(ActivationSwish, Unary.SWISH, Binary.SWISH_BP);
pair(ActivationTanH, Unary.TANH, Binary.TANH_BP);

add(ActivationIdentity, {
  forward: (_, out, z) => keep(out, z),
  backward: (_, out, _z, epsilon) => keep(out, epsilon),
});
add(ActivationELU, {
  forward: ({ alpha }, out, z) => unary(Unary.ELU, out, z, alpha),
  // As in M2.1 the gradient knows no alpha.
  backward: (_, out, z, epsilon) => binary(Binary.ELU_BP, out, z, epsilon, 1),
});
add(ActivationGELU, {
  forward: ({ precise }, out, z) => unary(precise ? Unary.GELU_PRECISE : Unary.GELU, out, z),
  backward: ({ precise }, out, z, epsilon) =>
    binary(precise ? Binary.GELU_PRECISE_BP : Binary.GELU_BP, out, z, epsilon),
});
add(ActivationLReLU, {
  forward: ({ alpha }, out, z) => unary(Unary.LEAKY_RELU, out, z, alpha),
  // M2.1 passes the slope of the gradient as a float.
  backward: ({ alpha }, out, z, epsilon) => binary(Binary.LEAKY_RELU_BP, out, z, epsilon, Math.fround(alpha)),
});
add(ActivationThresholdedReLU, {
  forward: ({ theta }, out, z) => unary(Unary.THRESHOLDED_RELU, out, z, theta),
  backward: ({ theta }, out, z, epsilon) => binary(Binary.THRESHOLDED_RELU_BP, out, z, epsilon, theta),
});
add(ActivationSoftmax, {
  forward: (_, out, z) => softmax(out, z, z.geometry.rank - 1),
  backward: (_, out, z, epsilon) => {
    const y = temporary(z);
    softmax(y, z, z.geometry.rank - 1);
    softmaxBackward(out, y, epsilon, z.geometry.rank - 1);
    y.buffer.close();
  },
});
add(ActivationReLU, { forward: reluForward, backward: reluBackward });
add(ActivationRReLU, {
  forward: rreluForward,
  // M2.1's gradient is that of the identity.
  backward: (_, out, _z, epsilon) => keep(out, epsilon),
});

function rowOf(activation: IActivation): Row<IActivation> {
  const row = rows.get(activation.constructor) as Row<IActivation> | undefined;
  if (row === undefined) {
    throw new DL4JInvalidConfigException(
      `Cannot activate with ${activation.simpleName}: needed is one of DL4J's activation functions`,
    );
  }
  return row;
}

/**
 * out = f(z); `out` has z's shape and may be z. In training RReLU draws from the realm's generator.
 * @see org.nd4j.linalg.activations.IActivation#getActivation
 */
export function activate(activation: IActivation, out: ArrayView, z: ArrayView, isTraining: boolean): void {
  rowOf(activation).forward(activation, out, z, isTraining);
}

/**
 * out = ε · f′(z), the gradient of the pre-activation z from the gradient ε of f(z); `out` may be z or ε.
 * @see org.nd4j.linalg.activations.IActivation#backprop
 */
export function activationGradient(activation: IActivation, out: ArrayView, z: ArrayView, epsilon: ArrayView): void {
  rowOf(activation).backward(activation, out, z, epsilon);
}

function keep(out: ArrayView, x: ArrayView): void {
  if (out !== x) copy(out, x);
}

/** A dense array like x, contents undefined, which the caller closes. */
function temporary(x: ArrayView): ArrayView {
  const { geometry, buffer } = x;
  return {
    buffer: DataBuffer.allocateDetached(buffer.info, geometry.length, false),
    offset: 0,
    geometry: denseGeometry(geometry.shape),
  };
}

/** Whether all constants have their defaults: the fast function with derivative 0 at 0. */
function isPlain({ max, threshold, negativeSlope }: ActivationReLU): boolean {
  return max === null && (threshold ?? 0) === 0 && (negativeSlope ?? 0) === 0;
}

/** x from the threshold on, else slope·(x − threshold); at most max. */
function reluForward(activation: ActivationReLU, out: ArrayView, z: ArrayView): void {
  const { max } = activation;
  const threshold = activation.threshold ?? 0;
  const slope = activation.negativeSlope ?? 0;
  if (isPlain(activation)) {
    unary(Unary.RELU, out, z);
    return;
  }
  if (threshold === 0) unary(Unary.LEAKY_RELU, out, z, slope);
  else {
    const upper = temporary(z);
    const lower = temporary(z);
    binaryScalar(Binary.GTE, upper, z, threshold);
    binary(Binary.MUL, upper, upper, z);
    binaryScalar(Binary.SUB, lower, z, threshold);
    binaryScalar(Binary.MIN, lower, lower, 0);
    binaryScalar(Binary.MUL, lower, lower, slope);
    binary(Binary.ADD, out, upper, lower);
    upper.buffer.close();
    lower.buffer.close();
  }
  if (max !== null) binaryScalar(Binary.MIN, out, out, max);
}

function reluBackward(activation: ActivationReLU, out: ArrayView, z: ArrayView, epsilon: ArrayView): void {
  const { max } = activation;
  const threshold = activation.threshold ?? 0;
  const slope = activation.negativeSlope ?? 0;
  if (isPlain(activation)) {
    binary(Binary.RELU_BP, out, z, epsilon);
    return;
  }
  const above = temporary(z);
  const below = temporary(z);
  binaryScalar(Binary.SUB, above, z, threshold);
  if (max !== null) binaryScalar(Binary.LT, below, z, max);
  // M2.1 passes the slope as a float, but not beside a threshold.
  binary(Binary.LEAKY_RELU_BP, out, above, epsilon, threshold === 0 ? Math.fround(slope) : slope);
  if (max !== null) binary(Binary.MUL, out, out, below);
  above.buffer.close();
  below.buffer.close();
}

/** In training a slope between l and u for each element; at inference M2.1 gives max(x, (l + u) / 2). */
function rreluForward({ l, u }: ActivationRReLU, out: ArrayView, z: ArrayView, isTraining: boolean): void {
  if (!isTraining) {
    binaryScalar(Binary.MAX, out, z, (l + u) / 2);
    return;
  }
  const slopes = temporary(z);
  realmRandom().fillUniform(slopes, l, u);
  binary(Binary.PRELU, out, z, slopes);
  slopes.buffer.close();
}
