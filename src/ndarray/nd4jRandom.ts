// Nd4j's random arrays, drawn from the generator of this realm or a given one, with ND4J's numbers for the same seed.

import { type DataType, dataTypeInfo } from '../core/dataType.ts';
import { describeValue } from '../core/errors.ts';
import { checkShape, denseGeometry, type Order } from '../core/geometry.ts';
import { JavaRandom } from '../core/javaRandom.ts';
import { shuffledRows } from '../core/shuffle.ts';
import { tensorsAlong } from '../core/slices.ts';
import { DataBuffer } from '../memory/buffer.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy, fill } from '../ops/layout.ts';
import { NativeRandom, realmRandom } from '../ops/random.ts';
import { countArgument, shapeArgument } from './arguments.ts';
import { ArrayHandle } from './arrayHandle.ts';
import { defaultTypes } from './defaultTypes.ts';
import { type INDArray, NDArray } from './ndarray.ts';
import { normalizeDimensions } from './operands.ts';
import { fillOrthogonal } from './orthogonalMatrix.ts';

type Draw = (random: NativeRandom, out: INDArray) => void;

function empty(shape: readonly number[], type?: DataType, order: Order = 'c'): INDArray {
  checkShape(shape);
  const info = type === undefined ? defaultTypes.floating : dataTypeInfo(type);
  const geometry = denseGeometry(shape, order);
  return new NDArray(DataBuffer.allocate(info, geometry.length, false), 0, geometry);
}

function isOrder(value: unknown): value is Order {
  return value === 'c' || value === 'f';
}

/** What all the overloads of `rand` and `randn` come to; `parameters` are the two numbers of the distribution. */
function drawn(
  name: string,
  args: readonly unknown[],
  draw: (a: number, b: number) => Draw,
  a: number,
  b: number,
): INDArray {
  const [first, second, third, fourth] = args;
  if (first instanceof ArrayHandle) {
    checkArgument(name, 'Z', first);
    draw(a, b)(realmRandom(), first as INDArray);
    return first as INDArray;
  }
  const given = args.find((each) => each instanceof NativeRandom) as NativeRandom | undefined;
  if (Array.isArray(first) && typeof second === 'number') {
    return filledBy(draw(second, third as number), empty(first as number[]), given);
  }
  if (typeof first === 'number' && typeof second === 'number' && (Array.isArray(third) || Array.isArray(fourth))) {
    return filledBy(draw(first, second), empty((Array.isArray(third) ? third : fourth) as number[]), given);
  }
  if (typeof first === 'number' && Array.isArray(second)) {
    realmRandom().setSeed(first);
    return filledBy(draw(a, b), empty(second as number[]), given);
  }
  return filledBy(draw(a, b), shaped(args.filter((each) => !(each instanceof NativeRandom))), given);
}

/** `([type,] [order,] sizes… | [sizes], [order | type])` */
function shaped(args: readonly unknown[]): INDArray {
  const texts = args.filter((each) => typeof each === 'string');
  const sizes = args.filter((each) => typeof each !== 'string');
  const order = texts.find(isOrder) ?? 'c';
  const type = texts.find((each) => !isOrder(each)) as DataType | undefined;
  return empty(shapeArgument(sizes), type, order);
}

function filledBy(draw: Draw, out: INDArray, random: NativeRandom = realmRandom()): INDArray {
  draw(random, out);
  return out;
}

const uniform =
  (from: number, to: number): Draw =>
  (random, out) =>
    random.fillUniform(out, from, to);
const gaussian =
  (mean: number, deviation: number): Draw =>
  (random, out) =>
    random.fillGaussian(out, mean, deviation);

/** Uniform numbers from 0 to below 1, of the default floating type or of a type. */
function rand(...shape: number[]): INDArray;
function rand(shape: readonly number[], random?: NativeRandom): INDArray;
function rand(typeOrOrder: DataType | Order, ...shape: number[]): INDArray;
function rand(type: DataType, shape: readonly number[], order?: Order): INDArray;
/** Fills an array. */
function rand(target: INDArray): INDArray;
/** Seeds the generator of the realm first, as in ND4J. */
function rand(seed: number, shape: readonly number[]): INDArray;
/** Uniform numbers from `min` to below `max`. */
function rand(shape: readonly number[], min: number, max: number, random?: NativeRandom): INDArray;
function rand(min: number, max: number, random: NativeRandom, shape: readonly number[]): INDArray;
function rand(...args: unknown[]): INDArray {
  return drawn('rand', args, uniform, 0, 1);
}

/** Normal numbers of mean 0 and deviation 1, of the default floating type or of a type. */
function randn(...shape: number[]): INDArray;
function randn(shape: readonly number[], random?: NativeRandom): INDArray;
function randn(typeOrOrder: DataType | Order, ...shape: number[]): INDArray;
function randn(type: DataType, shape: readonly number[], order?: Order): INDArray;
/** Fills an array. */
function randn(target: INDArray): INDArray;
/** Seeds the generator of the realm first, as in ND4J. */
function randn(seed: number, shape: readonly number[]): INDArray;
function randn(mean: number, deviation: number, shape: readonly number[], random?: NativeRandom): INDArray;
function randn(...args: unknown[]): INDArray {
  return drawn('randn', args, gaussian, 0, 1);
}

