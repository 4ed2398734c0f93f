import * as tf from '@tensorflow/tfjs';
import { Cannot, type Maker, type Prepared } from '../../harness/subject.ts';
import type { BatchNormParameters } from '../../tasks/batchNorm.ts';
import { EPSILON } from '../../tasks/batchNorm.ts';
import { type ConvolutionParameters, outputSize } from '../../tasks/convolution.ts';
import type { PoolingParameters } from '../../tasks/pooling.ts';

/** tfjs's layout is channels last: operands are laid out so before, results turned back for the check alone. */
const lastOf = (values: Float32Array, [n, c, h, w]: Shape): tf.Tensor4D =>
  tf.tidy(() => tf.transpose(tf.tensor4d(values, [n, c, h, w]), [0, 2, 3, 1]));
type Shape = readonly [number, number, number, number];

function channelsLast(body: () => tf.Tensor, operands: readonly tf.Tensor[], back: number[] = [0, 3, 1, 2]): Prepared {
  return {
    run: () => body().dispose(),
    result: () => {
      const turned = tf.tidy(() => tf.transpose(body(), back));
      const values = turned.dataSync();
      turned.dispose();
      return values;
    },
    dispose: () => {
      for (const operand of operands) operand.dispose();
    },
  };
}

export const convolution: Maker<'convolution'> = (parameters, inputs) => {
  const { pass, batch, channels, size, filters, kernel, stride, padding, dilation } = parameters;
  const x = lastOf(inputs.x as Float32Array, [batch, channels, size, size]);
  const weights = tf.tidy(() =>
    tf.transpose(tf.tensor4d(inputs.w as Float32Array, [filters, channels, kernel, kernel]), [2, 3, 1, 0]),
  ) as tf.Tensor4D;
  if (pass === 'forward') {
    return channelsLast(() => tf.conv2d(x, weights, stride, padding, 'NHWC', dilation), [x, weights]);
  }
  if (pass === 'backward') throw new Cannot('see the two gradients alone');
  return gradient(parameters, x, weights, inputs.g as Float32Array);
};

function gradient(p: ConvolutionParameters, x: tf.Tensor4D, weights: tf.Tensor4D, values: Float32Array): Prepared {
  const out = outputSize(p);
  const dy = lastOf(values, [p.batch, p.filters, out, out]);
  const attributes = { strides: p.stride, pad: p.padding, dataFormat: 'NHWC' };
  const operands = [x, weights, dy];
  if (p.pass === 'backwardInput') {
    const attrs = { ...attributes, inputShape: x.shape };
    return channelsLast(
      () => tf.engine().runKernel('Conv2DBackpropInput', { dy, filter: weights }, attrs) as tf.Tensor,
      operands,
    );
  }
  const attrs = { ...attributes, filterShape: weights.shape };
  const body = (): tf.Tensor => tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attrs) as tf.Tensor;
  return channelsLast(body, operands, [3, 2, 0, 1]);
}

export const pooling: Maker<'pooling'> = (parameters, inputs) => {
  const { kind, pass, batch, channels, size, window } = parameters;
  const x = lastOf(inputs.x as Float32Array, [batch, channels, size, size]);
  const forward = kind === 'max' ? tf.maxPool : tf.avgPool;
  if (pass === 'forward') return channelsLast(() => forward(x, window, window, 'valid'), [x]);
  return poolingGradient(parameters, x, inputs.g as Float32Array);
};

function poolingGradient(
  { kind, batch, channels, size, window }: PoolingParameters,
  x: tf.Tensor4D,
  values: Float32Array,
): Prepared {
  const dy = lastOf(values, [batch, channels, size / window, size / window]);
  const attributes = { filterSize: window, strides: window, pad: 'valid' };
  if (kind === 'average') {
    return channelsLast(() => tf.engine().runKernel('AvgPoolGrad', { dy, input: x }, attributes) as tf.Tensor, [x, dy]);
  }
  const output = tf.maxPool(x, window, window, 'valid');
  const named = { dy, input: x, output };
  return channelsLast(() => tf.engine().runKernel('MaxPoolGrad', named, attributes) as tf.Tensor, [x, dy, output]);
}

export const batchNorm: Maker<'batchNorm'> = (parameters, inputs) => {
  const { pass, batch, channels, plane }: BatchNormParameters = parameters;
  if (pass === 'backward') throw new Cannot('tfjs has no gradient of batch normalization but that of its parts');
  const x = lastOf(inputs.x as Float32Array, [batch, channels, plane, 1]);
  const vectors = ['mean', 'variance', 'beta', 'gamma'].map((name) => tf.tensor1d(inputs[name] as Float32Array));
  const [mean, variance, beta, gamma] = vectors as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  return channelsLast(() => tf.batchNorm4d(x, mean, variance, beta, gamma, EPSILON), [x, ...vectors]);
};
