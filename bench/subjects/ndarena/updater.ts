// The one import below the public API: a step alone is reached there only as a part of `fit`.

import { type INDArray, Nd4j } from 'ndarena';
import {
  adaDeltaStep,
  adaGradStep,
  adamStep,
  amsGradStep,
  nesterovsStep,
  rmsPropStep,
  sgdStep,
} from '../../../src/ops/updater.ts';
import type { Maker } from '../../harness/subject.ts';
import { RATES, type UpdaterName } from '../../tasks/updater.ts';
import { toNumbers } from './workspace.ts';

const { rate, momentum, beta1, beta2, decay, epsilon } = RATES;
type Step = (p: INDArray, g: INDArray, s: States, iteration: number) => void;
type States = readonly [INDArray, INDArray, INDArray];

const STEPS: Readonly<Record<UpdaterName, Step>> = {
  sgd: (p, g) => sgdStep(g, rate, p),
  nesterovs: (p, g, [v]) => nesterovsStep(g, v, rate, momentum, p),
  adam: (p, g, [m, v], t) => adamStep(g, m, v, rate, beta1, beta2, epsilon, t, p),
  amsGrad: (p, g, [m, v, most], t) => amsGradStep(g, m, v, most, rate, beta1, beta2, epsilon, t, p),
  rmsProp: (p, g, [h]) => rmsPropStep(g, h, rate, decay, epsilon, p),
  adaGrad: (p, g, [h]) => adaGradStep(g, h, rate, epsilon, p),
  adaDelta: (p, g, [h, d]) => adaDeltaStep(g, h, d, decay, epsilon, p),
};

/** A step leaves the update where the gradient was. Put back this seldom the copies cost little; much later the numbers would have become denormal. */
const STEPS_PER_GRADIENT = 16;

export const updater: Maker<'updater'> = ({ updater: name, length }, inputs) => {
  const source = Nd4j.create(inputs.gradient as Float32Array, [length]);
  const gradient = source.dup();
  const step = STEPS[name];
  const fresh = (): { p: INDArray; states: States } => ({
    p: Nd4j.create(inputs.parameters as Float32Array, [length]),
    states: [Nd4j.zeros(length), Nd4j.zeros(length), Nd4j.zeros(length)],
  });
  const { p, states } = fresh();
  const all = [source, gradient, p, ...states];
  let iteration = 0;
  return {
    run: () => {
      if (iteration % STEPS_PER_GRADIENT === 0) gradient.assign(source);
      step(p, gradient, states, iteration++);
    },
    result: () => {
      const own = fresh();
      gradient.assign(source);
      step(own.p, gradient, own.states, 0);
      const values = toNumbers(own.p);
      for (const each of [own.p, ...own.states]) each.close();
      return values;
    },
    dispose: () => {
      for (const each of all) each.close();
    },
  };
};
