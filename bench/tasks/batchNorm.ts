// Batch normalization by channel with the statistics of the batch, and the gradient of its input, in float64.

import { floats } from './inputs.ts';
import type { Inputs, Task } from './tasks.ts';

export interface BatchNormParameters {
  readonly pass: 'forward' | 'backward';
  readonly batch: number;
  readonly channels: number;
  /** Elements of a channel in one example: height · width. */
  readonly plane: number;
}

export const EPSILON = 1e-5;

/** Σ f(index) over one channel, divided by its number of elements. */
function meanOf(
  { batch, channels, plane }: BatchNormParameters,
  channel: number,
  of: (index: number) => number,
): number {
  let sum = 0;
  for (let n = 0; n < batch; n++) {
    const first = (n * channels + channel) * plane;
    for (let i = first; i < first + plane; i++) sum += of(i);
  }
  return sum / (batch * plane);
}

function statistics(parameters: BatchNormParameters, x: ArrayLike<number>) {
  const mean = new Float32Array(parameters.channels);
  const variance = new Float32Array(parameters.channels);
  for (let c = 0; c < parameters.channels; c++) {
    const center = meanOf(parameters, c, (i) => x[i] as number);
    mean[c] = center;
    variance[c] = meanOf(parameters, c, (i) => ((x[i] as number) - center) ** 2);
  }
  return { mean, variance };
}

function gradientAt(parameters: BatchNormParameters, inputs: Inputs): (index: number) => number {
  const { x, g, mean, variance, gamma } = inputs as Record<string, Float32Array>;
  const { channels, plane } = parameters;
  const scale = (c: number): number => 1 / Math.sqrt((variance?.[c] as number) + EPSILON);
  const normal = (i: number, c: number): number => ((x?.[i] as number) - (mean?.[c] as number)) * scale(c);
  const means = Array.from({ length: channels }, (_, c) => [
    meanOf(parameters, c, (i) => g?.[i] as number),
    meanOf(parameters, c, (i) => (g?.[i] as number) * normal(i, c)),
  ]);
  return (index) => {
    const c = Math.floor(index / plane) % channels;
    const [first, second] = means[c] as [number, number];
    return (gamma?.[c] as number) * scale(c) * ((g?.[index] as number) - first - normal(index, c) * second);
  };
}

export const batchNorm: Task<BatchNormParameters> = {
  inputs: (parameters) => {
    const { batch, channels, plane, pass } = parameters;
    const length = batch * channels * plane;
    const x = floats(length, 1, -1, 2);
    return {
      x,
      ...statistics(parameters, x),
      gamma: floats(channels, 4, 0.5, 1.5),
      beta: floats(channels, 5),
      ...(pass === 'backward' && { g: floats(length, 6) }),
    };
  },
  reference: (parameters, inputs) => {
    const { batch, channels, plane, pass } = parameters;
    const length = batch * channels * plane;
    if (pass === 'backward') return { length, cost: 20, tolerance: 1e-4, at: gradientAt(parameters, inputs) };
    const { x, mean, variance, gamma, beta } = inputs;
    const at = (index: number): number => {
      const c = Math.floor(index / plane) % channels;
      const normal = ((x?.[index] as number) - (mean?.[c] as number)) / Math.sqrt((variance?.[c] as number) + EPSILON);
      return normal * (gamma?.[c] as number) + (beta?.[c] as number);
    };
    return { length, cost: 20, tolerance: 1e-5, at };
  },
  work: ({ batch, channels, plane, pass }) => {
    const elements = batch * channels * plane;
    return { flop: 0, bytes: 4 * elements * (pass === 'forward' ? 2 : 3), type: 'float', elements };
  },
};
