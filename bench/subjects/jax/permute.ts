import { numpy as np } from '@jax-js/jax';
import type { Maker } from '../../harness/subject.ts';
import { array, jitted } from './jitted.ts';

export const permute: Maker<'permute'> = ({ shape, order }, inputs) =>
  jitted((x) => np.transpose(x, [...order]), [array(inputs.x as Float32Array, shape)]);
