import * as tf from '@tensorflow/tfjs';
import type { Maker } from '../../harness/subject.ts';
import { disposed } from './disposed.ts';

export const permute: Maker<'permute'> = ({ shape, order }, inputs) => {
  const x = tf.tensor(inputs.x as Float32Array, [...shape]);
  return disposed(() => tf.transpose(x, [...order]), [x]);
};
