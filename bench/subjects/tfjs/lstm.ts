import * as tf from '@tensorflow/tfjs';
import type { Maker } from '../../harness/subject.ts';
import { disposed } from './disposed.ts';

/** Steps of tf.basicLSTMCell, whose gates come in the order input, cell, forget, output. The gradient is that of autodiff, forward pass included. */
export const lstm: Maker<'lstm'> = ({ pass, time, batch, features, units }, inputs) => {
  const reordered = (name: string, rows: number): tf.Tensor2D => {
    const gates = tf.split(tf.tensor2d(inputs[name] as Float32Array, [rows, 4 * units]), 4, 1);
    return tf.concat([gates[0], gates[2], gates[1], gates[3]] as tf.Tensor2D[], 1);
  };
  const kernel = tf.tidy(() => tf.concat([reordered('w', features), reordered('r', units)]));
  const bias = tf.tidy(() => reordered('b', 1).as1D());
  const x = tf.tensor3d(inputs.x as Float32Array, [time, batch, features]);
  const none = tf.scalar(0);
  const layer = (sequence: tf.Tensor): tf.Tensor => {
    let c = tf.zeros([batch, units]) as tf.Tensor2D;
    let h = c;
    const step = (input: tf.Tensor): tf.Tensor => {
      [c, h] = tf.basicLSTMCell(none, kernel, bias, input as tf.Tensor2D, c, h);
      return h;
    };
    // The gradient of unstack fails for one slice.
    if (time === 1) return step(sequence.reshape([batch, features])).reshape([1, batch, units]);
    return tf.stack(tf.unstack(sequence).map(step));
  };
  if (pass === 'forward') return disposed(() => tf.tidy(() => layer(x)), [x, kernel, bias, none]);
  const g = tf.tensor3d(inputs.g as Float32Array, [time, batch, units]);
  const gradient = tf.grad(layer);
  return disposed(() => tf.tidy(() => gradient(x, g)), [x, g, kernel, bias, none]);
};
