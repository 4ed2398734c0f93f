import { numpy as np } from '@jax-js/jax';
import type { Maker } from '../../harness/subject.ts';
import type { Reduction } from '../../tasks/reduce.ts';
import { array, type JaxArray, jitted } from './jitted.ts';

const REDUCTIONS: Readonly<Record<Reduction, (x: JaxArray, dimension?: number) => JaxArray>> = {
  sum: (x, dimension) => np.sum(x, dimension),
  mean: (x, dimension) => np.mean(x, dimension),
  max: (x, dimension) => np.max(x, dimension),
  norm2: (x, dimension) => np.sqrt(np.sum(np.square(x), dimension)),
  argMax: (x, dimension) => np.argmax(x, dimension),
  variance: (x, dimension) => np.var_(x, dimension),
};

export const reduce: Maker<'reduce'> = ({ reduction, rows, columns, dimension }, inputs) =>
  jitted((x) => REDUCTIONS[reduction](x, dimension), [array(inputs.x as Float32Array, [rows, columns])]);
