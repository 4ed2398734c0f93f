import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { copy } from '../../src/ops/layout.ts';
import * as ops from '../../src/ops/updater.ts';
import { type Rates, references } from '../reference/updater.ts';
import { emptyOf, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

type Step = (g: ArrayView, s: ArrayView[], h: Rates, iteration: number, p?: ArrayView) => void;
const steps: Record<string, Step> = {
  sgd: (g, _, h, _i, p) => ops.sgdStep(g, h.rate, p),
  nesterovs: (g, s, h, _i, p) => ops.nesterovsStep(g, s[0]!, h.rate, h.momentum, p),
  adam: (g, s, h, i, p) => ops.adamStep(g, s[0]!, s[1]!, h.rate, h.beta1, h.beta2, h.epsilon, i, p),
  amsGrad: (g, s, h, i, p) => ops.amsGradStep(g, s[0]!, s[1]!, s[2]!, h.rate, h.beta1, h.beta2, h.epsilon, i, p),
  adaMax: (g, s, h, i, p) => ops.adaMaxStep(g, s[0]!, s[1]!, h.rate, h.beta1, h.beta2, h.epsilon, i, p),
  nadam: (g, s, h, i, p) => ops.nadamStep(g, s[0]!, s[1]!, h.rate, h.beta1, h.beta2, h.epsilon, i, p),
  adaBelief: (g, s, h, i, p) => ops.adaBeliefStep(g, s[0]!, s[1]!, h.rate, h.beta1, h.beta2, h.epsilon, i, p),
  adaGrad: (g, s, h, _i, p) => ops.adaGradStep(g, s[0]!, h.rate, h.epsilon, p),
  rmsProp: (g, s, h, _i, p) => ops.rmsPropStep(g, s[0]!, h.rate, h.decay, h.epsilon, p),
  adaDelta: (g, s, h, _i, p) => ops.adaDeltaStep(g, s[0]!, s[1]!, h.decay, h.epsilon, p),
};
const RATES = { rate: 0.05, momentum: 0.9, beta1: 0.9, beta2: 0.999, epsilon: 1e-6, decay: 0.95 };

describe.each<DataType>(['FLOAT', 'DOUBLE'])('%s', (type) => {
  const f = type === 'FLOAT' ? Math.fround : (x: number): number => x;
  const h = Object.fromEntries(Object.entries(RATES).map(([key, value]) => [key, f(value)])) as unknown as Rates;

  test.each(Object.keys(references))(
    '%s: four steps of every length from 0 to 67 equal the formula bit for bit',
    (name) => {
      const { states, step } = references[name]!;
      for (let n = 0; n < 68; n++) {
        const parameters = noise(n, 5);
        const expected = parameters.map(() => new Array<number>(states).fill(0.25));
        const p = viewOf(type, parameters, [n]);
        const s = Array.from({ length: states }, () => viewOf(type, new Array<number>(n).fill(0.25), [n]));
        for (let t = 1; t <= 4; t++) {
          const gradient = noise(n, t);
          const g = viewOf(type, gradient, [n]);
          steps[name]!(g, s, RATES, t - 1, p);
          const updates = gradient.map((each, i) => step(f, each, expected[i]!, h, t));
          updates.forEach((each, i) => {
            parameters[i] = f(parameters[i]! - each);
          });
          expect(valuesOf(g), `update ${t}`).toEqual(updates);
          expect(strayWrites(g)).toEqual([]);
          release(g);
        }
        expect(valuesOf(p), 'parameters').toEqual(parameters);
        s.forEach((state, index) => {
          expect(valuesOf(state), `state ${index}`).toEqual(expected.map((each) => each[index]));
          expect(strayWrites(state)).toEqual([]);
        });
        expect(strayWrites(p)).toEqual([]);
        release(p, ...s);
      }
    },
  );

  test('addSign() and addScaled() add c·sign(w) and c·w', () => {
    const w = noise(67, 3).map((each, i) => (i % 5 === 0 ? 0 : each));
    for (const n of [0, 1, 3, 4, 67]) {
      const g = viewOf(type, noise(n), [n]);
      const other = viewOf(type, noise(n), [n]);
      const weights = viewOf(type, w.slice(0, n), [n]);
      ops.addSign(g, weights, 0.25);
      expect(valuesOf(g)).toEqual(noise(n).map((each, i) => f(each + 0.25 * Math.sign(w[i]!))));
      ops.addScaled(other, weights, 0.25);
      expect(valuesOf(other)).toEqual(noise(n).map((each, i) => f(each + 0.25 * w[i]!)));
      release(g, other, weights);
    }
  });

  test('adamStep() takes ε as the rate when the corrected rate is 0', () => {
    const g = viewOf(type, [1], [1]);
    const m = viewOf(type, [0], [1]);
    const v = viewOf(type, [0], [1]);
    ops.adamStep(g, m, v, 0, 0.5, 0.5, 0.25, 0);
    expect(valuesOf(g)).toEqual([f(0.125 / f(f(Math.sqrt(0.5)) + 0.25))]);
    release(g, m, v);
  });

  test('NaN and infinite gradients reach the update', () => {
    const g = viewOf(type, [Number.NaN, Infinity, -Infinity, -0], [4]);
    ops.sgdStep(g, 0.5);
    expect(valuesOf(g)).toEqual([Number.NaN, Infinity, -Infinity, -0]);
    release(g);
  });
});

test('HALF vectors step in float32 and round at the end', () => {
  const wide = {
    g: viewOf('FLOAT', [0.5, -0.25, 2], [3]),
    v: viewOf('FLOAT', [0.125, 0, 1], [3]),
    p: viewOf('FLOAT', [1, 2, 3], [3]),
  };
  const half = { g: emptyOf('HALF', [3]), v: emptyOf('HALF', [3]), p: emptyOf('HALF', [3]) };
  for (const key of ['g', 'v', 'p'] as const) copy(half[key], wide[key]);
  ops.nesterovsStep(wide.g, wide.v, 0.25, 0.5, wide.p);
  ops.nesterovsStep(half.g, half.v, 0.25, 0.5, half.p);
  const back = emptyOf('FLOAT', [3]);
  for (const key of ['g', 'v', 'p'] as const) {
    copy(back, half[key]);
    expect(valuesOf(back), key).toEqual(valuesOf(wide[key]));
    expect(strayWrites(half[key])).toEqual([]);
  }
  release(back, ...Object.values(wide), ...Object.values(half));
});
