// Operations on arrays so small that the arithmetic is nothing: what a call itself costs.

import { floats, lengthOf } from './inputs.ts';
import type { Task } from './tasks.ts';

export interface DispatchParameters {
  readonly operation: 'add' | 'garbage' | 'scope';
  readonly shape: readonly number[];
  /** How many additions one call chains; 1 unless given. */
  readonly chain?: number;
  /** In place, or on the heap with an explicit end, instead of in a workspace. */
  readonly memory?: 'in place' | 'heap';
}

export const dispatch: Task<DispatchParameters> = {
  inputs: ({ shape }) => ({ a: floats(lengthOf(shape), 1), b: floats(lengthOf(shape), 2) }),
  reference: ({ shape, chain = 1, operation }, { a, b }) => ({
    length: lengthOf(shape),
    cost: 1,
    tolerance: 1e-5,
    at: (index) => (a?.[index] as number) + (operation === 'scope' ? 0 : chain * (b?.[index] as number)),
  }),
  work: () => ({ flop: 0, bytes: 0, type: 'float' }),
};
