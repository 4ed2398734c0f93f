import { Cannot, type Maker } from '../../harness/subject.ts';
import { array, jitted } from './jitted.ts';

export const dispatch: Maker<'dispatch'> = ({ operation, shape, chain = 1, memory }, { a, b }) => {
  if (memory !== undefined || operation !== 'add') throw new Cannot('has no such mode of calling');
  return jitted(
    (x, y) => {
      let sum = x;
      for (let i = 0; i < chain; i++) sum = sum.add(y.ref);
      y.dispose();
      return sum;
    },
    [array(a as Float32Array, shape), array(b as Float32Array, shape)],
  );
};
