// What a loss function is to the code that applies it, and the steps that all of them share: predictions, weights, masks.

import { DL4JInvalidInputException, formatShape, UnsupportedOperationException } from '../core/errors.ts';
import type { INDArray } from '../ndarray/ndarray.ts';
import { activate, activationGradient } from './activationFunctions.ts';
import type { IActivation } from './activations.ts';
import type { ILossFunction, LossWeights } from './losses.ts';

/** One application of a loss: labels and pre-activations [N, n] of one type, and a mask [N, 1], [N, n] or none. */
export interface LossCall<T extends ILossFunction = ILossFunction> {
  readonly loss: T;
  readonly labels: INDArray;
  readonly z: INDArray;
  readonly activation: IActivation;
  readonly mask: INDArray | null;
}

/** The formulas of one class of losses. Every array returned is new and belongs to the caller. */
export interface LossRow<T extends ILossFunction> {
  /** The loss of each output [N, n], weighted and masked. */
  terms(call: LossCall<T>): INDArray;
  /** The gradient of the pre-activations [N, n], weighted and masked. */
  gradient(call: LossCall<T>): INDArray;
  /** What the sum of terms is divided by; 1 if left out. */
  divisor?(outputs: number): number;
  /** What sums over outputs are divided by when examples are scored one by one; divisor if left out. */
  exampleDivisor?(outputs: number): number;
  /** The loss of the whole batch, for losses that are no sum over examples. */
  batchScore?(call: LossCall<T>): number;
}

/** p = f(z), as in training. */
export function predictions({ z, activation }: LossCall): INDArray {
  const p = z.ulike();
  activate(activation, p, z, true);
  return p;
}

/** Frees a temporary array that no workspace owns. */
export function release(...arrays: INDArray[]): void {
  for (const each of arrays) if (each.closeable()) each.close();
}

/** Multiplies the columns by the loss's weights, if it has any. @throws {DL4JInvalidInputException} when their number differs. */
export function applyWeights(x: INDArray, loss: ILossFunction): void {
  const { weights } = loss as { weights?: LossWeights | null };
  if (weights === null || weights === undefined) return;
  const columns = x.size(1);
  const { values } = weights;
  if (values.length !== columns) {
    throw new DL4JInvalidInputException(
      `Weights vector (length ${values.length}) does not match output.size(1)=${columns}`,
    );
  }
  const row = x.allocateDense(x.info, [columns]);
  values.forEach((weight, column) => {
    row.putScalar(column, weight);
  });
  x.muliRowVector(row);
  release(row);
}

/** A mask with a weight for each output, not only for each example. */
export function isPerOutput(x: INDArray, mask: INDArray): boolean {
  return !mask.isColumnVector() || mask.equalShapes(x);
}

/** Multiplies by the mask, if there is one. @throws {DL4JInvalidInputException} when its shape fits neither examples nor outputs. */
export function applyMask(x: INDArray, mask: INDArray | null): void {
  if (mask === null) return;
  const typed = mask.castTo(x.dataType());
  if (mask.equalShapes(x)) x.muli(typed);
  else if (mask.isColumnVectorOrScalar() && mask.length() === x.size(0)) x.muliColumnVector(typed);
  else {
    throw new DL4JInvalidInputException(
      `Invalid mask array: per-example masking should be a column vector, per output masking arrays should be the same shape as the labels array. Mask shape: ${formatShape(mask.shape())}, output shape: ${formatShape(x.shape())}`,
    );
  }
  if (typed !== mask) release(typed);
}

/** Takes dL/dp through the activation, in place: weights are in it already; a mask of outputs acts before and after. */
export function throughActivation(call: LossCall, slopes: INDArray): INDArray {
  const { z, activation, mask } = call;
  // An activation such as softmax mixes outputs, so masked ones must be gone before.
  if (mask !== null && isPerOutput(slopes, mask)) applyMask(slopes, mask);
  activationGradient(activation, slopes, z, slopes);
  applyMask(slopes, mask);
  return slopes;
}

/** A loss of single outputs: its value and its derivative by p. */
export interface OutputFormula<T> {
  /** The loss of each output. `p` may be changed and returned. */
  value(p: INDArray, y: INDArray, loss: T): INDArray;
  /** dL/dp. `p` may be changed and returned. */
  slope(p: INDArray, y: INDArray, loss: T): INDArray;
}

/** The row of a loss of single outputs, whose weights multiply dL/dp. */
export function rowOf<T extends ILossFunction>(
  { value, slope }: OutputFormula<T>,
  divisor?: (outputs: number) => number,
): LossRow<T> {
  return {
    terms: (call) => {
      const p = predictions(call);
      const terms = value(p, call.labels, call.loss);
      if (terms !== p) release(p);
      applyWeights(terms, call.loss);
      applyMask(terms, call.mask);
      return terms;
    },
    gradient: (call) => {
      const p = predictions(call);
      const slopes = slope(p, call.labels, call.loss);
      if (slopes !== p) release(p);
      applyWeights(slopes, call.loss);
      return throughActivation(call, slopes);
    },
    ...(divisor === undefined ? {} : { divisor }),
  };
}

/** Refuses a mask of single outputs. @throws {UnsupportedOperationException} */
export function refusePerOutput(mask: INDArray | null, what: string): void {
  if (mask === null || mask.isColumnVectorOrScalar()) return;
  throw new UnsupportedOperationException(
    `${what}: found a mask of shape ${formatShape(mask.shape())}, needed is a column vector`,
  );
}
