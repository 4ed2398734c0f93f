// Probability distributions as descriptions: what weights and weight noise are drawn from.

import { Description, Family, optionsOf } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { field, finite, fraction, integer, notNegative } from '../core/fields.ts';

const PACKAGE = 'org.deeplearning4j.nn.conf.distribution.';

/** What random numbers are drawn from. @see org.deeplearning4j.nn.conf.distribution.Distribution */
export abstract class Distribution extends Description {}

/** A distribution around a mean. */
abstract class MeanDistribution extends Distribution {
  static override readonly fields = { mean: field(finite, 0), std: field(notNegative, 1) };
  declare readonly mean: number;
  declare readonly std: number;

  constructor(mean?: number | { mean?: number; std?: number }, std?: number) {
    super(optionsOf([mean, std], ['mean', 'std']));
  }
}

/** Gaussian. Mean 0, standard deviation 1. @see org.deeplearning4j.nn.conf.distribution.NormalDistribution */
export class NormalDistribution extends MeanDistribution {
  static override readonly javaName = `${PACKAGE}NormalDistribution`;
}

/** The same as NormalDistribution under its older name. @see org.deeplearning4j.nn.conf.distribution.GaussianDistribution */
export class GaussianDistribution extends MeanDistribution {
  static override readonly javaName = `${PACKAGE}GaussianDistribution`;
}

/** Gaussian within two standard deviations. @see org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution */
export class TruncatedNormalDistribution extends MeanDistribution {
  static override readonly javaName = `${PACKAGE}TruncatedNormalDistribution`;
}

/** The exponential of a Gaussian. @see org.deeplearning4j.nn.conf.distribution.LogNormalDistribution */
export class LogNormalDistribution extends MeanDistribution {
  static override readonly javaName = `${PACKAGE}LogNormalDistribution`;
}

/** Uniform from lower to upper. @see org.deeplearning4j.nn.conf.distribution.UniformDistribution */
export class UniformDistribution extends Distribution {
  static override readonly javaName = `${PACKAGE}UniformDistribution`;
  static override readonly fields = { lower: field(finite, 0), upper: field(finite, 1) };
  declare readonly lower: number;
  declare readonly upper: number;

  constructor(lower: number | { lower?: number; upper?: number }, upper?: number) {
    super(optionsOf([lower, upper], ['lower', 'upper']));
  }

  protected override validate(): void {
    if (this.upper > this.lower) return;
    throw new DL4JInvalidConfigException(
      `Invalid UniformDistribution.upper: found ${this.upper}, needed is a number above lower (${this.lower})`,
    );
  }
}

/** Successes among independent trials. @see org.deeplearning4j.nn.conf.distribution.BinomialDistribution */
export class BinomialDistribution extends Distribution {
  static override readonly javaName = `${PACKAGE}BinomialDistribution`;
  static override readonly fields = {
    numberOfTrials: field(integer(0), 1),
    probabilityOfSuccess: field(fraction, 0.5),
  };
  declare readonly numberOfTrials: number;
  declare readonly probabilityOfSuccess: number;

  constructor(
    numberOfTrials: number | { numberOfTrials: number; probabilityOfSuccess: number },
    probabilityOfSuccess?: number,
  ) {
    super(optionsOf([numberOfTrials, probabilityOfSuccess], ['numberOfTrials', 'probabilityOfSuccess']));
  }
}

/** One value everywhere. @see org.deeplearning4j.nn.conf.distribution.ConstantDistribution */
export class ConstantDistribution extends Distribution {
  static override readonly javaName = `${PACKAGE}ConstantDistribution`;
  static override readonly fields = { value: field(finite, 0) };
  declare readonly value: number;

  constructor(value: number | { value: number }) {
    super(optionsOf([value], ['value']));
  }
}

/** A random orthogonal matrix times gain. @see org.deeplearning4j.nn.conf.distribution.OrthogonalDistribution */
export class OrthogonalDistribution extends Distribution {
  static override readonly javaName = `${PACKAGE}OrthogonalDistribution`;
  static override readonly fields = { gain: field(finite, 1) };
  declare readonly gain: number;

  constructor(gain?: number | { gain?: number }) {
    super(optionsOf([gain], ['gain']));
  }
}

/** Every known distribution. Files keep the class under `type`. */
export const distributionFamily: Family<Distribution> = new Family('a distribution', Distribution, 'type');
distributionFamily.add(
  NormalDistribution,
  GaussianDistribution,
  TruncatedNormalDistribution,
  LogNormalDistribution,
  UniformDistribution,
  BinomialDistribution,
  ConstantDistribution,
  OrthogonalDistribution,
);
