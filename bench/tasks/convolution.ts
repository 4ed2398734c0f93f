// The 2-D convolution and its gradients, in float64 loops: one element at a time.

import { floats } from './inputs.ts';
import type { Inputs, Task } from './tasks.ts';

export interface ConvolutionParameters {
  /** `backward` makes both gradients, those of the input first. */
  readonly pass: 'forward' | 'backward' | 'backwardInput' | 'backwardWeights';
  readonly batch: number;
  readonly channels: number;
  /** Height and width of the input. */
  readonly size: number;
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
}

/** Height and width of the output. */
export function outputSize({ size, kernel, stride, padding, dilation }: ConvolutionParameters): number {
  return Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** Lengths of input [batch, channels, size, size], weights [filters, channels, kernel, kernel] and output. */
export function lengthsOf(parameters: ConvolutionParameters) {
  const { batch, channels, size, filters, kernel } = parameters;
  const out = outputSize(parameters);
  return {
    input: batch * channels * size * size,
    weights: filters * channels * kernel * kernel,
    output: batch * filters * out * out,
  };
}

type At = (index: number) => number;

function forwardAt(p: ConvolutionParameters, { x, w }: Inputs): At {
  const out = outputSize(p);
  return (index) => {
    const column = index % out;
    const row = Math.floor(index / out) % out;
    const filter = Math.floor(index / (out * out)) % p.filters;
    const image = Math.floor(index / (out * out * p.filters));
    let sum = 0;
    for (let c = 0; c < p.channels; c++) {
      for (let i = 0; i < p.kernel; i++) {
        const y = row * p.stride - p.padding + i * p.dilation;
        if (y < 0 || y >= p.size) continue;
        for (let j = 0; j < p.kernel; j++) {
          const z = column * p.stride - p.padding + j * p.dilation;
          if (z < 0 || z >= p.size) continue;
          const value = x?.[((image * p.channels + c) * p.size + y) * p.size + z] as number;
          sum += value * (w?.[((filter * p.channels + c) * p.kernel + i) * p.kernel + j] as number);
        }
      }
    }
    return sum;
  };
}

function inputGradientAt(p: ConvolutionParameters, { w, g }: Inputs): At {
  const out = outputSize(p);
  return (index) => {
    const column = index % p.size;
    const row = Math.floor(index / p.size) % p.size;
    const channel = Math.floor(index / (p.size * p.size)) % p.channels;
    const image = Math.floor(index / (p.size * p.size * p.channels));
    let sum = 0;
    for (let i = 0; i < p.kernel; i++) {
      const y = (row + p.padding - i * p.dilation) / p.stride;
      if (!Number.isInteger(y) || y < 0 || y >= out) continue;
      for (let j = 0; j < p.kernel; j++) {
        const z = (column + p.padding - j * p.dilation) / p.stride;
        if (!Number.isInteger(z) || z < 0 || z >= out) continue;
        for (let k = 0; k < p.filters; k++) {
          const value = g?.[((image * p.filters + k) * out + y) * out + z] as number;
          sum += value * (w?.[((k * p.channels + channel) * p.kernel + i) * p.kernel + j] as number);
        }
      }
    }
    return sum;
  };
}

function weightGradientAt(p: ConvolutionParameters, { x, g }: Inputs): At {
  const out = outputSize(p);
  return (index) => {
    const j = index % p.kernel;
    const i = Math.floor(index / p.kernel) % p.kernel;
    const channel = Math.floor(index / (p.kernel * p.kernel)) % p.channels;
    const filter = Math.floor(index / (p.kernel * p.kernel * p.channels));
    let sum = 0;
    for (let n = 0; n < p.batch; n++) {
      for (let row = 0; row < out; row++) {
        const y = row * p.stride - p.padding + i * p.dilation;
        if (y < 0 || y >= p.size) continue;
        for (let column = 0; column < out; column++) {
          const z = column * p.stride - p.padding + j * p.dilation;
          if (z < 0 || z >= p.size) continue;
          const value = g?.[((n * p.filters + filter) * out + row) * out + column] as number;
          sum += value * (x?.[((n * p.channels + channel) * p.size + y) * p.size + z] as number);
        }
      }
    }
    return sum;
  };
}

export const convolution: Task<ConvolutionParameters> = {
  inputs: (parameters) => {
    const { input, weights, output } = lengthsOf(parameters);
    return {
      x: floats(input, 1),
      w: floats(weights, 2),
      ...(parameters.pass !== 'forward' && { g: floats(output, 3) }),
    };
  },
  reference: (p, inputs) => {
    const { input, weights, output } = lengthsOf(p);
    const out = outputSize(p);
    const products = { forward: p.channels, backwardInput: p.filters } as const;
    if (p.pass === 'forward' || p.pass === 'backwardInput') {
      const isForward = p.pass === 'forward';
      const cost = products[p.pass] * p.kernel * p.kernel;
      const at = isForward ? forwardAt(p, inputs) : inputGradientAt(p, inputs);
      return { length: isForward ? output : input, cost, tolerance: 1e-4, at };
    }
    const cost = p.batch * out * out;
    const weightsAt = weightGradientAt(p, inputs);
    if (p.pass === 'backwardWeights') return { length: weights, cost, tolerance: 2e-3, at: weightsAt };
    const inputAt = inputGradientAt(p, inputs);
    const at = (index: number): number => (index < input ? inputAt(index) : weightsAt(index - input));
    return { length: input + weights, cost, tolerance: 2e-3, at };
  },
  work: (p) => {
    const { input, weights, output } = lengthsOf(p);
    const products = output * p.channels * p.kernel * p.kernel;
    const isBoth = p.pass === 'backward';
    return {
      flop: 2 * products * (isBoth ? 2 : 1),
      bytes: 4 * (isBoth ? 2 * input + 2 * weights + output : input + weights + output),
      type: 'float',
    };
  },
};
