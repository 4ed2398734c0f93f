import { describe, expect, test } from 'vitest';
import { activate, activationGradient } from '../../src/learning/activationFunctions.ts';
import {
  Activation,
  ActivationELU,
  ActivationGELU,
  ActivationLReLU,
  ActivationReLU,
  ActivationRReLU,
  ActivationSoftmax,
  ActivationThresholdedReLU,
  activationOf,
  IActivation,
} from '../../src/learning/activations.ts';
import { realmRandom } from '../../src/ops/random.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, noise, release, valuesOf, viewOf } from '../support/views.ts';

/** f(z) for z in 'c' order. */
function forward(activation: IActivation, values: readonly number[], shape: readonly number[]): number[] {
  const z = viewOf('DOUBLE', values, shape);
  activate(activation, z, z, true);
  const found = valuesOf(z);
  release(z);
  return found;
}

/** ε · f′(z) */
function backward(
  activation: IActivation,
  values: readonly number[],
  epsilon: readonly number[],
  shape: readonly number[],
): number[] {
  const z = viewOf('DOUBLE', values, shape);
  const eps = viewOf('DOUBLE', epsilon, shape);
  const out = emptyOf('DOUBLE', shape);
  activationGradient(activation, out, z, eps);
  const found = valuesOf(out);
  release(z, eps, out);
  return found;
}

/** Central differences of Σ ε·f(z). */
function differences(
  activation: IActivation,
  values: readonly number[],
  epsilon: readonly number[],
  shape: readonly number[],
): number[] {
  const h = 1e-6;
  const total = (i: number, by: number): number => {
    const moved = values.map((each, j) => (i === j ? each + by : each));
    return forward(activation, moved, shape).reduce((sum, each, j) => sum + each * (epsilon[j] as number), 0);
  };
  return values.map((_, i) => (total(i, h) - total(i, -h)) / (2 * h));
}

const VALUES = [-6.5, -3, -2.1, -1.3, -0.7, -0.2, -0.05, 0.05, 0.3, 0.8, 1.2, 1.9, 2.7, 3.3, 6.8];

describe('activationGradient() agrees with central differences within 1e-8', () => {
  // RReLU and ELU with another α differ on purpose, GELU (precise) has rounded constants of its own.
  const cases: [string, IActivation, number][] = Object.keys(Activation)
    .filter((name) => name !== 'RRELU')
    .map((name) => [name, activationOf(name as Activation), 1e-8]);
  cases.push(['relu with all constants', new ActivationReLU(1.5, 0.1, 0.05), 1e-8]);
  cases.push(['relu with a maximum', new ActivationReLU(1.5), 1e-8]);
  cases.push(['leaky relu 0.25', new ActivationLReLU(0.25), 1e-8]);
  cases.push(['thresholded relu 0.5', new ActivationThresholdedReLU(0.5), 1e-8]);
  cases.push(['precise GELU', new ActivationGELU(true), 1e-4]);
  test.each(cases)('%s', (_name, activation, abs) => {
    for (const shape of [[15], [3, 5], [5, 3], [15, 1]]) {
      const epsilon = noise(15, 3);
      const bound = { abs: Math.max(abs, 3e-8), rel: 1e-8 };
      expectClose(
        backward(activation, VALUES, epsilon, shape),
        differences(activation, VALUES, epsilon, shape),
        bound,
        `${shape}`,
      );
    }
  });
});

