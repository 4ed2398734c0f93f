// A loss with weights and a reduction: from checked numbers to the result, and to the gradients of predictions, weights and labels.

import { denseGeometry } from '../../core/geometry.ts';
import type { ElementLoss } from '../../ops/elementLosses.ts';
import { readNumbers, writeNumbers } from '../../ops/numbers.ts';
import type { RowLoss } from '../../ops/rowLosses.ts';
import {
  lossGradient,
  Reduction,
  reduceLosses,
  spreadWeights,
  type Weights,
  weightGradient,
} from '../../ops/weightedLoss.ts';
import type { INDArray } from '../ndarray.ts';
import {
  checkPair,
  checkWeights,
  type LossReduce,
  lossInfo,
  reductionArgument,
  weightNumbers,
} from './lossArguments.ts';

/** Losses of a batch before weights, in 'c' order of `shape`; each comes from `width` adjacent elements of predictions and labels. */
interface Losses extends RowLoss {
  readonly shape: readonly number[];
  readonly width: number;
}

/** One call of a loss: labels and predictions as the method got them, seen so that what makes one loss is last. */
export interface LossCall {
  readonly name: string;
  readonly labels: INDArray;
  readonly predictions: INDArray;
  readonly weights: INDArray | null;
  readonly reduce: LossReduce;
  /** The shape of the losses, which weights must fit and NONE gives; the labels' own unless given. */
  readonly lossShape?: (shape: readonly number[]) => readonly number[];
  /** The same array with the elements of each loss adjacent in 'c' order. */
  readonly arrange?: (x: INDArray) => INDArray;
  readonly measure: (predictions: Float64Array, labels: Float64Array) => RowLoss;
}

/** Losses of single elements as rows of width 1. */
export function measuredBy(loss: ElementLoss, parameter: number): LossCall['measure'] {
  return (predictions, labels) => {
    const each = (f: ElementLoss['value']): Float64Array =>
      predictions.map((p, i) => f(p, labels[i] as number, parameter));
    return { losses: each(loss.value), byPrediction: each(loss.byPrediction), byLabel: each(loss.byLabel) };
  };
}

/** @throws {TypeError | ND4JIllegalStateException} when labels, weights or reduction do not fit. */
function measured(call: LossCall): { losses: Losses; weights: Weights; spread: Float64Array; reduction: Reduction } {
  const { name, labels, predictions, arrange = (x) => x } = call;
  checkPair(name, labels, predictions);
  const shape = call.lossShape?.(labels.geometry.shape) ?? labels.geometry.shape;
  checkWeights(name, call.weights, predictions, shape);
  const reduction = reductionArgument(name, call.reduce);
  const numbers = readNumbers(arrange(predictions));
  const rows = call.measure(numbers, readNumbers(arrange(labels)));
  const weights = weightNumbers(call.weights);
  const width = numbers.length / rows.losses.length;
  return { losses: { ...rows, shape, width }, weights, spread: spreadWeights(weights, shape), reduction };
}

/** The reduced loss: a scalar, or the shape of the losses for NONE. */
export function weightedLoss(call: LossCall): INDArray {
  const { losses, spread, reduction } = measured(call);
  const shape = reduction === Reduction.NONE ? losses.shape : [];
  const result = call.predictions.allocate(lossInfo(call.predictions), denseGeometry(shape));
  writeNumbers(result, reduceLosses(losses.losses, spread, reduction));
  return result;
}

/** Gradients of the reduced loss (of the sum for NONE): of predictions, weights and labels, each in the shape of its array. */
export function weightedLossBp(call: LossCall): INDArray[] {
  const { predictions, arrange = (x) => x } = call;
  const { losses, weights, spread, reduction } = measured(call);
  const scale = lossGradient(spread, reduction);
  const info = lossInfo(predictions);
  const scaled = (x: Float64Array): INDArray => {
    const result = predictions.allocate(info, denseGeometry(predictions.geometry.shape));
    writeNumbers(
      arrange(result),
      x.map((d, i) => d * (scale[Math.floor(i / losses.width)] as number)),
    );
    return result;
  };
  const byPrediction = scaled(losses.byPrediction);
  const byWeight = predictions.allocate(info, denseGeometry(call.weights?.geometry.shape ?? []));
  writeNumbers(byWeight, weightGradient(losses.losses, losses.shape, weights, reduction));
  return [byPrediction, byWeight, scaled(losses.byLabel)];
}
