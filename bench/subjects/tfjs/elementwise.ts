import * as tf from '@tensorflow/tfjs';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { FACTOR, type UnaryParameters } from '../../tasks/elementwise.ts';
import { disposed } from './disposed.ts';

const UNARY: Readonly<Partial<Record<UnaryParameters['function'], (x: tf.Tensor) => tf.Tensor>>> = {
  exp: tf.exp,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  log: tf.log,
  erf: tf.erf,
  relu: tf.relu,
};

export const unary: Maker<'unary'> = ({ function: name, shape }, inputs) => {
  const call = UNARY[name];
  if (name === 'copy') throw new Cannot('tensors are never copied: tf.clone shares memory');
  if (call === undefined) throw new Cannot(`tfjs has no ${name}`);
  const x = tf.tensor(inputs.x as Float32Array, [...shape]);
  return disposed(() => call(x), [x]);
};

export const softmax: Maker<'softmax'> = ({ rows, columns }, inputs) => {
  const x = tf.tensor2d(inputs.x as Float32Array, [rows, columns]);
  return disposed(() => tf.softmax(x), [x]);
};

export const binary: Maker<'binary'> = ({ operation, left, right }, inputs) => {
  const x = tf.tensor(inputs.x as Float32Array, [...left]);
  const y = tf.tensor(inputs.y as Float32Array, [...right]);
  if (operation === 'axpy') return disposed(() => tf.tidy(() => tf.add(tf.mul(x, FACTOR), y)), [x, y]);
  return disposed(operation === 'add' ? () => tf.add(x, y) : () => tf.mul(x, y), [x, y]);
};
