import * as tf from '@tensorflow/tfjs';
import { garbageOf } from '../../harness/garbage.ts';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { disposed } from './disposed.ts';

export const dispatch: Maker<'dispatch'> = ({ operation, shape, chain = 1, memory }, { a: left, b: right }) => {
  if (memory !== undefined) throw new Cannot('has no such mode of calling');
  const a = tf.tensor(left as Float32Array, [...shape]);
  const b = tf.tensor(right as Float32Array, [...shape]);
  if (operation === 'scope') {
    return { run: () => tf.tidy(() => {}), result: () => a.dataSync(), dispose: () => tf.dispose([a, b]) };
  }
  if (chain === 1) {
    const prepared = disposed(() => tf.add(a, b), [a, b]);
    return operation === 'garbage' ? { ...prepared, fact: () => garbageOf(prepared.run) } : prepared;
  }
  return disposed(
    () =>
      tf.tidy(() => {
        let sum = a;
        for (let i = 0; i < chain; i++) sum = tf.add(sum, b);
        return sum;
      }),
    [a, b],
  );
};
