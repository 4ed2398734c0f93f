// The activation functions that libnd4j's recurrent layers know, with up to two parameters.

import type { ArrayView } from '../memory/view.ts';
import { Binary, Unary } from './codes.ts';
import { binary, binaryScalar, unary } from './elementwise.ts';

/** Names as ND4J spells them. @see org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMActivations */
export type RecurrentFunction =
  | 'TANH'
  | 'RELU'
  | 'SIGMOID'
  | 'AFFINE'
  | 'LEAKY_RELU'
  | 'THRESHHOLD_RELU'
  | 'SCALED_TAHN'
  | 'HARD_SIGMOID'
  | 'ELU'
  | 'SOFTSIGN'
  | 'SOFTPLUS';

export interface RecurrentActivation {
  readonly name: RecurrentFunction;
  readonly alpha: number;
  readonly beta: number;
}

/** Operators of the functions that are one: forward, backward, and whether alpha is their parameter. */
const rows: Partial<Record<RecurrentFunction, readonly [Unary, Binary, boolean]>> = {
  TANH: [Unary.TANH, Binary.TANH_BP, false],
  RELU: [Unary.RELU, Binary.RELU_BP, false],
  SIGMOID: [Unary.SIGMOID, Binary.SIGMOID_BP, false],
  LEAKY_RELU: [Unary.LEAKY_RELU, Binary.LEAKY_RELU_BP, true],
  THRESHHOLD_RELU: [Unary.THRESHOLDED_RELU, Binary.THRESHOLDED_RELU_BP, true],
  HARD_SIGMOID: [Unary.HARD_SIGMOID, Binary.HARD_SIGMOID_BP, false],
  ELU: [Unary.ELU, Binary.ELU_BP, true],
  SOFTSIGN: [Unary.SOFTSIGN, Binary.SOFTSIGN_BP, false],
  SOFTPLUS: [Unary.SOFTPLUS, Binary.SOFTPLUS_BP, false],
};

/** out = f(z); out may be z. */
export function activate({ name, alpha, beta }: RecurrentActivation, out: ArrayView, z: ArrayView): void {
  const row = rows[name];
  if (row !== undefined) {
    unary(row[0], out, z, row[2] ? alpha : 0);
  } else if (name === 'AFFINE') {
    binaryScalar(Binary.MUL, out, z, alpha);
    binaryScalar(Binary.ADD, out, out, beta);
  } else {
    binaryScalar(Binary.MUL, out, z, beta);
    unary(Unary.TANH, out, out);
    binaryScalar(Binary.MUL, out, out, alpha);
  }
}

/** out = f′(z) · gradient; out may be gradient, but not z. SCALED_TAHN uses z up. */
export function activateBackward(
  { name, alpha, beta }: RecurrentActivation,
  out: ArrayView,
  z: ArrayView,
  gradient: ArrayView,
): void {
  const row = rows[name];
  if (row !== undefined) {
    binary(row[1], out, z, gradient, row[2] ? alpha : 0);
  } else if (name === 'AFFINE') {
    binaryScalar(Binary.MUL, out, gradient, alpha);
  } else {
    // z ends as βz.
    binaryScalar(Binary.MUL, z, z, beta);
    binary(Binary.TANH_BP, out, z, gradient);
    binaryScalar(Binary.MUL, out, out, alpha * beta);
  }
}
