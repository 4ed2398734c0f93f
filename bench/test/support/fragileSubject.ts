// A subject that fails in every way: the size of a case's product says how.

import { Cannot, type Subject } from '../../harness/subject.ts';
import { TASKS } from '../../tasks/tasks.ts';

export const REFUSES = 2;
export const IS_WRONG = 3;
export const ENDS = 4;
export const THROWS_LATER = 5;

export const subject: Subject = {
  start: async () => ({ mode: 'fragile' }),
  makers: {
    matmul: (parameters, inputs) => {
      const { m } = parameters;
      if (m === REFUSES) throw new Cannot('refuses\nand says more');
      const { length, at } = TASKS.matmul.reference(parameters, inputs);
      const right = Float64Array.from({ length }, (_, index) => at(index));
      if (m === IS_WRONG) right[0] = 7;
      let runs = 0;
      return {
        run: () => {
          if (m === ENDS) process.exit(3);
          if (m === THROWS_LATER && runs++ > 0) throw new Error('broken');
        },
        result: () => right,
      };
    },
  },
};
