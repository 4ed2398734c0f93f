// What the losses ask of their arguments, before anything is allocated.

import type { DataTypeInfo } from '../../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { sameShape } from '../../core/geometry.ts';
import { readNumbers } from '../../ops/numbers.ts';
import { Reduction, type Weights } from '../../ops/weightedLoss.ts';
import { defaultTypes } from '../defaultTypes.ts';
import type { INDArray } from '../ndarray.ts';
import { requireElements, requireSameType } from '../operands.ts';
import { numericArgument } from './arrayArguments.ts';

/** How the weighted losses of a batch become the result. @see org.nd4j.autodiff.loss.LossReduce */
export const LossReduce = {
  /** They stay: one loss for each label (or example). */
  NONE: 'NONE',
  SUM: 'SUM',
  /** Their sum, divided by the sum of the weights. */
  MEAN_BY_WEIGHT: 'MEAN_BY_WEIGHT',
  /** Their sum, divided by the number of weights that are not 0. */
  MEAN_BY_NONZERO_WEIGHT_COUNT: 'MEAN_BY_NONZERO_WEIGHT_COUNT',
} as const;
export type LossReduce = keyof typeof LossReduce;

/** @throws {TypeError} when it is no name of a LossReduce. */
export function reductionArgument(name: string, value: LossReduce): Reduction {
  if (typeof value === 'string' && Object.hasOwn(Reduction, value)) return Reduction[value];
  throw new TypeError(
    `Cannot ${name} with the reduction ${describeValue(value)}: needed is one of ${Object.keys(LossReduce).join(', ')}`,
  );
}

/** Labels and predictions: numeric, with elements, of one shape and type. @throws {ND4JIllegalStateException} */
export function checkPair(name: string, labels: INDArray, predictions: INDArray): void {
  numericArgument(name, 'labels', labels);
  numericArgument(name, 'predictions', predictions);
  requireElements(name, labels);
  requireSameType(name, labels, predictions);
  if (sameShape(labels.geometry.shape, predictions.geometry.shape)) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} labels ${formatShape(labels.geometry.shape)} and predictions ${formatShape(predictions.geometry.shape)}: both must have the same shape`,
  );
}

/**
 * Weights of losses of shape `lossShape`: null, one number, or sizes that are equal or 1; the type is the predictions'.
 * @throws {ND4JIllegalStateException}
 */
export function checkWeights(
  name: string,
  weights: INDArray | null,
  predictions: INDArray,
  lossShape: readonly number[],
): void {
  if (weights === null) return;
  numericArgument(name, 'weights', weights);
  requireElements(name, weights);
  requireSameType(name, predictions, weights);
  const { shape } = weights.geometry;
  const fits = shape.length === lossShape.length && shape.every((size, d) => size === 1 || size === lossShape[d]);
  if (weights.length() === 1 || fits) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} with weights ${formatShape(shape)}: needed are one number, or the shape of the losses ${formatShape(lossShape)} where any size may be 1`,
  );
}

/** The weights as numbers; 1 for null. */
export function weightNumbers(weights: INDArray | null): Weights {
  if (weights === null) return { values: Float64Array.of(1), shape: [] };
  return { values: readNumbers(weights), shape: weights.geometry.shape };
}

/** The type of losses and gradients: the predictions', or the default type when they are integers. */
export function lossInfo(predictions: INDArray): DataTypeInfo {
  return predictions.info.isFloating ? predictions.info : defaultTypes.floating;
}
