import { lax, nn, numpy as np } from '@jax-js/jax';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { FACTOR, type UnaryParameters } from '../../tasks/elementwise.ts';
import { array, type JaxArray, jitted } from './jitted.ts';

const UNARY: Readonly<Partial<Record<UnaryParameters['function'], (x: JaxArray) => JaxArray>>> = {
  exp: (x) => np.exp(x),
  tanh: (x) => np.tanh(x),
  sigmoid: (x) => nn.sigmoid(x),
  log: (x) => np.log(x),
  erf: (x) => lax.erf(x),
  gelu: (x) => nn.gelu(x),
  relu: (x) => nn.relu(x),
};

export const unary: Maker<'unary'> = ({ function: name, shape }, inputs) => {
  const call = UNARY[name];
  if (call === undefined) throw new Cannot('arrays are never copied');
  return jitted(call, [array(inputs.x as Float32Array, shape)]);
};

export const softmax: Maker<'softmax'> = ({ rows, columns }, inputs) =>
  jitted((x) => nn.softmax(x), [array(inputs.x as Float32Array, [rows, columns])]);

export const binary: Maker<'binary'> = ({ operation, left, right }, inputs) => {
  const operands = [array(inputs.x as Float32Array, left), array(inputs.y as Float32Array, right)];
  if (operation === 'axpy') return jitted((x, y) => np.add(np.multiply(x, FACTOR), y), operands);
  return jitted(operation === 'add' ? (x, y) => np.add(x, y) : (x, y) => np.multiply(x, y), operands);
};
