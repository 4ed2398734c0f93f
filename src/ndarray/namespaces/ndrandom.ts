// NDRandom: arrays of random numbers of a type and shape.

import { type DataType, dataTypeInfo } from '../../core/dataType.ts';
import { describeValue } from '../../core/errors.ts';
import { checkShape } from '../../core/geometry.ts';
import { type NativeRandom, realmRandom } from '../../ops/random.ts';
import { countArgument, shapeArgument } from '../arguments.ts';
import { nd4jCreation } from '../nd4jCreation.ts';
import type { INDArray } from '../ndarray.ts';
import { requireNumbers } from './checks.ts';

type Shape = (number | readonly number[])[];

/** A new array filled from the generator of the realm. */
function drawn(
  name: string,
  type: DataType,
  shape: Shape,
  numbers: readonly number[],
  fill: (random: NativeRandom, out: INDArray) => void,
): INDArray {
  requireNumbers(name, ...numbers);
  const sizes = shapeArgument(shape);
  checkShape(sizes);
  const info = dataTypeInfo(type);
  if (!info.isFloating) {
    throw new TypeError(`Cannot fill an array of type ${info.name} by ${name}: needed is a floating type`);
  }
  const result = nd4jCreation.zeros(info.name, sizes);
  fill(realmRandom(), result);
  return result;
}

/**
 * Arrays of random numbers, what `Nd4j.random()` gives, with the numbers of ND4J for one seed (`Nd4j.getRandom().setSeed(…)`). The type is
 * floating. @throws {TypeError} for other types and arguments that are no numbers
 * @see org.nd4j.linalg.factory.ops.NDRandom
 */
export const NDRandom = {
  /** 1 with probability p, else 0. */
  bernoulli: (p: number, type: DataType, ...shape: Shape): INDArray =>
    drawn('bernoulli', type, shape, [p], (random, out) => random.fillBernoulli(out, p)),
  /** Successes in a number of trials of probability p. */
  binomial: (trials: number, p: number, type: DataType, ...shape: Shape): INDArray => {
    countArgument(trials, 'number of trials');
    return drawn('binomial', type, shape, [p], (random, out) => random.fillBinomial(out, trials, p));
  },
  /** Exponentially distributed numbers of mean 1 / lambda; the generator does not move, as in ND4J. @throws {RangeError} for a lambda that is not above 0 */
  exponential: (lambda: number, type: DataType, ...shape: Shape): INDArray => {
    if (!(lambda > 0)) throw new RangeError(`Invalid lambda ${describeValue(lambda)}: needed is a number above 0`);
    return drawn('exponential', type, shape, [lambda], (random, out) => random.fillExponential(out, lambda));
  },
  /** Numbers whose logarithm is normal. */
  logNormal: (mean: number, deviation: number, type: DataType, ...shape: Shape): INDArray =>
    drawn('logNormal', type, shape, [mean, deviation], (random, out) => random.fillLogNormal(out, mean, deviation)),
  /** Normal numbers. */
  normal: (mean: number, deviation: number, type: DataType, ...shape: Shape): INDArray =>
    drawn('normal', type, shape, [mean, deviation], (random, out) => random.fillGaussian(out, mean, deviation)),
  /** Normal numbers within two deviations of the mean. */
  normalTruncated: (mean: number, deviation: number, type: DataType, ...shape: Shape): INDArray =>
    drawn('normalTruncated', type, shape, [mean, deviation], (random, out) =>
      random.fillTruncatedNormal(out, mean, deviation),
    ),
  /** Uniform numbers from `min` to below `max`. */
  uniform: (min: number, max: number, type: DataType, ...shape: Shape): INDArray =>
    drawn('uniform', type, shape, [min, max], (random, out) => random.fillUniform(out, min, max)),
} as const;
