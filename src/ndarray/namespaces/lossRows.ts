// NDLoss: losses of whole examples, and the two that take no weights.

import { formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry, normalizeDimension } from '../../core/geometry.ts';
import { readNumbers, writeNumbers } from '../../ops/numbers.ts';
import {
  cosineDistanceRows,
  pairwiseSquaredErrorRows,
  softmaxCrossEntropyRows,
  sparseSoftmaxCrossEntropyRows,
} from '../../ops/rowLosses.ts';
import type { INDArray } from '../ndarray.ts';
import { isInteger, requireElements } from '../operands.ts';
import { arrayArgument, floatingArgument, numberArgument, numericArgument } from './arrayArguments.ts';
import { LossReduce, lossInfo } from './lossArguments.ts';
import { type LossCall, weightedLoss, weightedLossBp } from './weightedLosses.ts';

const MEAN = LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT;

export interface CosineDistance<R> {
  (label: INDArray, predictions: INDArray, weights: INDArray | null, lossReduce: LossReduce, dimension: number): R;
  (label: INDArray, predictions: INDArray, weights: INDArray | null, dimension: number): R;
}

function cosineDistance<R>(run: (call: LossCall) => R): CosineDistance<R> {
  return (labels: INDArray, predictions: INDArray, weights: INDArray | null, ...rest: unknown[]) => {
    const name = 'cosineDistance';
    const [reduce, given] = rest.length > 1 ? rest : [MEAN, rest[0]];
    const { shape } = arrayArgument(name, 'labels', labels).geometry;
    const along = normalizeDimension(numberArgument(name, 'dimension', given), shape.length);
    const order = [...shape.keys()].filter((dimension) => dimension !== along);
    return run({
      name,
      labels,
      predictions,
      weights,
      reduce: reduce as LossReduce,
      lossShape: (full) => full.map((size, dimension) => (dimension === along ? 1 : size)),
      arrange: (x) => (x.rank() > 1 ? x.permute(...order, along) : x),
      measure: (p, y) => cosineDistanceRows(p, y, shape[along] ?? 1),
    });
  };
}

type PlainLoss<R> = (label: INDArray, predictions: INDArray, weights: INDArray | null, lossReduce?: LossReduce) => R;

function meanPairwiseSquaredError<R>(run: (call: LossCall) => R): PlainLoss<R> {
  return (labels, predictions, weights, reduce = MEAN) => {
    const name = 'meanPairwiseSquaredError';
    const array = arrayArgument(name, 'labels', labels);
    const width = array.rank() === 0 ? 1 : array.length() / array.size(0);
    return run({
      name,
      labels,
      predictions,
      weights,
      reduce,
      lossShape: ([examples = 1, ...others]) => [examples, ...others.map(() => 1)],
      measure: (p, y) => pairwiseSquaredErrorRows(p, y, width),
    });
  };
}

export interface SmoothedLoss<R> {
  (oneHotLabels: INDArray, logitPredictions: INDArray, weights: INDArray | null): R;
  (
    oneHotLabels: INDArray,
    logitPredictions: INDArray,
    weights: INDArray | null,
    lossReduce: LossReduce,
    labelSmoothing: number,
  ): R;
}

/** M2.1 wants weights of a matrix as [n, 1] forward and as [n] backward: here both take both. */
function softmaxCall(
  labels: INDArray,
  predictions: INDArray,
  weights: INDArray | null,
  reduce: LossReduce,
  smoothing: number,
): LossCall {
  const name = 'softmaxCrossEntropy';
  numberArgument(name, 'labelSmoothing', smoothing);
  const array = arrayArgument(name, 'labels', labels);
  const isColumn = weights !== null && array.rank() === 2 && arrayArgument(name, 'weights', weights).rank() === 1;
  return {
    name,
    labels,
    predictions,
    weights: isColumn ? weights.reshape(weights.length(), 1) : weights,
    reduce,
    lossShape: (shape) => (shape.length <= 2 ? [shape.length === 2 ? (shape[0] as number) : 1, 1] : shape.slice(0, -1)),
    measure: (p, y) => softmaxCrossEntropyRows(p, y, array.rank() === 0 ? 1 : array.size(-1), smoothing),
  };
}

const softmaxCrossEntropy: SmoothedLoss<INDArray> = (
  oneHotLabels: INDArray,
  logitPredictions: INDArray,
  weights: INDArray | null,
  lossReduce: LossReduce = MEAN,
  labelSmoothing: number = 0,
) => weightedLoss(softmaxCall(oneHotLabels, logitPredictions, weights, lossReduce, labelSmoothing));

