import { grad, lax, numpy as np } from '@jax-js/jax';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { EPSILON } from '../../tasks/batchNorm.ts';
import { outputSize } from '../../tasks/convolution.ts';
import { TASKS } from '../../tasks/tasks.ts';
import { array, type JaxArray, jitted } from './jitted.ts';

/** At 0.2 GFLOP/s a call above this takes seconds, and some more to check. */
const MOST_OPERATIONS = 300e6;

export const convolution: Maker<'convolution'> = (parameters, inputs) => {
  const { pass, batch, channels, size, filters, kernel, stride, padding, dilation } = parameters;
  if (TASKS.convolution.work(parameters).flop > MOST_OPERATIONS) throw new Cannot('left out: a call takes seconds');
  const pads = [
    [padding, padding],
    [padding, padding],
  ] as [number, number][];
  const convolve = (x: JaxArray, w: JaxArray): JaxArray =>
    lax.convGeneralDilated(x, w, [stride, stride], pads, { rhsDilation: [dilation, dilation] });
  const x = array(inputs.x as Float32Array, [batch, channels, size, size]);
  const w = array(inputs.w as Float32Array, [filters, channels, kernel, kernel]);
  if (pass === 'forward') return jitted(convolve, [x, w]);
  if (pass === 'backward') throw new Cannot('see the two gradients alone');
  const out = outputSize(parameters);
  const g = array(inputs.g as Float32Array, [batch, filters, out, out]);
  const weighted = (first: JaxArray, second: JaxArray, gradient: JaxArray): JaxArray =>
    np.sum(convolve(first, second).mul(gradient));
  return jitted(grad(weighted, { argnums: pass === 'backwardInput' ? 0 : 1 }) as never, [x, w, g]);
};

/** Windows side by side: a reshape and a reduction. */
export const pooling: Maker<'pooling'> = ({ kind, pass, batch, channels, size, window }, inputs) => {
  const out = size / window;
  const reduce = kind === 'max' ? np.max : np.mean;
  const forward = (x: JaxArray): JaxArray => reduce(x.reshape([batch, channels, out, window, out, window]), [3, 5]);
  const x = array(inputs.x as Float32Array, [batch, channels, size, size]);
  if (pass === 'forward') return jitted(forward, [x]);
  const g = array(inputs.g as Float32Array, [batch, channels, out, out]);
  return jitted(grad((first: JaxArray, second: JaxArray) => np.sum(forward(first).mul(second))) as never, [x, g]);
};

export const batchNorm: Maker<'batchNorm'> = ({ pass, batch, channels, plane }, inputs) => {
  if (pass === 'backward') throw new Cannot('has no batch normalization but its parts');
  const vectors = ['mean', 'variance', 'gamma', 'beta'].map((name) =>
    array(inputs[name] as Float32Array, [1, channels, 1]),
  );
  return jitted(
    (x, mean, variance, gamma, beta) =>
      np.add(np.multiply(np.divide(np.subtract(x, mean), np.sqrt(np.add(variance, EPSILON))), gamma), beta),
    [array(inputs.x as Float32Array, [batch, channels, plane]), ...vectors],
  );
};
