import { Cannot } from '../../harness/subject.ts';
import { type BatchNormParameters, EPSILON } from '../../tasks/batchNorm.ts';
import { type ConvolutionParameters, outputSize } from '../../tasks/convolution.ts';
import type { LstmParameters } from '../../tasks/lstm.ts';
import type { PoolingParameters } from '../../tasks/pooling.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import type { OperatorCase } from './operator.ts';

const NO_GRADIENTS = 'onnxruntime-web has no gradients';

/** ConvTranspose is the gradient of the input. */
export function convolution(p: ConvolutionParameters, inputs: Inputs): OperatorCase {
  if (p.pass === 'backward' || p.pass === 'backwardWeights') throw new Cannot(NO_GRADIENTS);
  const isForward = p.pass === 'forward';
  const out = outputSize(p);
  const image = isForward ? [p.batch, p.channels, p.size, p.size] : [p.batch, p.filters, out, out];
  const weights = {
    name: 'w',
    shape: [p.filters, p.channels, p.kernel, p.kernel],
    values: inputs.w as Float32Array,
  };
  return {
    operator: {
      type: isForward ? 'Conv' : 'ConvTranspose',
      inputs: [{ name: isForward ? 'x' : 'g', shape: image }, weights],
      rank: 4,
      attributes: {
        kernel_shape: [p.kernel, p.kernel],
        strides: [p.stride, p.stride],
        pads: Array<number>(4).fill(p.padding),
        dilations: [p.dilation, p.dilation],
      },
    },
    feeds: inputs,
    operations: 2 * p.batch * p.filters * out * out * p.channels * p.kernel * p.kernel,
  };
}

export function pooling(
  { kind, pass, batch, channels, size, window }: PoolingParameters,
  inputs: Inputs,
): OperatorCase {
  if (pass === 'backward') throw new Cannot(NO_GRADIENTS);
  return {
    operator: {
      type: kind === 'max' ? 'MaxPool' : 'AveragePool',
      inputs: [{ name: 'x', shape: [batch, channels, size, size] }],
      rank: 4,
      attributes: { kernel_shape: [window, window], strides: [window, window] },
    },
    feeds: inputs,
    operations: 2 * batch * channels * size * size,
  };
}

export function batchNorm({ pass, batch, channels, plane }: BatchNormParameters, inputs: Inputs): OperatorCase {
  if (pass === 'backward') throw new Cannot(NO_GRADIENTS);
  const vectors = ['gamma', 'beta', 'mean', 'variance'].map((name) => ({
    name,
    shape: [channels],
    values: inputs[name] as Float32Array,
  }));
  return {
    operator: {
      type: 'BatchNormalization',
      inputs: [{ name: 'x', shape: [batch, channels, plane, 1] }, ...vectors],
      rank: 4,
      attributes: { epsilon: EPSILON },
    },
    feeds: inputs,
    operations: 4 * batch * channels * plane,
  };
}

/** ONNX has a row for each unit, gates in the order input, output, forget, cell, and two biases. */
export function lstm({ pass, time, batch, features, units }: LstmParameters, inputs: Inputs): OperatorCase {
  if (pass === 'backward') throw new Cannot(NO_GRADIENTS);
  const weight = (name: string, rows: number) => ({
    name,
    shape: [1, 4 * units, rows],
    values: gatesByRow(inputs[name] as Float32Array, rows, units),
  });
  const bias = new Float32Array(8 * units);
  bias.set(gatesByRow(inputs.b as Float32Array, 1, units));
  return {
    operator: {
      type: 'LSTM',
      inputs: [
        { name: 'x', shape: [time, batch, features] },
        weight('w', features),
        weight('r', units),
        { name: 'b', shape: [1, 8 * units], values: bias },
      ],
      rank: 4,
      attributes: { hidden_size: units },
    },
    feeds: inputs,
    operations: 2 * time * batch * (features + units) * 4 * units,
  };
}

function gatesByRow(values: Float32Array, rows: number, units: number): Float32Array {
  const result = new Float32Array(values.length);
  [0, 3, 1, 2].forEach((gate, place) => {
    for (let unit = 0; unit < units; unit++) {
      for (let row = 0; row < rows; row++) {
        result[(place * units + unit) * rows + row] = values[row * 4 * units + gate * units + unit] as number;
      }
    }
  });
  return result;
}
