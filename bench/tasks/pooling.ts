// Pooling of windows that fill the input without rest, and its gradient, in float64.

import { floats } from './inputs.ts';
import type { Inputs, Task } from './tasks.ts';

export interface PoolingParameters {
  readonly kind: 'max' | 'average';
  readonly pass: 'forward' | 'backward';
  readonly batch: number;
  readonly channels: number;
  /** Height and width of the input: a multiple of the window. */
  readonly size: number;
  /** Height, width and stride of the window. */
  readonly window: number;
}

/** The indices in x of the window of an element of the output. */
function windowOf({ size, window }: PoolingParameters, index: number): number[] {
  const out = size / window;
  const column = index % out;
  const row = Math.floor(index / out) % out;
  const plane = Math.floor(index / (out * out));
  const first = (plane * size + row * window) * size + column * window;
  return Array.from({ length: window * window }, (_, i) => first + Math.floor(i / window) * size + (i % window));
}

function forwardAt(parameters: PoolingParameters, { x }: Inputs): (index: number) => number {
  return (index) => {
    const values = windowOf(parameters, index).map((each) => x?.[each] as number);
    if (parameters.kind === 'max') return Math.max(...values);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
}

/** The gradient goes to the largest element of a window, or to all in equal parts. */
function backward(parameters: PoolingParameters, { x, g }: Inputs): Float64Array {
  const { batch, channels, size, window, kind } = parameters;
  const result = new Float64Array(batch * channels * size * size);
  g?.forEach((gradient, index) => {
    const indices = windowOf(parameters, index);
    if (kind === 'average') {
      for (const each of indices) result[each] = gradient / (window * window);
      return;
    }
    const largest = indices.reduce((best, each) => ((x?.[each] as number) > (x?.[best] as number) ? each : best));
    result[largest] = gradient;
  });
  return result;
}

export const pooling: Task<PoolingParameters> = {
  inputs: ({ batch, channels, size, window, pass }) => {
    const input = batch * channels * size * size;
    return { x: floats(input, 1), ...(pass === 'backward' && { g: floats(input / window ** 2, 2) }) };
  },
  reference: (parameters, inputs) => {
    const { batch, channels, size, window, pass } = parameters;
    const input = batch * channels * size * size;
    if (pass === 'forward') {
      return { length: input / window ** 2, cost: 20, tolerance: 1e-6, at: forwardAt(parameters, inputs) };
    }
    const values = backward(parameters, inputs);
    return { length: input, cost: 1, tolerance: 1e-6, at: (index) => values[index] as number };
  },
  work: ({ kind, pass, batch, channels, size, window }) => {
    const input = batch * channels * size * size;
    const output = input / window ** 2;
    const moved = pass === 'forward' ? input + output : input * (kind === 'max' ? 2 : 1) + output;
    return { flop: 0, bytes: 4 * moved, type: 'float', elements: input };
  },
};
