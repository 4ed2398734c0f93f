// Custom operations by name: reductions, and operations along dimensions.

import { Reduce } from '../../ops/reduceCodes.ts';
import { cumulate } from '../cumulative.ts';
import { isMax } from '../isMax.ts';
import { dimensionsFrom, reduceAlong } from '../namespaces/along.ts';
import { NDMath } from '../namespaces/ndmath.ts';
import type { INDArray } from '../ndarray.ts';
import { reverseElements } from '../reversing.ts';
import { type Call, type Row, type Rows, row } from './named.ts';

/** Dimensions of a call: its integer arguments, or an array as its second input. */
function dimensionsOf({ name, inputs: [, list], ints }: Call): readonly number[] {
  return list === undefined ? ints : dimensionsFrom(name, list);
}

/** The i-th of the flags, which are booleans or numbers. */
function option({ booleans, floats }: Call, i: number): boolean {
  return booleans[i] ?? (floats[i] ?? 0) !== 0;
}

const reduction = (op: Reduce): Row =>
  row('x [dimensions]', '...', (call) =>
    reduceAlong(call.name, op, call.inputs[0] as INDArray, dimensionsOf(call), option(call, 0)),
  );
const spread = (op: Reduce): Row =>
  row('x [dimensions]', '...', (call) => {
    const x = call.inputs[0] as INDArray;
    return reduceAlong(call.name, op, x, dimensionsOf(call), option(call, 0), Number(option(call, 1)));
  });

/** Reductions by name. The first boolean, or number, is keepDims; of spreads the second is biasCorrected. */
export const namedReductions: Rows = {
  reduce_sum: reduction(Reduce.SUM),
  reduce_mean: reduction(Reduce.MEAN),
  reduce_prod: reduction(Reduce.PROD),
  reduce_max: reduction(Reduce.MAX),
  reduce_min: reduction(Reduce.MIN),
  reduce_norm1: reduction(Reduce.ABS_SUM),
  reduce_norm2: reduction(Reduce.NORM2),
  reduce_norm_max: reduction(Reduce.NORM_MAX),
  reduce_sqnorm: reduction(Reduce.SQUARED_NORM),
  reduce_logsumexp: reduction(Reduce.LOG_SUM_EXP),
  reduce_variance: spread(Reduce.VARIANCE),
  reduce_stdev: spread(Reduce.STD),
  argmax: reduction(Reduce.ARG_MAX),
  argmin: reduction(Reduce.ARG_MIN),
  ismax: row('x', '...', ({ inputs: [x], outputs: [z], ints }) =>
    isMax(x as INDArray, (z ?? (x as INDArray)).dataType(), ...ints),
  ),
  cumsum: row('x', 'exclusive reverse dimension', ({ name, inputs: [x], int }) => running(name, x as INDArray, int)),
  reverse: row('x', '...', ({ name, inputs: [x], ints }) => reversed(name, x as INDArray, ints)),
  clipbynorm: row('x', '...', ({ inputs: [x], ints, floats: [norm = 1] }) =>
    NDMath.clipByNorm(x as INDArray, norm, ...ints),
  ),
  mergemax: row('x ...', '', ({ inputs }) => NDMath.mergeMax(inputs)),
  mergeadd: row('x ...', '', ({ inputs }) => NDMath.mergeAdd(inputs)),
  mergeavg: row('x ...', '', ({ inputs }) => NDMath.mergeAvg(inputs)),
  mergemaxindex: row('x ...', '', ({ inputs, outputs: [z] }) =>
    NDMath.mergeMaxIndex(inputs, z?.dataType() === 'LONG' ? 'LONG' : 'INT'),
  ),
};

/** Running sums: from the end when reversed, without the element itself when exclusive. */
function running(name: string, x: INDArray, int: Readonly<Record<string, number>>): INDArray {
  const dimension = int.dimension as number;
  if (int.reverse !== 1) {
    const sums = cumulate(name, x, dimension, false);
    return int.exclusive === 1 ? sums.subi(x) : sums;
  }
  const backwards = reversed(name, x, [dimension]);
  const sums = cumulate(name, backwards, dimension, false);
  if (int.exclusive === 1) sums.subi(backwards);
  return reversed(name, sums, [dimension]);
}

/** x with the given dimensions running backwards, in a new array; without dimensions all elements. */
function reversed(name: string, x: INDArray, dimensions: readonly number[]): INDArray {
  if (dimensions.length === 0) return reverseElements(name, x, true);
  return dimensions.reduce((from, dimension) => {
    const size = from.size(dimension);
    const result = from.dup(from.ordering());
    for (let i = 0; i < size; i++) {
      result.slice(i, dimension).assign(from.slice(size - 1 - i, dimension));
    }
    return result;
  }, x);
}