/** Elements of `source` chosen by `probabilities`: `count` of them in a vector, or as many as `target` holds. */
function choice(
  source: INDArray,
  probabilities: INDArray,
  target: number | INDArray,
  random = realmRandom(),
): INDArray {
  checkArgument('choice', 'X', source);
  checkArgument('choice', 'Y', probabilities);
  if (source.length() !== probabilities.length()) {
    throw new RangeError(
      `Cannot choose among ${source.length()} elements by ${probabilities.length()} probabilities: needed is one for each`,
    );
  }
  const out =
    typeof target === 'number' ? empty([countArgument(target, 'number of choices')], source.dataType()) : target;
  checkArgument('choice', 'Z', out);
  random.choose(out, source, probabilities);
  return out;
}

/**
 * Puts the tensors along the given dimensions (those that are kept together: 1 for the rows of a matrix) in another order, in place:
 * every even one trades places with an odd one, which is not a uniform permutation. Without a generator, seeded by the time.
 */
function shuffle(x: INDArray, ...dimensions: number[]): void;
function shuffle(x: INDArray, random: JavaRandom, ...dimensions: number[]): void;
function shuffle(x: INDArray, ...args: (JavaRandom | number)[]): void {
  const random = args[0] instanceof JavaRandom ? args[0] : new JavaRandom(Date.now());
  const dimensions = args.filter((each) => typeof each === 'number');
  checkArgument('shuffle', 'X', x);
  const tensors = tensorsAlong(x.geometry, normalizeDimensions(dimensions, x.rank()));
  const old = x.dup();
  const source = tensorsAlong(old.geometry, normalizeDimensions(dimensions, x.rank()));
  shuffledRows(tensors.count, random).forEach((from, to) => {
    copy(
      { buffer: x.buffer, offset: x.offset + tensors.offsetOf(to), geometry: tensors.geometry },
      { buffer: old.buffer, offset: source.offsetOf(from), geometry: source.geometry },
    );
  });
  if (!old.isAttached()) old.close();
}

/** A distribution to draw arrays from. @see org.nd4j.linalg.api.rng.distribution.Distribution */
export interface RandomDistribution {
  /** An array of the default floating type. */
  sample(...shape: number[] | [readonly number[]]): INDArray;
}

function distribution(draw: Draw): RandomDistribution {
  return { sample: (...shape) => filledBy(draw, empty(shapeArgument(shape))) };
}

const distributions = {
  createNormal: (mean: number, deviation: number): RandomDistribution => distribution(gaussian(mean, deviation)),
  createUniform: (min: number, max: number): RandomDistribution => distribution(uniform(min, max)),
  createBinomial: (trials: number, probability: number): RandomDistribution =>
    distribution((random, out) => random.fillBinomial(out, trials, probability)),
  createLogNormal: (mean: number, deviation: number): RandomDistribution =>
    distribution((random, out) => random.fillLogNormal(out, mean, deviation)),
  createTruncatedNormal: (mean: number, deviation: number): RandomDistribution =>
    distribution((random, out) => random.fillTruncatedNormal(out, mean, deviation)),
  /** Gain times a random matrix with orthonormal rows or columns, whichever are fewer. */
  createOrthogonal: (gain: number): RandomDistribution =>
    distribution((random, out) => fillOrthogonal(out, gain, random)),
  createConstant: (value: number): RandomDistribution => distribution((_random, out) => fill(out, value)),
} as const;

const randomFactory = {
  /** A generator of its own, seeded by the time or by a seed. */
  getNewRandomInstance: (seed?: number | bigint): NativeRandom => new NativeRandom(seed),
} as const;

function requireProbability(p: number): void {
  if (!(typeof p === 'number' && p >= 0 && p <= 1)) {
    throw new RangeError(`Invalid probability ${describeValue(p)}: needed is a number from 0 to 1`);
  }
}

/** The family of random arrays of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jRandom = {
  rand,
  randn,
  choice,
  shuffle,

  /** Ones with a probability, else zeros. @throws {RangeError} when it is none. */
  randomBernoulli(p: number, ...shape: number[] | [readonly number[]]): INDArray {
    requireProbability(p);
    return filledBy((random, out) => random.fillBernoulli(out, p), empty(shapeArgument(shape)));
  },

  /** Successes in a number of trials. @throws {RangeError} when the probability is none. */
  randomBinomial(trials: number, p: number, ...shape: number[] | [readonly number[]]): INDArray {
    requireProbability(p);
    countArgument(trials, 'number of trials');
    return filledBy((random, out) => random.fillBinomial(out, trials, p), empty(shapeArgument(shape)));
  },

  /** Exponentially distributed numbers of mean 1/lambda. The generator does not move, as in ND4J: the next call gives the same ones. @throws {RangeError} */
  randomExponential(lambda: number, ...shape: number[] | [readonly number[]]): INDArray {
    if (!(lambda > 0)) throw new RangeError(`Invalid lambda ${describeValue(lambda)}: needed is a number above 0`);
    return filledBy((random, out) => random.fillExponential(out, lambda), empty(shapeArgument(shape)));
  },

  /** The generator of this realm (the main thread or one worker). */
  getRandom: (): NativeRandom => realmRandom(),

  /** Makes generators. */
  getRandomFactory: (): typeof randomFactory => randomFactory,

  /** Makes distributions. */
  getDistributions: (): typeof distributions => distributions,
} as const;
