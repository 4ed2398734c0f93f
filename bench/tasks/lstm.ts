// A layer of LSTM cells over [time, batch, features], and the gradient of its input, in float64 loops. Gates in the order input, forget, cell, output.

import { floats } from './inputs.ts';
import type { Inputs, Task } from './tasks.ts';

export interface LstmParameters {
  readonly pass: 'forward' | 'backward';
  readonly time: number;
  readonly batch: number;
  readonly features: number;
  readonly units: number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** What a step leaves for its gradient, all [batch, units]. */
interface Step {
  readonly gates: Float64Array;
  readonly cell: Float64Array;
  readonly output: Float64Array;
}

/** out[row] += x[row] · w for all rows of the batch. */
function addProduct(
  out: Float64Array,
  x: ArrayLike<number>,
  start: number,
  width: number,
  w: Float32Array,
  batch: number,
): void {
  const columns = out.length / batch;
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < width; i++) {
      const value = x[start + n * width + i] as number;
      for (let o = 0; o < columns; o++) {
        out[n * columns + o] = (out[n * columns + o] as number) + value * (w[i * columns + o] as number);
      }
    }
  }
}

function forward({ time, batch, features, units }: LstmParameters, { x, w, r, b }: Inputs): Step[] {
  const steps: Step[] = [];
  for (let t = 0; t < time; t++) {
    const before = steps[t - 1];
    const gates = new Float64Array(batch * 4 * units).map((_, i) => b?.[i % (4 * units)] as number);
    addProduct(gates, x as Float32Array, t * batch * features, features, w as Float32Array, batch);
    if (before) addProduct(gates, before.output, 0, units, r as Float32Array, batch);
    const cell = new Float64Array(batch * units);
    const output = new Float64Array(batch * units);
    for (let i = 0; i < batch * units; i++) {
      const first = Math.floor(i / units) * 4 * units + (i % units);
      const at = (gate: number): number => first + gate * units;
      for (const gate of [0, 1, 3]) gates[at(gate)] = sigmoid(gates[at(gate)] as number);
      gates[at(2)] = Math.tanh(gates[at(2)] as number);
      const [input, forget, candidate, out] = [0, 1, 2, 3].map((gate) => gates[at(gate)] as number) as Gates;
      cell[i] = forget * (before?.cell[i] ?? 0) + input * candidate;
      output[i] = out * Math.tanh(cell[i] as number);
    }
    steps.push({ gates, cell, output });
  }
  return steps;
}

type Gates = [number, number, number, number];

/** The gradient of x, from a gradient g of all outputs. */
function backward(p: LstmParameters, inputs: Inputs): Float64Array {
  const { time, batch, features, units } = p;
  const { w, r, g } = inputs as Record<string, Float32Array>;
  const steps = forward(p, inputs);
  const result = new Float64Array(time * batch * features);
  let fromCell = new Float64Array(batch * units);
  let fromOutput = new Float64Array(batch * units);
  for (let t = time - 1; t >= 0; t--) {
    const { gates, cell } = steps[t] as Step;
    const delta = new Float64Array(batch * 4 * units);
    const toCell = new Float64Array(batch * units);
    for (let i = 0; i < batch * units; i++) {
      const first = Math.floor(i / units) * 4 * units + (i % units);
      const [input, forget, candidate, out] = [0, 1, 2, 3].map((k) => gates[first + k * units] as number) as Gates;
      const squashed = Math.tanh(cell[i] as number);
      const dh = (g?.[t * batch * units + i] as number) + (fromOutput[i] as number);
      const dc = dh * out * (1 - squashed ** 2) + (fromCell[i] as number);
      delta[first] = dc * candidate * input * (1 - input);
      delta[first + units] = dc * (steps[t - 1]?.cell[i] ?? 0) * forget * (1 - forget);
      delta[first + 2 * units] = dc * input * (1 - candidate ** 2);
      delta[first + 3 * units] = dh * squashed * out * (1 - out);
      toCell[i] = dc * forget;
    }
    fromCell = toCell;
    fromOutput = timesTransposed(delta, r as Float32Array, batch, units);
    result.set(timesTransposed(delta, w as Float32Array, batch, features), t * batch * features);
  }
  return result;
}

/** δ[batch, columns] · wᵀ for w of [rows, columns]. */
function timesTransposed(delta: Float64Array, w: Float32Array, batch: number, rows: number): Float64Array<ArrayBuffer> {
  const columns = delta.length / batch;
  return new Float64Array(batch * rows).map((_, index) => {
    const n = Math.floor(index / rows);
    const row = index % rows;
    let sum = 0;
    for (let o = 0; o < columns; o++) sum += (delta[n * columns + o] as number) * (w[row * columns + o] as number);
    return sum;
  });
}

export const lstm: Task<LstmParameters> = {
  inputs: ({ pass, time, batch, features, units }) => ({
    x: floats(time * batch * features, 1),
    w: floats(features * 4 * units, 2, -0.1, 0.1),
    r: floats(units * 4 * units, 3, -0.1, 0.1),
    b: floats(4 * units, 4, -0.1, 0.1),
    ...(pass === 'backward' && { g: floats(time * batch * units, 5) }),
  }),
  reference: (parameters, inputs) => {
    const values =
      parameters.pass === 'backward'
        ? backward(parameters, inputs)
        : Float64Array.from(forward(parameters, inputs).flatMap(({ output }) => [...output]));
    return { length: values.length, cost: 1, tolerance: 1e-4, at: (index) => values[index] as number };
  },
  work: ({ pass, time, batch, features, units }) => {
    const weights = (features + units) * 4 * units;
    const forwardFlop = 2 * time * batch * weights;
    const sequences = time * batch * (features + units);
    // Backward, its inputs' and its weights' gradients cost one forward each; what the forward pass made is given or made again.
    return {
      flop: pass === 'forward' ? forwardFlop : 2 * forwardFlop,
      bytes: 4 * (weights + sequences) * (pass === 'forward' ? 1 : 2),
      type: 'float',
    };
  },
};
