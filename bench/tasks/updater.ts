// One step of an updater on a vector of parameters, from fresh states, in float64.

import { floats } from './inputs.ts';
import type { Task } from './tasks.ts';

export type UpdaterName = 'sgd' | 'nesterovs' | 'adam' | 'amsGrad' | 'rmsProp' | 'adaGrad' | 'adaDelta';

export interface UpdaterParameters {
  readonly updater: UpdaterName;
  readonly length: number;
}

/** The numbers of every library's step. */
export const RATES = { rate: 1e-2, momentum: 0.9, beta1: 0.9, beta2: 0.999, decay: 0.95, epsilon: 1e-6 } as const;
const { rate, momentum, beta1, beta2, decay, epsilon } = RATES;

/** How many states an updater keeps, and what its first step subtracts. */
const UPDATERS: Readonly<Record<UpdaterName, { readonly states: number; readonly first: (g: number) => number }>> = {
  sgd: { states: 0, first: (g) => rate * g },
  nesterovs: { states: 1, first: (g) => (1 + momentum) * rate * g },
  adam: { states: 2, first: (g) => adamFirst(g) },
  amsGrad: { states: 3, first: (g) => adamFirst(g) },
  rmsProp: { states: 1, first: (g) => (rate * g) / (Math.sqrt((1 - decay) * g * g) + epsilon) },
  adaGrad: { states: 1, first: (g) => (rate * g) / (Math.abs(g) + epsilon) },
  adaDelta: { states: 2, first: (g) => (g * Math.sqrt(epsilon)) / Math.sqrt((1 - decay) * g * g + epsilon) },
};

function adamFirst(g: number): number {
  const corrected = (rate * Math.sqrt(1 - beta2)) / (1 - beta1);
  return (corrected * (1 - beta1) * g) / (Math.sqrt((1 - beta2) * g * g) + epsilon);
}

export const updater: Task<UpdaterParameters> = {
  // Libraries place epsilon inside or outside the root, which moves small gradients differently: there are none.
  inputs: ({ length }) => ({
    parameters: floats(length, 1),
    gradient: floats(length, 2).map((value) => value + 0.1 * Math.sign(value)),
  }),
  reference: ({ updater: name, length }, { parameters, gradient }) => ({
    length,
    cost: 10,
    tolerance: 1e-4,
    at: (index) => (parameters?.[index] as number) - UPDATERS[name].first(gradient?.[index] as number),
  }),
  // Parameters and states are read and written, the gradient is read.
  work: ({ updater: name, length }) => ({
    flop: 0,
    bytes: 4 * length * (3 + 2 * UPDATERS[name].states),
    type: 'float',
    elements: length,
  }),
};
