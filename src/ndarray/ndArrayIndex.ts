// NDArrayIndex: which part of one dimension `get` and `put` mean. Plain frozen data; selection.ts applies it to an array.

import { describeValue } from '../core/errors.ts';

/** One index of `get` and `put`. Made by `NDArrayIndex`. @see org.nd4j.linalg.indexing.INDArrayIndex */
export type INDArrayIndex =
  | { readonly kind: 'all' | 'newAxis' }
  | { readonly kind: 'point'; readonly point: number }
  | IntervalIndex
  | { readonly kind: 'indices'; readonly indices: readonly number[] };

/** From `begin` to before `end` (`isInclusive`: to `end`) in steps of `stride`. */
export interface IntervalIndex {
  readonly kind: 'interval';
  readonly begin: number;
  readonly end: number;
  readonly stride: number;
  readonly isInclusive: boolean;
}

const ALL: INDArrayIndex = Object.freeze({ kind: 'all' });
const NEW_AXIS: INDArrayIndex = Object.freeze({ kind: 'newAxis' });

function wholeNumber(value: number, what: string): number {
  if (Number.isInteger(value)) return value;
  const ErrorClass = typeof value === 'number' ? RangeError : TypeError;
  throw new ErrorClass(`Invalid ${what} ${describeValue(value)}: needed is a whole number`);
}

function interval(begin: number, end: number, isInclusive?: boolean): INDArrayIndex;
function interval(begin: number, stride: number, end: number, isInclusive?: boolean): INDArrayIndex;
function interval(begin: number, second: number, third?: number | boolean, fourth?: boolean): INDArrayIndex {
  const strided = typeof third === 'number';
  const stride = strided ? wholeNumber(second, 'stride of an interval') : 1;
  const end = wholeNumber(strided ? third : second, 'end of an interval');
  if (stride < 1)
    throw new RangeError(`Invalid stride ${describeValue(stride)} of an interval: needed is a whole number above 0`);
  return Object.freeze({
    kind: 'interval',
    begin: wholeNumber(begin, 'begin of an interval'),
    end,
    stride,
    isInclusive: (strided ? fourth : (third as boolean | undefined)) ?? false,
  });
}

/**
 * Factories of the indices of `INDArray.get` and `put`, one for each dimension; dimensions left out at the end are taken whole.
 * @see org.nd4j.linalg.indexing.NDArrayIndex
 */
export const NDArrayIndex = {
  /** The whole dimension. */
  all: (): INDArrayIndex => ALL,

  /** One index, which removes the dimension; negative ones count from the end. */
  point: (point: number): INDArrayIndex => Object.freeze({ kind: 'point', point: wholeNumber(point, 'point') }),

  /**
   * `interval(begin, end)` from `begin` to before `end`; `interval(begin, stride, end)` in steps; a last `true` includes `end`.
   * Negative numbers count from the end of the dimension.
   */
  interval,

  /** A new dimension of size 1 here. */
  newAxis: (): INDArrayIndex => NEW_AXIS,

  /** The given indices, in that order, each as often as given. The result is a copy. */
  indices: (...indices: number[]): INDArrayIndex =>
    Object.freeze({
      kind: 'indices',
      indices: Object.freeze(indices.map((index) => wholeNumber(index, 'index'))),
    }),
};
