// The matrix product, in float64 loops.

import { doubles, floats } from './inputs.ts';
import type { Task } from './tasks.ts';

export interface MatmulParameters {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** The operand lies transposed and is turned by the call. */
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Memory order of the operands; 'c' unless given. */
  readonly orderA?: 'c' | 'f';
  readonly orderB?: 'c' | 'f';
  readonly type?: 'double';
  /** b is one constant that serves every call, so that a library may pack it once. Otherwise b changes between calls where arrays can change. */
  readonly isConstant?: boolean;
}

/** a is [m, k] and b is [k, n] (or the transposed shapes), both in 'c' order here. */
export const matmul: Task<MatmulParameters> = {
  inputs: ({ m, k, n, type }) => {
    const make = type === 'double' ? doubles : floats;
    return { a: make(m * k, 1), b: make(k * n, 2) };
  },
  reference: ({ m, k, n, transposeA, transposeB, type }, { a, b }) => ({
    length: m * n,
    cost: k,
    tolerance: (type === 'double' ? 1e-14 : 1e-6) * Math.max(4, k / 16),
    at: (index) => {
      const row = Math.floor(index / n);
      const column = index % n;
      let sum = 0;
      for (let p = 0; p < k; p++) {
        const left = a?.[transposeA ? p * m + row : row * k + p] as number;
        sum += left * (b?.[transposeB ? column * k + p : p * n + column] as number);
      }
      return sum;
    },
  }),
  work: ({ m, k, n, type }) => ({
    flop: 2 * m * k * n,
    bytes: (m * k + k * n + m * n) * (type === 'double' ? 8 : 4),
    type: type ?? 'float',
  }),
};
