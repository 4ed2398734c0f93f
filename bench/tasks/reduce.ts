// Reductions of a matrix, over all of it or along one dimension, in float64.

import { floats } from './inputs.ts';
import type { Task } from './tasks.ts';

export type Reduction = 'sum' | 'mean' | 'max' | 'norm2' | 'argMax' | 'variance';

export interface ReduceParameters {
  readonly reduction: Reduction;
  readonly rows: number;
  readonly columns: number;
  /** 1 reduces each row, 0 each column; all elements when absent. */
  readonly dimension?: 0 | 1;
}

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
};

const REDUCTIONS: Readonly<Record<Reduction, (values: Float64Array) => number>> = {
  sum,
  mean: (values) => sum(values) / values.length,
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
  norm2: (values) => Math.sqrt(sum(values.map((value) => value * value))),
  argMax: (values) => values.reduce((best, value, i) => (value > (values[best] as number) ? i : best), 0),
  /** Of the population: divided by n. */
  variance: (values) => {
    const mean = sum(values) / values.length;
    return sum(values.map((value) => (value - mean) ** 2)) / values.length;
  },
};

export const reduce: Task<ReduceParameters> = {
  inputs: ({ rows, columns }) => ({ x: floats(rows * columns, 1, 0, 1) }),
  reference: ({ reduction, rows, columns, dimension }, { x }) => {
    const values = Float64Array.from(x as Float32Array);
    const group = (index: number): Float64Array => {
      if (dimension === undefined) return values;
      if (dimension === 1) return values.subarray(index * columns, (index + 1) * columns);
      return Float64Array.from({ length: rows }, (_, row) => values[row * columns + index] as number);
    };
    return {
      length: dimension === undefined ? 1 : dimension === 1 ? rows : columns,
      cost: 4 * rows * columns,
      tolerance: 2e-4,
      at: (index) => REDUCTIONS[reduction](group(index)),
    };
  },
  work: ({ rows, columns }) => ({
    flop: rows * columns,
    bytes: 4 * rows * columns,
    type: 'float',
    elements: rows * columns,
  }),
};
