// Percentiles by sorting.

import { DOUBLE } from '../core/dataType.ts';
import { describeValue } from '../core/errors.ts';
import { denseGeometry } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy } from '../ops/layout.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import { defaultTypes } from './defaultTypes.ts';
import type { INDArray } from './ndarray.ts';
import {
  normalizeDimensions,
  releaseTemporary,
  requireElements,
  requireNotBoolean,
  temporaryCopy,
} from './operands.ts';

/** A percentile of all elements. */
export function percentileOf(name: string, x: ArrayHandle, percent: number): number {
  checkRequest(name, x, percent);
  const sorted = temporaryCopy(x, DOUBLE, 'c');
  const value = percentileOfSorted((sorted.buffer.window() as Float64Array).sort(), percent);
  releaseTemporary(sorted);
  return value;
}

/** A percentile of every tensor along the dimensions: a vector in the default type. */
export function percentileAlong(
  name: string,
  x: ArrayHandle,
  percent: number,
  dimensions: readonly number[],
): INDArray {
  checkRequest(name, x, percent);
  const rank = x.rank();
  const along = dimensions.length === 0 ? x.shape().map((_, d) => d) : normalizeDimensions(dimensions, rank);
  const kept = x.shape().flatMap((_, d) => (along.includes(d) ? [] : [d]));
  const group = along.reduce((product, d) => product * x.size(d), 1);
  const count = x.length() / group;
  const ordered = temporaryCopy((x as unknown as INDArray).permute(...kept, ...along), DOUBLE, 'c');
  const result = x.allocate(defaultTypes.any, denseGeometry(dimensions.length === 0 ? [] : [count]));
  const values = ordered.buffer.window() as Float64Array;
  for (let i = 0; i < count; i++) {
    values[i] = percentileOfSorted(values.subarray(i * group, (i + 1) * group).sort(), percent);
  }
  copy(result, ordered.viewOf(0, denseGeometry(result.geometry.shape)));
  releaseTemporary(ordered);
  return result;
}

function checkRequest(name: string, x: ArrayHandle, percent: number): void {
  checkArgument(name, 'X', x);
  requireNotBoolean(name, x);
  requireElements(name, x);
  if (typeof percent !== 'number' || !(percent >= 0 && percent <= 100)) {
    throw new RangeError(`Cannot take the percentile ${describeValue(percent)}: needed is a number from 0 to 100`);
  }
}

function percentileOfSorted(sorted: Float64Array, percent: number): number {
  const position = (percent / 100) * (sorted.length + 1);
  if (position < 1) return sorted[0] as number;
  if (position >= sorted.length) return sorted[sorted.length - 1] as number;
  const below = Math.floor(position);
  const lower = sorted[below - 1] as number;
  return lower + (position - below) * ((sorted[below] as number) - lower);
}
