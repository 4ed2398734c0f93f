// An array with its dimensions in another order, laid out anew in 'c' order.

import { floats, lengthOf } from './inputs.ts';
import type { Task } from './tasks.ts';

export interface PermuteParameters {
  readonly shape: readonly number[];
  /** Dimension `order[d]` of the operand becomes dimension d of the result. */
  readonly order: readonly number[];
}

export const permute: Task<PermuteParameters> = {
  inputs: ({ shape }) => ({ x: floats(lengthOf(shape), 1) }),
  reference: ({ shape, order }, { x }) => {
    const strides = shape.map((_, d) => lengthOf(shape.slice(d + 1)));
    return {
      length: lengthOf(shape),
      cost: 20,
      tolerance: 0,
      at: (index) => {
        let rest = index;
        let source = 0;
        for (let d = order.length - 1; d >= 0; d--) {
          const from = order[d] as number;
          source += (rest % (shape[from] as number)) * (strides[from] as number);
          rest = Math.floor(rest / (shape[from] as number));
        }
        return x?.[source] as number;
      },
    };
  },
  work: ({ shape }) => ({ flop: 0, bytes: 8 * lengthOf(shape), type: 'float', elements: lengthOf(shape) }),
};
