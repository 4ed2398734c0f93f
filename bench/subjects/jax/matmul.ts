import { numpy as np } from '@jax-js/jax';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { array, jitted } from './jitted.ts';

export const matmul: Maker<'matmul'> = ({ m, k, n, transposeA, transposeB, orderA, orderB }, inputs) => {
  if (orderA === 'f' || orderB === 'f') throw new Cannot("jax-js has no 'f' order");
  const a = array(inputs.a as Float32Array, transposeA ? [k, m] : [m, k]);
  const b = array(inputs.b as Float32Array, transposeB ? [n, k] : [k, n]);
  return jitted((x, y) => np.matmul(transposeA ? np.transpose(x) : x, transposeB ? np.transpose(y) : y), [a, b]);
};