describe('constants and quirks of M2.1 (its own results)', () => {
  const x = [-3, -1, -0.1, -0, 0, 0.05, 0.1, 1, 1.5, 7];
  const twos = x.map(() => 2);
  test.each<[string, IActivation, number[], number[]]>([
    ['relu', new ActivationReLU(), [0, 0, 0, -0, 0, 0.05, 0.1, 1, 1.5, 7], [0, 0, 0, 0, 0, 2, 2, 2, 2, 2]],
    [
      'relu with all constants',
      new ActivationReLU(1.5, 0.1, 0.05),
      [
        -0.15500000000000003, -0.05500000000000001, -0.010000000000000002, -0.005000000000000001, -0.005000000000000001,
        -0.0025000000000000005, 0.1, 1, 1.5, 1.5,
      ],
      [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 2, 2, 0, 0],
    ],
    [
      'relu with a maximum: the derivative at 0 is 1',
      new ActivationReLU(1.5),
      [-0, -0, -0, -0, 0, 0.05, 0.1, 1, 1.5, 1.5],
      [0, 0, 0, 2, 2, 2, 2, 2, 0, 0],
    ],
    [
      'relu with a slope: a float one backward',
      new ActivationReLU(null, null, 0.05),
      [-0.15000000000000002, -0.05, -0.005000000000000001, -0, 0, 0.05, 0.1, 1, 1.5, 7],
      [0.10000000149011612, 0.10000000149011612, 0.10000000149011612, 2, 2, 2, 2, 2, 2, 2],
    ],
    [
      'elu: no α backward',
      new ActivationELU(0.5),
      [-0.475106465816068, -0.31606027941427883, -0.04758129098202024, 0, 0, 0.05, 0.1, 1, 1.5, 7],
      [0.09957413673572789, 0.7357588823428847, 1.809674836071919, 2, 2, 2, 2, 2, 2, 2],
    ],
  ])('%s', (_name, activation, values, slopes) => {
    expectClose(forward(activation, x, [10]), values, { abs: 0, rel: 1e-14 });
    expectClose(backward(activation, x, twos, [10]), slopes, { abs: 0, rel: 1e-14 });
  });

  test('rrelu draws slopes in training, takes max(x, (l + u)/2) at inference and passes the gradient on', () => {
    realmRandom().setSeed(5);
    const trained = forward(new ActivationRReLU(), [-3, -1, -0.5, -0.1, 0, 2], [6]);
    expectClose(trained.slice(0, 1), [-0.7336747497320175], { rel: 1e-15 });
    expect(trained.slice(4)).toEqual([0, 2]);
    const z = viewOf('DOUBLE', [-3, 0.1, 2], [3]);
    activate(new ActivationRReLU(), z, z, false);
    expect(valuesOf(z)).toEqual([0.22916666666666666, 0.22916666666666666, 2]);
    release(z);
    expect(backward(new ActivationRReLU(), x, twos, [10])).toEqual(twos);
  });
});

describe('layouts', () => {
  test('activate() and activationGradient() take any strides', () => {
    for (const activation of [activationOf('TANH'), new ActivationSoftmax(), new ActivationReLU(1.5, 0.1, 0.05)]) {
      const epsilon = noise(15, 3);
      const z = viewOf('DOUBLE', VALUES, [3, 5], { order: 'f' });
      const eps = viewOf('DOUBLE', epsilon, [3, 5], { strides: [2, 7] });
      const out = emptyOf('DOUBLE', [3, 5], { strides: [6, 1] });
      activationGradient(activation, out, z, eps);
      expectClose(valuesOf(out), backward(activation, VALUES, epsilon, [3, 5]), { abs: 1e-15 });
      activate(activation, out, z, false);
      expectClose(valuesOf(out), forward(activation, VALUES, [3, 5]), { abs: 1e-15 });
      release(z, eps, out);
    }
  });

  test('activationGradient() may write over z or over the gradient', () => {
    const epsilon = noise(15, 3);
    for (const name of Object.keys(Activation) as Activation[]) {
      const activation = activationOf(name);
      const z = viewOf('DOUBLE', VALUES, [3, 5]);
      const eps = viewOf('DOUBLE', epsilon, [3, 5]);
      const expected = backward(activation, VALUES, epsilon, [3, 5]);
      activationGradient(activation, z, z, eps);
      expect(valuesOf(z), name).toEqual(expected);
      const again = viewOf('DOUBLE', VALUES, [3, 5]);
      activationGradient(activation, eps, again, eps);
      expect(valuesOf(eps), name).toEqual(expected);
      release(z, eps, again);
    }
  });

  test('a description of another kind is refused by name', () => {
    class Unknown extends IActivation {
      static override readonly javaName = 'org.example.Unknown';
    }
    const z = emptyOf('FLOAT', [2]);
    expect(() => activate(new Unknown(), z, z, false)).toThrow(
      "Cannot activate with Unknown: needed is one of DL4J's activation functions",
    );
    release(z);
  });
});
