import * as tf from '@tensorflow/tfjs';
import { Cannot, type Maker } from '../../harness/subject.ts';
import type { Reduction } from '../../tasks/reduce.ts';
import { disposed } from './disposed.ts';

const REDUCTIONS: Readonly<Record<Reduction, (x: tf.Tensor2D, dimension: number | undefined) => tf.Tensor>> = {
  sum: (x, dimension) => tf.sum(x, dimension),
  mean: (x, dimension) => tf.mean(x, dimension),
  max: (x, dimension) => tf.max(x, dimension),
  norm2: (x, dimension) => tf.norm(x, 2 as never, dimension),
  argMax: (x, dimension) => tf.argMax(x, dimension),
  variance: (x, dimension) => tf.moments(x, dimension).variance,
};

export const reduce: Maker<'reduce'> = ({ reduction, rows, columns, dimension }, inputs) => {
  const isPosition = reduction === 'argMax' && dimension === undefined;
  if (reduction === 'norm2' && dimension === undefined) throw new Cannot('tf.norm of all is another norm of a matrix');
  const x = tf.tensor2d(inputs.x as Float32Array, isPosition ? [1, rows * columns] : [rows, columns]);
  const call = REDUCTIONS[reduction];
  return disposed(() => tf.tidy(() => call(x, isPosition ? 1 : dimension)), [x]);
};
