// The MLP 784-256-10 with relu and softmax, in float64 loops: its output, and the losses of steps of Adam.

import { floats, uniform } from './inputs.ts';
import type { Inputs, Task } from './tasks.ts';

export const INPUTS = 784;
export const HIDDEN = 256;
export const OUTPUTS = 10;
export const RATE = 1e-3;
/** Steps whose losses are compared before timing. */
export const CHECKED_STEPS = 4;
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

export interface MlpParameters {
  readonly operation: 'fit' | 'output';
  readonly batch: number;
}

type Parameters = readonly [w0: Float64Array, b0: Float64Array, w1: Float64Array, b1: Float64Array];

/** The order of parameters everywhere: weights [in, out] in 'c' order. */
export const PARAMETERS = ['w0', 'b0', 'w1', 'b1'] as const;

export const mlp: Task<MlpParameters> = {
  inputs: ({ batch }) => {
    const next = uniform(7);
    const labels = new Float32Array(batch * OUTPUTS);
    for (let row = 0; row < batch; row++) labels[row * OUTPUTS + Math.floor(next() * OUTPUTS)] = 1;
    return {
      features: floats(batch * INPUTS, 1, 0, 1),
      labels,
      w0: floats(INPUTS * HIDDEN, 2, -0.1, 0.1),
      b0: floats(HIDDEN, 3, -0.01, 0.01),
      w1: floats(HIDDEN * OUTPUTS, 4, -0.2, 0.2),
      b1: floats(OUTPUTS, 5, -0.01, 0.01),
    };
  },
  reference: ({ operation, batch }, inputs) => {
    const values =
      operation === 'output' ? outputOf(parametersOf(inputs), inputs, batch).output : losses(inputs, batch);
    // Libraries place Adam's epsilon differently, which moves the losses a little.
    const tolerance = operation === 'output' ? 2e-5 : 5e-3;
    return { length: values.length, cost: 1, tolerance, at: (index) => values[index] as number };
  },
  work: ({ operation, batch }) => {
    const parameters = INPUTS * HIDDEN + HIDDEN + HIDDEN * OUTPUTS + OUTPUTS;
    const product = 2 * batch * (INPUTS * HIDDEN + HIDDEN * OUTPUTS);
    const backward = 2 * batch * (INPUTS * HIDDEN + 2 * HIDDEN * OUTPUTS);
    // Adam reads and writes parameters and two moments.
    return operation === 'output'
      ? { flop: product, bytes: 4 * parameters, type: 'float' }
      : { flop: product + backward, bytes: 4 * parameters * 6, type: 'float' };
  },
};

const parametersOf = (inputs: Inputs): Parameters =>
  PARAMETERS.map((name) => Float64Array.from(inputs[name] as Float32Array)) as unknown as Parameters;

function outputOf([w0, b0, w1, b1]: Parameters, { features }: Inputs, batch: number) {
  const hidden = new Float64Array(batch * HIDDEN);
  const output = new Float64Array(batch * OUTPUTS);
  for (let n = 0; n < batch; n++) {
    affine(hidden, n, features as Float32Array, INPUTS, w0, b0);
    for (let h = n * HIDDEN; h < (n + 1) * HIDDEN; h++) hidden[h] = Math.max(hidden[h] as number, 0);
    affine(output, n, hidden, HIDDEN, w1, b1);
    softmaxRow(output.subarray(n * OUTPUTS, (n + 1) * OUTPUTS));
  }
  return { hidden, output };
}

/** Row n of out = row n of x · w + b. */
function affine(
  out: Float64Array,
  n: number,
  x: ArrayLike<number>,
  inputs: number,
  w: Float64Array,
  b: Float64Array,
): void {
  const row = out.subarray(n * b.length, (n + 1) * b.length);
  row.set(b);
  for (let i = 0; i < inputs; i++) {
    const value = x[n * inputs + i] as number;
    for (let o = 0; o < b.length; o++) row[o] = (row[o] as number) + value * (w[i * b.length + o] as number);
  }
}

function softmaxRow(row: Float64Array): void {
  const largest = Math.max(...row);
  const powers = row.map((value) => Math.exp(value - largest));
  const total = powers.reduce((sum, value) => sum + value, 0);
  row.set(powers.map((value) => value / total));
}

/** The mean cross-entropy before each step of Adam. */
function losses(inputs: Inputs, batch: number): number[] {
  const parameters = parametersOf(inputs);
  const moments = parameters.map((each) => [new Float64Array(each.length), new Float64Array(each.length)] as const);
  return Array.from({ length: CHECKED_STEPS }, (_, step) => {
    const { loss, gradients } = lossAndGradients(parameters, inputs, batch);
    gradients.forEach((gradient, i) => {
      adam(parameters[i] as Float64Array, gradient, moments[i] as (typeof moments)[0], step + 1);
    });
    return loss;
  });
}

function lossAndGradients(parameters: Parameters, inputs: Inputs, batch: number) {
  const { hidden, output } = outputOf(parameters, inputs, batch);
  const labels = inputs.labels as Float32Array;
  const delta = output.map((value, i) => (value - (labels[i] as number)) / batch);
  const loss = -output.reduce((sum, value, i) => sum + (labels[i] as number) * Math.log(value), 0) / batch;
  const w1 = parameters[2];
  const inner = hidden.map((value, index) => {
    if (value <= 0) return 0;
    const n = Math.floor(index / HIDDEN);
    let sum = 0;
    for (let o = 0; o < OUTPUTS; o++)
      sum += (delta[n * OUTPUTS + o] as number) * (w1[(index % HIDDEN) * OUTPUTS + o] as number);
    return sum;
  });
  const features = inputs.features as Float32Array;
  const gradients = [
    weightGradient(features, INPUTS, inner, HIDDEN, batch),
    biasGradient(inner, HIDDEN),
    weightGradient(hidden, HIDDEN, delta, OUTPUTS, batch),
    biasGradient(delta, OUTPUTS),
  ];
  return { loss, gradients };
}

/** xᵀ · δ. */
function weightGradient(
  x: ArrayLike<number>,
  inputs: number,
  delta: Float64Array,
  outputs: number,
  batch: number,
): Float64Array {
  const gradient = new Float64Array(inputs * outputs);
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < inputs; i++) {
      const value = x[n * inputs + i] as number;
      for (let o = 0; o < outputs; o++) {
        gradient[i * outputs + o] = (gradient[i * outputs + o] as number) + value * (delta[n * outputs + o] as number);
      }
    }
  }
  return gradient;
}

function biasGradient(delta: Float64Array, outputs: number): Float64Array {
  const gradient = new Float64Array(outputs);
  delta.forEach((value, i) => {
    gradient[i % outputs] = (gradient[i % outputs] as number) + value;
  });
  return gradient;
}

function adam(
  parameters: Float64Array,
  gradient: Float64Array,
  [m, v]: readonly [Float64Array, Float64Array],
  t: number,
): void {
  const rate = (RATE * Math.sqrt(1 - BETA2 ** t)) / (1 - BETA1 ** t);
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i] as number;
    m[i] = BETA1 * (m[i] as number) + (1 - BETA1) * g;
    v[i] = BETA2 * (v[i] as number) + (1 - BETA2) * g * g;
    parameters[i] = (parameters[i] as number) - (rate * (m[i] as number)) / (Math.sqrt(v[i] as number) + EPSILON);
  }
}
