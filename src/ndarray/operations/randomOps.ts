// Operations that draw random numbers, from the generator of the realm or the one that the executioner is given.

import type { DataType } from '../../core/dataType.ts';
import { describeValue } from '../../core/errors.ts';
import { type NativeRandom, realmRandom } from '../../ops/random.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import { nd4jCreation } from '../nd4jCreation.ts';
import type { INDArray } from '../ndarray.ts';
import { freshGeometry } from '../operands.ts';
import { type OpClass, type Optional, opClass, sorted } from './arrayOp.ts';

/** A parameter of a distribution: one number, or one for each element. */
type Parameter = number | INDArray;
type Fill = (random: NativeRandom, out: INDArray, a: Parameter, b: number) => void;

/** Arguments of a distribution: an array to fill, or numbers, a type and a shape. */
export type DistributionArguments =
  | [z: INDArray, a?: number | INDArray, b?: number]
  | [a: number, ...rest: (number | DataType | readonly number[])[]];

function distributionClass(
  name: string,
  initial: readonly [number, number],
  fill: Fill,
): OpClass<DistributionArguments> {
  return opClass(name, (...args: DistributionArguments) => {
    const numbersOf = (given: readonly unknown[]): [Parameter, number] => {
      // One number alone is the deviation of a distribution around 0, as in ND4J.
      const [a, b] =
        given.length === 1 && initial[1] !== 0 && typeof given[0] === 'number' ? [initial[0], given[0]] : given;
      return [(a ?? initial[0]) as Parameter, (b ?? initial[1]) as number];
    };
    const [first] = args;
    if (first instanceof ArrayHandle) {
      const [a, b] = numbersOf(args.slice(1));
      const x = first as INDArray;
      const y = a instanceof ArrayHandle ? a : null;
      return {
        x,
        y,
        z: x,
        compute: (_x, means, z, random) => filled(fill, random, z as INDArray, means ?? (a as number), b),
      };
    }
    const at = args.findIndex((each) => typeof each === 'string');
    if (at < 0)
      throw new TypeError(
        `Cannot make operation ${name} of ${describeValue(first)}: needed is an array, or numbers, a type and a shape`,
      );
    const [a, b] = numbersOf(args.slice(0, at));
    const z = nd4jCreation.zeros(args[at] as DataType, ...(args.slice(at + 1) as number[]));
    return { x: z, z, compute: (_x, _y, out, random) => filled(fill, random, out as INDArray, a, b) };
  });
}

function filled(fill: Fill, random: NativeRandom = realmRandom(), out: INDArray, a: Parameter, b: number): INDArray {
  fill(random, out, a, b);
  return out;
}

/** Normal numbers: (z, mean, deviation), (z, means, deviation), (z, deviation), (z), (mean, deviation, type, ...shape). */
export const GaussianDistribution = distributionClass('distribution_gaussian', [0, 1], (random, out, mean, deviation) =>
  random.fillGaussian(out, mean, deviation),
);
/** Numbers whose logarithm is normal. @see GaussianDistribution */
export const LogNormalDistribution = distributionClass(
  'distribution_lognormal',
  [0, 1],
  (random, out, mean, deviation) => random.fillLogNormal(out, mean, deviation),
);
/** Normal numbers within two deviations of the mean: (z, mean, deviation) and its like. @throws {TypeError} for an array of means */
export const TruncatedNormalDistribution = distributionClass(
  'distribution_truncated',
  [0, 1],
  (random, out, mean, deviation) =>
    random.fillTruncatedNormal(out, oneNumber('distribution_truncated', mean), deviation),
);
/** Uniform numbers from `from` to below `to`: (z, from, to), (z, to), (z), (from, to, type, ...shape). */
export const UniformDistribution = distributionClass('distribution_uniform', [0, 1], (random, out, from, to) =>
  random.fillUniform(out, oneNumber('distribution_uniform', from), to),
);
/** 1 with probability p, else 0: (z, p), (z, probabilities), (p, type, ...shape). */
export const BernoulliDistribution = distributionClass('distribution_bernoulli', [0.5, 0], (random, out, p) =>
  random.fillBernoulli(out, p),
);
/** Successes in a number of trials: (z, trials, p), (trials, p, type, ...shape). */
export const BinomialDistribution = distributionClass('distribution_binomial', [1, 0.5], (random, out, trials, p) =>
  random.fillBinomial(out, oneNumber('distribution_binomial', trials), p),
);

function oneNumber(name: string, value: Parameter): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`Cannot execute ${name} with an array as its first parameter: needed is a number`);
}

/** Arguments of a dropout; without z the result replaces x's elements. */
export type DropOutArguments = [x: INDArray, ...numbers: number[]] | [x: INDArray, z: Optional, ...numbers: number[]];

type Drop = (random: NativeRandom, out: INDArray, x: INDArray, numbers: readonly number[]) => void;

function dropOutClass(name: string, count: number, drop: Drop): OpClass<DropOutArguments> {
  return opClass(name, (...args: DropOutArguments) => {
    const { arrays, numbers } = sorted(name, args);
    const [x = null, z = x] = arrays;
    if (numbers.length !== count || numbers.some(Number.isNaN)) {
      throw new TypeError(
        `Cannot make operation ${name} with ${describeValue(numbers)}: needed are ${count} numbers, the probability first`,
      );
    }
    return {
      x,
      z,
      compute(from, _y, given, random = realmRandom()) {
        const out = given ?? from.allocate(from.info, freshGeometry(from.geometry));
        drop(random, out, from, numbers);
        return out;
      },
    };
  });
}

/** z = x with probability p, else 0: (x, p), (x, z, p). */
export const DropOut = dropOutClass('dropout', 1, (random, out, x, [p]) => random.dropOut(out, x, p as number));
/** z = x/p with probability p, else 0: (x, p), (x, z, p). */
export const DropOutInverted = dropOutClass('dropout_inverted', 1, (random, out, x, [p]) =>
  random.dropOutInverted(out, x, p as number),
);
/** z = a·x + b with probability p, else a·alphaPrime + b: (x, p, a, alphaPrime, b), (x, z, p, a, alphaPrime, b). */
export const AlphaDropOut = dropOutClass('alpha_dropout', 4, (random, out, x, numbers) => {
  const [p, a, dropped, b] = numbers as [number, number, number, number];
  random.alphaDropOut(out, x, p, a, dropped, b);
});
