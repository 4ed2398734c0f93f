// NDArrayIndex: which part of one dimension `get` and `put` mean. Immutable data; selection.ts applies it to an array.

import { describeValue } from '../core/errors.ts';
import { checkShape } from '../core/geometry.ts';

/** One index of `get` and `put`. Made by `NDArrayIndex`. @see org.nd4j.linalg.indexing.INDArrayIndex */
export type INDArrayIndex = AllIndex | PointIndex | IntervalIndex | NewAxisIndex | SpecifiedIndex;

/** The whole dimension. */
export class AllIndex {
  readonly kind = 'all';
  toString(): string {
    return 'all()';
  }
}

/** One index; the dimension goes. */
export class PointIndex {
  readonly kind = 'point';
  constructor(readonly point: number) {}
  toString(): string {
    return `Point(${this.point})`;
  }
}

/** From `begin` to before `end` (`isInclusive`: to `end`) in steps of `stride`. */
export class IntervalIndex {
  readonly kind = 'interval';
  constructor(
    readonly begin: number,
    readonly end: number,
    readonly stride: number,
    readonly isInclusive: boolean,
  ) {}
  toString(): string {
    return `Interval(b=${this.begin},e=${this.end},s=${this.stride})`;
  }
}

/** A new dimension of size 1. */
export class NewAxisIndex {
  readonly kind = 'newAxis';
  toString(): string {
    return 'newAxis()';
  }
}

/** Indices in any order, each as often as given. */
export class SpecifiedIndex {
  readonly kind = 'indices';
  constructor(readonly indices: readonly number[]) {}
  toString(): string {
    return `indices(${this.indices.length > 8 ? `${this.indices.length} indices` : this.indices.join(',')})`;
  }
}

const ALL = new AllIndex();
const NEW_AXIS = new NewAxisIndex();

function wholeNumber(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  const ErrorClass = typeof value === 'number' ? RangeError : TypeError;
  throw new ErrorClass(`Invalid ${what} ${describeValue(value)}: needed is a whole number`);
}

function interval(begin: number, end: number, isInclusive?: boolean): INDArrayIndex;
function interval(begin: number, stride: number, end: number, isInclusive?: boolean): INDArrayIndex;
function interval(begin: number, second: number, third?: number | boolean, fourth?: boolean): INDArrayIndex {
  const isStrided = typeof third === 'number';
  const stride = isStrided ? wholeNumber(second, 'stride of an interval') : 1;
  const end = wholeNumber(isStrided ? third : second, 'end of an interval');
  if (stride < 1) throw new RangeError(`Invalid stride ${stride} of an interval: needed is a whole number above 0`);
  const first = wholeNumber(begin, 'begin of an interval');
  const isInclusive = isStrided ? fourth === true || first === end : third === true;
  return new IntervalIndex(first, end, stride, isInclusive);
}

/**
 * Factories of the indices of `INDArray.get` and `put`, one for each dimension; dimensions left out at the end are taken whole.
 * @see org.nd4j.linalg.indexing.NDArrayIndex
 */
export const NDArrayIndex = {
  /** The whole dimension. */
  all: (): INDArrayIndex => ALL,

  /** One index, which removes the dimension; negative ones count from the end. @throws {RangeError | TypeError} for no whole number. */
  point: (point: number): INDArrayIndex => new PointIndex(wholeNumber(point, 'point')),

  /**
   * `interval(begin, end)` from `begin` to before `end`; `interval(begin, stride, end)` in steps; a last `true` includes `end`.
   * Negative numbers count from the end of the dimension. As in ND4J `interval(a, a)` is empty, `interval(a, stride, a)` is the one index a.
   * @throws {RangeError | TypeError} for no whole numbers, and strides below 1.
   */
  interval,

  /** A new dimension of size 1 here. (1.0.0-M2.1 puts it elsewhere or throws.) */
  newAxis: (): INDArrayIndex => NEW_AXIS,

  /** The given indices, in that order, each as often as given; negative ones count from the end. What `get` returns is a copy. */
  indices: (...indices: number[] | [readonly number[]]): INDArrayIndex => {
    const list = (Array.isArray(indices[0]) ? indices[0] : indices) as readonly number[];
    return new SpecifiedIndex(list.map((index) => wholeNumber(index, 'index')));
  },

  /** An index repeated, for that many dimensions: `x.get(...NDArrayIndex.nTimes(NDArrayIndex.all(), 2))`. */
  nTimes: (index: INDArrayIndex, times: number): INDArrayIndex[] => {
    checkShape([times], 'number of times');
    return Array.from({ length: times }, () => index);
  },

  /** The intervals that cover a whole array of the given shape. */
  createCoveringShape: (shape: readonly number[]): INDArrayIndex[] => {
    checkShape(shape);
    return shape.map((size) => interval(0, size));
  },
};