const softmaxCrossEntropyBp: SmoothedLoss<INDArray[]> = (
  oneHotLabels: INDArray,
  logitPredictions: INDArray,
  weights: INDArray | null,
  lossReduce: LossReduce = MEAN,
  labelSmoothing: number = 0,
) => {
  const [p, w, y] = weightedLossBp(
    softmaxCall(oneHotLabels, logitPredictions, weights, lossReduce, labelSmoothing),
  ) as [INDArray, INDArray, INDArray];
  return [p, weights === null ? w : w.reshape(...weights.geometry.shape), y];
};

/** Logits [..., classes] and labels [...] as numbers. @throws {ND4JIllegalStateException} */
function sparseRows(logits: INDArray, labels: INDArray): ReturnType<typeof sparseSoftmaxCrossEntropyRows> {
  const name = 'sparseSoftmaxCrossEntropy';
  floatingArgument(name, 'logits', logits);
  numericArgument(name, 'labels', labels);
  requireElements(name, logits);
  if (!isInteger(labels.info)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} with labels of type ${labels.info.name}: needed is an integer type, each label the number of its class`,
    );
  }
  const { shape } = logits.geometry;
  if (shape.length === 0 || formatShape(shape.slice(0, -1)) !== formatShape(labels.geometry.shape)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} logits ${formatShape(shape)} and labels ${formatShape(labels.geometry.shape)}: needed are labels of the logits' shape without its last size`,
    );
  }
  const width = logits.size(-1);
  const classes = readNumbers(labels);
  const wrong = classes.find((label) => !(label >= 0 && label < width));
  if (wrong !== undefined) {
    throw new ND4JIllegalStateException(`Cannot ${name} with the label ${wrong}: needed are 0 to ${width - 1}`);
  }
  return sparseSoftmaxCrossEntropyRows(readNumbers(logits), classes, width);
}

function sparseSoftmaxCrossEntropy(logits: INDArray, labels: INDArray): INDArray {
  const { losses } = sparseRows(logits, labels);
  const result = logits.allocate(logits.info, denseGeometry(labels.geometry.shape));
  writeNumbers(result, losses);
  return result;
}

function sparseSoftmaxCrossEntropyBp(logits: INDArray, labels: INDArray): INDArray[] {
  const { byPrediction } = sparseRows(logits, labels);
  const result = logits.allocate(logits.info, denseGeometry(logits.geometry.shape));
  writeNumbers(result, byPrediction);
  return [result];
}

/** ½ · Σ x² as a scalar. */
function l2Loss(x: INDArray): INDArray {
  numericArgument('l2Loss', 'var', x);
  requireElements('l2Loss', x);
  const result = x.allocate(lossInfo(x), denseGeometry([]));
  writeNumbers(result, Float64Array.of(readNumbers(x).reduce((sum, value) => sum + value * value, 0) / 2));
  return result;
}

/** Losses by example, and their gradients under the name with `Bp`. */
export const lossRows = {
  /** 1 − Σ p · y along a dimension, which keeps size 1. Both are meant to be of length 1. */
  cosineDistance: cosineDistance(weightedLoss),
  cosineDistanceBp: cosineDistance(weightedLossBp),
  l2Loss,
  /** [x]: the gradient of `l2Loss`. */
  l2LossBp: (x: INDArray): INDArray[] => {
    numericArgument('l2Loss', 'var', x);
    return [x.dup().castTo(lossInfo(x).name)];
  },
  /**
   * Twice the mean of ((pᵢ − yᵢ) − (pⱼ − yⱼ))² over all pairs of an example (1.0.0-M2.1's factor); one loss for each example, [examples, 1, …].
   * M2.1 gives a matrix of garbage for NONE above rank 2 and NaN for examples of one element: here [examples, 1, 1 …] and 0.
   */
  meanPairwiseSquaredError: meanPairwiseSquaredError(weightedLoss),
  meanPairwiseSquaredErrorBp: meanPairwiseSquaredError(weightedLossBp),
  /** −Σ y′ · ln softmax(p) along the last dimension, y′ = y · (1 − s) + s / classes. NONE gives [n, 1] for matrices, else the shape without its last size. */
  softmaxCrossEntropy,
  softmaxCrossEntropyBp,
  /** −ln softmax(logits)[label] for logits [..., classes] and integer labels [...]. No weights, no reduction. */
  sparseSoftmaxCrossEntropy,
  /** [gradient of the logits]. */
  sparseSoftmaxCrossEntropyBp,
} as const;
