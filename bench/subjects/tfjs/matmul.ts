import * as tf from '@tensorflow/tfjs';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { disposed } from './disposed.ts';

export const matmul: Maker<'matmul'> = (parameters, inputs) => {
  const { m, k, n, transposeA = false, transposeB = false, orderA, orderB, type } = parameters;
  if (type === 'double') throw new Cannot('tfjs has no float64');
  if (orderA === 'f' || orderB === 'f') throw new Cannot("tfjs has no 'f' order");
  const a = tf.tensor2d(inputs.a as Float32Array, transposeA ? [k, m] : [m, k]);
  const b = tf.tensor2d(inputs.b as Float32Array, transposeB ? [n, k] : [k, n]);
  return disposed(() => tf.matMul(a, b, transposeA, transposeB), [a, b]);
};
