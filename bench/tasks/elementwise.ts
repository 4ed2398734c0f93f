// Functions of elements, and operations on two arrays that broadcast, in float64.

import { erf } from '../../test/reference/elementwise.ts';
import { floats, lengthOf } from './inputs.ts';
import type { Task } from './tasks.ts';

interface UnaryRow {
  readonly low: number;
  readonly high: number;
  readonly of: (x: number) => number;
  readonly tolerance?: number;
}

/** Each function with the range it is asked for. */
const UNARY = {
  exp: { low: -8, high: 8, of: Math.exp },
  tanh: { low: -4, high: 4, of: Math.tanh },
  sigmoid: { low: -8, high: 8, of: (x) => 1 / (1 + Math.exp(-x)) },
  log: { low: 0.1, high: 10, of: Math.log },
  erf: { low: -3, high: 3, of: erf },
  // Libraries approximate by tanh or by a sigmoid, which differ by 0.02.
  gelu: { low: -4, high: 4, of: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)), tolerance: 0.025 },
  relu: { low: -4, high: 4, of: (x) => Math.max(x, 0) },
  copy: { low: -4, high: 4, of: (x) => x },
} as const satisfies Record<string, UnaryRow>;

export interface UnaryParameters {
  readonly function: keyof typeof UNARY;
  readonly shape: readonly number[];
}

export const unary: Task<UnaryParameters> = {
  inputs: ({ function: name, shape }) => {
    const { low, high } = UNARY[name];
    return { x: floats(lengthOf(shape), 1, low, high) };
  },
  reference: ({ function: name, shape }, { x }) => {
    const found: UnaryRow = UNARY[name];
    const { of, tolerance = 3e-5 } = found;
    return { length: lengthOf(shape), cost: 200, tolerance, at: (index) => of(x?.[index] as number) };
  },
  work: ({ shape }) => {
    const elements = lengthOf(shape);
    return { flop: 0, bytes: 8 * elements, type: 'float', elements };
  },
};

export interface SoftmaxParameters {
  readonly rows: number;
  readonly columns: number;
}

export const softmax: Task<SoftmaxParameters> = {
  inputs: ({ rows, columns }) => ({ x: floats(rows * columns, 1, -4, 4) }),
  reference: ({ rows, columns }, { x }) => ({
    length: rows * columns,
    cost: 20 * columns,
    tolerance: 1e-6,
    at: (index) => {
      const start = index - (index % columns);
      let sum = 0;
      for (let i = start; i < start + columns; i++) sum += Math.exp(x?.[i] as number);
      return Math.exp(x?.[index] as number) / sum;
    },
  }),
  work: ({ rows, columns }) => ({ flop: 0, bytes: 8 * rows * columns, type: 'float', elements: rows * columns }),
};

/** What axpy multiplies by. So small that an array which grows by it, call after call, stays what it is. */
export const FACTOR = 1e-9;

const BINARY = {
  add: (x: number, y: number): number => x + y,
  mul: (x: number, y: number): number => x * y,
  /** y + FACTOR · x, into y. */
  axpy: (x: number, y: number): number => FACTOR * x + y,
} as const;

export interface BinaryParameters {
  readonly operation: keyof typeof BINARY;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** The larger of the sizes, dimension by dimension; both shapes have one rank. */
export const broadcastOf = ({ left, right }: BinaryParameters): number[] =>
  left.map((size, d) => Math.max(size, right[d] as number));

/** Where an element of the result comes from in an operand. */
function sourceIndex(index: number, result: readonly number[], operand: readonly number[]): number {
  let rest = index;
  let source = 0;
  let stride = 1;
  for (let d = result.length - 1; d >= 0; d--) {
    const place = rest % (result[d] as number);
    rest = Math.floor(rest / (result[d] as number));
    if (operand[d] !== 1) source += place * stride;
    stride *= operand[d] as number;
  }
  return source;
}

export const binary: Task<BinaryParameters> = {
  inputs: ({ left, right }) => ({ x: floats(lengthOf(left), 1), y: floats(lengthOf(right), 2) }),
  reference: (parameters, { x, y }) => {
    const result = broadcastOf(parameters);
    const { operation, left, right } = parameters;
    return {
      length: lengthOf(result),
      cost: 40,
      tolerance: 1e-6,
      at: (index) =>
        BINARY[operation](
          x?.[sourceIndex(index, result, left)] as number,
          y?.[sourceIndex(index, result, right)] as number,
        ),
    };
  },
  work: (parameters) => {
    const elements = lengthOf(broadcastOf(parameters));
    const read = lengthOf(parameters.left) + lengthOf(parameters.right);
    return { flop: elements, bytes: 4 * (read + elements), type: 'float', elements };
  },
};
