// NDLoss: losses of single predictions and labels.

import { type ElementLoss, elementLosses } from '../../ops/elementLosses.ts';
import type { INDArray } from '../ndarray.ts';
import { numberArgument } from './arrayArguments.ts';
import { LossReduce } from './lossArguments.ts';
import { type LossCall, measuredBy, weightedLoss, weightedLossBp } from './weightedLosses.ts';

const MEAN = LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT;

/** A loss without a parameter. */
type PlainLoss<R> = (label: INDArray, predictions: INDArray, weights: INDArray | null, lossReduce?: LossReduce) => R;

/** A loss with a number, which stands behind the reduction or in its place. */
export interface ParameterLoss<R, P> {
  (label: INDArray, predictions: INDArray, weights: INDArray | null, lossReduce: LossReduce, parameter: P): R;
  (label: INDArray, predictions: INDArray, weights: INDArray | null, parameter: P): R;
}

function callOf(
  name: string,
  loss: ElementLoss,
  [labels, predictions, weights, reduce]: readonly [INDArray, INDArray, INDArray | null, LossReduce],
  parameter: number,
): LossCall {
  return { name, labels, predictions, weights, reduce, measure: measuredBy(loss, parameter) };
}

function plain<R>(run: (call: LossCall) => R, name: string, loss: ElementLoss): PlainLoss<R> {
  return (label, predictions, weights, lossReduce = MEAN) =>
    run(callOf(name, loss, [label, predictions, weights, lossReduce], 0));
}

function withNumber<R>(
  run: (call: LossCall) => R,
  name: string,
  loss: ElementLoss,
  what: string,
): ParameterLoss<R, number> {
  return (label: INDArray, predictions: INDArray, weights: INDArray | null, ...rest: unknown[]) => {
    const [reduce, parameter] = rest.length > 1 ? rest : [MEAN, rest[0]];
    return run(
      callOf(name, loss, [label, predictions, weights, reduce as LossReduce], numberArgument(name, what, parameter)),
    );
  };
}

/** The last number may be left out together with everything between it and the weights. */
export interface LogLoss<R> {
  (label: INDArray, predictions: INDArray): R;
  (label: INDArray, predictions: INDArray, weights: INDArray | null, lossReduce: LossReduce, epsilon: number): R;
}

function logLoss<R>(run: (call: LossCall) => R): LogLoss<R> {
  return (
    label: INDArray,
    predictions: INDArray,
    weights: INDArray | null = null,
    lossReduce: LossReduce = MEAN,
    epsilon: number = 0,
  ) => {
    const parameter = numberArgument('logLoss', 'epsilon', epsilon);
    return run(callOf('logLoss', elementLosses.log, [label, predictions, weights, lossReduce], parameter));
  };
}

function logPoisson<R>(run: (call: LossCall) => R): ParameterLoss<R, boolean> {
  return (label: INDArray, predictions: INDArray, weights: INDArray | null, ...rest: unknown[]) => {
    const [reduce, full] = rest.length > 1 ? rest : [MEAN, rest[0]];
    if (typeof full !== 'boolean') throw new TypeError('Cannot logPoisson: needed is whether full is true or false');
    const { logPoisson: loss } = elementLosses;
    return run(callOf('logPoisson', loss, [label, predictions, weights, reduce as LossReduce], Number(full)));
  };
}

export interface SmoothedLoss<R> {
  (label: INDArray, predictionLogits: INDArray, weights: INDArray | null): R;
  (
    label: INDArray,
    predictionLogits: INDArray,
    weights: INDArray | null,
    lossReduce: LossReduce,
    labelSmoothing: number,
  ): R;
}

function sigmoidCrossEntropy<R>(run: (call: LossCall) => R): SmoothedLoss<R> {
  const name = 'sigmoidCrossEntropy';
  return (label, predictionLogits, weights, lossReduce: LossReduce = MEAN, labelSmoothing: number = 0) =>
    run(
      callOf(
        name,
        elementLosses[name],
        [label, predictionLogits, weights, lossReduce],
        numberArgument(name, 'labelSmoothing', labelSmoothing),
      ),
    );
}

/** A loss by element, and its gradients under the name with `Bp`. */
export const lossElements = {
  /** |p − y|. */
  absoluteDifference: plain(weightedLoss, 'absoluteDifference', elementLosses.absoluteDifference),
  absoluteDifferenceBp: plain(weightedLossBp, 'absoluteDifference', elementLosses.absoluteDifference),
  /** max(0, 1 − (2y − 1) · p): labels are 0 or 1. */
  hingeLoss: plain(weightedLoss, 'hingeLoss', elementLosses.hinge),
  hingeLossBp: plain(weightedLossBp, 'hingeLoss', elementLosses.hinge),
  /** ½ · (p − y)² while |p − y| ≤ delta, then delta · (|p − y| − ½ · delta). */
  huberLoss: withNumber(weightedLoss, 'huberLoss', elementLosses.huber, 'delta'),
  huberLossBp: withNumber(weightedLossBp, 'huberLoss', elementLosses.huber, 'delta'),
  /** −y · ln(p + epsilon) − (1 − y) · ln(1 − p + epsilon): predictions are probabilities. */
  logLoss: logLoss(weightedLoss),
  logLossBp: logLoss(weightedLossBp),
  /** e^p − y · p; `full` adds Stirling's approximation of ln y!, which is NaN for labels of 0 as in 1.0.0-M2.1. */
  logPoisson: logPoisson(weightedLoss),
  logPoissonBp: logPoisson(weightedLossBp),
  /** (p − y)². */
  meanSquaredError: plain(weightedLoss, 'meanSquaredError', elementLosses.squaredError),
  meanSquaredErrorBp: plain(weightedLossBp, 'meanSquaredError', elementLosses.squaredError),
  /** Cross entropy of sigmoid(p) and labels that are drawn towards ½ by the smoothing. */
  sigmoidCrossEntropy: sigmoidCrossEntropy(weightedLoss),
  sigmoidCrossEntropyBp: sigmoidCrossEntropy(weightedLossBp),
} as const;
