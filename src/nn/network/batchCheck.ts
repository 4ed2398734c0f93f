// What data must be before a network computes with it. Everything is checked before anything changes.

import { DL4JInvalidInputException, describeValue, formatShape } from '../../core/errors.ts';
import { DataSet } from '../../data/dataSet.ts';
import { checkArgument } from '../../memory/validity.ts';
import { type INDArray, NDArray } from '../../ndarray/ndarray.ts';
import { reduceAll } from '../../ops/reduce.ts';
import { Condition, Reduce } from '../../ops/reduceCodes.ts';

/** Arrays of one minibatch. */
export interface CheckedBatch {
  readonly features: INDArray;
  readonly labels: INDArray;
  readonly featuresMask: INDArray | null;
  readonly labelsMask: INDArray | null;
}

/** Takes a DataSet apart. @throws {TypeError} for what is none */
export function batchOf(dataSet: DataSet): CheckedBatch {
  if (!(dataSet instanceof DataSet)) {
    throw new TypeError(`Cannot take a minibatch from ${describeValue(dataSet)}: needed is a DataSet`);
  }
  return {
    features: dataSet.getFeatures(),
    labels: dataSet.getLabels(),
    featuresMask: dataSet.getFeaturesMaskArray(),
    labelsMask: dataSet.getLabelsMaskArray(),
  };
}

/** @throws {TypeError} for what is no array, saying what it was meant for */
export function requireArray(operation: string, what: string, value: INDArray | undefined): INDArray {
  if (value instanceof NDArray) return value;
  throw new TypeError(
    `Cannot ${operation}: found ${describeValue(value)} as ${what}, needed is an INDArray; Nd4j.create() makes one`,
  );
}

/** Refuses arrays that are closed or of a workspace that has moved on. */
export function checkUsable(operation: string, ...arrays: (INDArray | null)[]): void {
  for (const array of arrays) {
    if (array !== null) checkArgument(operation, 'X', requireArray(operation, 'an argument', array));
  }
}

/** Refuses features that are no array, not usable, or of no examples. @throws {TypeError | DL4JInvalidInputException} */
export function checkFeatures(operation: string, features: INDArray): void {
  checkUsable(operation, requireArray(operation, 'features', features));
  if (features.rank() > 0 && features.size(0) > 0) return;
  throw new DL4JInvalidInputException(
    `Cannot ${operation} features of shape ${formatShape(features.geometry.shape)}: needed is at least one example`,
  );
}

/**
 * Refuses a minibatch that would spoil the parameters: no examples, different numbers of them, NaN or infinite features or labels.
 * Masked data may hold these.
 * @throws {DL4JInvalidInputException}
 */
export function checkBatch(operation: string, batch: CheckedBatch): void {
  const { features, labels, featuresMask, labelsMask } = batch;
  checkFeatures(operation, features);
  checkUsable(operation, labels, featuresMask, labelsMask);
  if (labels.rank() === 0 || labels.size(0) !== features.size(0)) {
    throw new DL4JInvalidInputException(
      `Cannot ${operation} features of shape ${formatShape(features.geometry.shape)} to labels of shape ${formatShape(labels.geometry.shape)}: the first dimension is the number of examples and must be equal`,
    );
  }
  if (featuresMask === null) refuseNotFinite(operation, 'features', features);
  if (labelsMask === null) refuseNotFinite(operation, 'labels', labels);
}

function refuseNotFinite(operation: string, what: string, array: INDArray): void {
  if (!array.isR() || Number.isFinite(reduceAll(Reduce.SUM, array))) return;
  const first = reduceAll(Reduce.FIRST_INDEX, array, Condition.NOT_FINITE);
  // Large finite numbers may sum to ∞.
  if (first < 0) return;
  const place = placeOf(first, array.geometry.shape);
  throw new DL4JInvalidInputException(
    `Cannot ${operation} ${what} of shape ${formatShape(array.geometry.shape)}: element ${formatShape(place)} is ${array.getDouble(...place)}, and would turn parameters into NaN`,
  );
}

/** The index in every dimension of a linear index in 'c' order. */
function placeOf(index: number, shape: readonly number[]): number[] {
  let rest = index;
  const place: number[] = [];
  for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
    const size = shape[dimension] as number;
    place[dimension] = rest % size;
    rest = Math.floor(rest / size);
  }
  return place;
}
