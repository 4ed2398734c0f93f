// Applies loss functions: the score of a batch, of each example, and the gradient of the pre-activations.

import type { DescriptionClass } from '../core/description.ts';
import { DL4JInvalidConfigException, DL4JInvalidInputException, formatShape } from '../core/errors.ts';
import { checkArgument } from '../memory/validity.ts';
import type { INDArray } from '../ndarray/ndarray.ts';
import type { IActivation } from './activations.ts';
import { fMeasure, mixtureDensity, multiLabel } from './batchLosses.ts';
import { binaryXent, hinge, kld, mcxent, squaredHinge } from './classificationLosses.ts';
import {
  type ILossFunction,
  LossBinaryXENT,
  LossCosineProximity,
  LossFMeasure,
  LossHinge,
  LossKLD,
  LossL1,
  LossL2,
  LossMAE,
  LossMAPE,
  LossMCXENT,
  LossMixtureDensity,
  LossMSE,
  LossMSLE,
  LossMultiLabel,
  LossNegativeLogLikelihood,
  LossPoisson,
  LossSparseMCXENT,
  LossSquaredHinge,
  LossWasserstein,
} from './losses.ts';
import { type LossCall, type LossRow, release } from './lossRow.ts';
import { cosineProximity, l1, l2, mae, mape, mse, msle, poisson, wasserstein } from './regressionLosses.ts';

const rows = new Map<unknown, LossRow<never>>();
function add<T extends ILossFunction>(type: DescriptionClass<T>, row: LossRow<T>): void {
  rows.set(type, row as LossRow<never>);
}

add(LossL1, l1);
add(LossL2, l2);
add(LossMAE, mae);
add(LossMSE, mse);
add(LossMAPE, mape);
add(LossMSLE, msle);
add(LossPoisson, poisson);
add(LossCosineProximity, cosineProximity);
add(LossWasserstein, wasserstein);
add(LossMCXENT, mcxent);
add(LossNegativeLogLikelihood, mcxent);
add(LossSparseMCXENT, mcxent);
add(LossBinaryXENT, binaryXent);
add(LossKLD, kld);
add(LossHinge, hinge);
add(LossSquaredHinge, squaredHinge);
add(LossFMeasure, fMeasure);
add(LossMultiLabel, multiLabel);
add(LossMixtureDensity, mixtureDensity);

function rowFor(loss: ILossFunction): LossRow<ILossFunction> {
  const row = rows.get(loss.constructor) as LossRow<ILossFunction> | undefined;
  if (row === undefined) {
    throw new DL4JInvalidConfigException(`Cannot compute ${loss.simpleName}: needed is one of DL4J's loss functions`);
  }
  return row;
}

/**
 * The loss of a batch: the sum over examples and outputs, divided by the number of examples if `average`.
 * @param labels [N, n]; class numbers [N, 1] for LossSparseMCXENT
 * @param preOutput the pre-activations [N, n], unchanged
 * @param mask [N, 1] for examples, [N, n] for outputs, or null
 * @throws {DL4JInvalidInputException} when shapes do not fit.
 * @see org.nd4j.linalg.lossfunctions.ILossFunction#computeScore
 */
export function computeScore(
  loss: ILossFunction,
  labels: INDArray,
  preOutput: INDArray,
  activation: IActivation,
  mask: INDArray | null,
  average: boolean,
): number {
  return withCall(loss, labels, preOutput, activation, mask, (call, row) => {
    if (row.batchScore !== undefined) return row.batchScore(call);
    const terms = row.terms(call);
    const score = terms.sumNumber() / (row.divisor?.(labels.size(1)) ?? 1);
    release(terms);
    return average ? score / preOutput.size(0) : score;
  });
}

/**
 * The loss of each example [N, 1], in the current workspace. Arguments as for computeScore.
 * @throws {UnsupportedOperationException} for LossFMeasure, which only batches have.
 * @see org.nd4j.linalg.lossfunctions.ILossFunction#computeScoreArray
 */
export function computeScoreArray(
  loss: ILossFunction,
  labels: INDArray,
  preOutput: INDArray,
  activation: IActivation,
  mask: INDArray | null,
): INDArray {
  return withCall(loss, labels, preOutput, activation, mask, (call, row) => {
    const terms = row.terms(call);
    const sums = terms.sum(true, 1);
    release(terms);
    const divisor = (row.exampleDivisor ?? row.divisor)?.(labels.size(1)) ?? 1;
    return divisor === 1 ? sums : sums.divi(divisor);
  });
}

/**
 * The gradient of the summed loss by the pre-activations [N, n], in the current workspace; not divided by N. Arguments as for computeScore.
 * @see org.nd4j.linalg.lossfunctions.ILossFunction#computeGradient
 */
export function computeGradient(
  loss: ILossFunction,
  labels: INDArray,
  preOutput: INDArray,
  activation: IActivation,
  mask: INDArray | null,
): INDArray {
  return withCall(loss, labels, preOutput, activation, mask, (call, row) => row.gradient(call));
}

function withCall<R>(
  loss: ILossFunction,
  labels: INDArray,
  z: INDArray,
  activation: IActivation,
  mask: INDArray | null,
  run: (call: LossCall, row: LossRow<ILossFunction>) => R,
): R {
  const row = rowFor(loss);
  checkArgument('loss', 'X', z);
  checkArgument('loss', 'Y', labels);
  if (mask !== null) checkArgument('loss', 'Z', mask);
  const typed = loss instanceof LossSparseMCXENT ? oneHot(labels, z) : typedLabels(loss, labels, z);
  const result = run({ loss, labels: typed, z, activation, mask }, row);
  if (typed !== labels) release(typed);
  return result;
}

function typedLabels(loss: ILossFunction, labels: INDArray, z: INDArray): INDArray {
  const width = loss instanceof LossMixtureDensity ? loss.labelWidth : z.size(1);
  if (labels.rank() !== 2 || labels.size(0) !== z.size(0)) {
    throw new DL4JInvalidInputException(
      `Labels and preOutput must have equal shapes: got shapes ${formatShape(labels.shape())} vs ${formatShape(z.shape())}`,
    );
  }
  if (labels.size(1) !== width) {
    throw new DL4JInvalidInputException(
      `Labels array numColumns (size(1) = ${labels.size(1)}) does not match output layer number of outputs (nOut = ${width})`,
    );
  }
  return labels.castTo(z.dataType());
}

/** Rows with a 1 at the class that the label names. */
function oneHot(labels: INDArray, z: INDArray): INDArray {
  const [examples, classes] = [z.size(0), z.size(1)];
  if (labels.length() !== examples || labels.size(labels.rank() - 1) !== 1) {
    throw new DL4JInvalidInputException(
      `Labels for LossSparseMCXENT should be an array of integers with first dimension equal to minibatch size, and last dimension having size 1. Got labels array with shape ${formatShape(labels.shape())}`,
    );
  }
  const result = z.ulike().assign(0);
  const flat = labels.reshape(examples);
  for (let example = 0; example < examples; example++) {
    const label = flat.getInt(example);
    if (label >= 0 && label < classes) result.putScalar(example, label, 1);
  }
  return result;
}
