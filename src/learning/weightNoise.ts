// Noise on the weights of a layer during training, as descriptions.

import { Description, Family, optionsOf } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { field, flag, fraction, nullable, orNaN } from '../core/fields.ts';
import { type Distribution, distributionFamily, NormalDistribution } from './distributions.ts';
import { ISchedule } from './schedule.ts';
import { nullableSchedule, routeSchedule } from './schedules.ts';

const PACKAGE = 'org.deeplearning4j.nn.conf.weightnoise.';

/** Noise on parameters. @see org.deeplearning4j.nn.conf.weightnoise.IWeightNoise */
export abstract class IWeightNoise extends Description {}

/** Options of DropConnect. */
export interface DropConnectOptions {
  /** Probability of retaining a weight, or a schedule of it. */
  weightRetainProb?: number | ISchedule;
  weightRetainProbSchedule?: ISchedule | null;
  /** Default false. */
  applyToBiases?: boolean;
}
/**
 * Weights kept with a probability, not rescaled. As in M2.1, with applyToBiases the biases lose values at inference too.
 *
 * @see org.deeplearning4j.nn.conf.weightnoise.DropConnect
 */
export class DropConnect extends IWeightNoise {
  static override readonly javaName = `${PACKAGE}DropConnect`;
  static override readonly fields = {
    weightRetainProb: field(orNaN(fraction), 0.5, { aliases: ['weightRetainProbability'] }),
    weightRetainProbSchedule: field(nullableSchedule, null),
    applyToBiases: field(flag, false),
  };
  declare readonly weightRetainProb: number;
  declare readonly weightRetainProbSchedule: ISchedule | null;
  declare readonly applyToBiases: boolean;

  constructor(weightRetainProb: number | ISchedule | DropConnectOptions, applyToBiases?: boolean) {
    const given = optionsOf([weightRetainProb, applyToBiases], ['weightRetainProb', 'applyToBiases']);
    const options = routeSchedule(given, 'weightRetainProb', 'weightRetainProbSchedule');
    const isScheduled = options.weightRetainProbSchedule instanceof ISchedule;
    super(isScheduled ? { weightRetainProb: Number.NaN, ...options } : options);
  }

  /** The probability of retaining a weight at an iteration and epoch. */
  getWeightRetainProb(iteration: number, epoch: number): number {
    return this.weightRetainProbSchedule?.valueAt(iteration, epoch) ?? this.weightRetainProb;
  }

  protected override validate(): void {
    if (Number.isNaN(this.weightRetainProb) === (this.weightRetainProbSchedule !== null)) return;
    throw new DL4JInvalidConfigException(
      `Invalid DropConnect.weightRetainProb: found ${this.weightRetainProb}, needed is either a number or a schedule`,
    );
  }
}

/** Options of WeightNoise. */
export interface WeightNoiseOptions {
  distribution: Distribution;
  /** Default false. */
  applyToBias?: boolean;
  /** Add the noise (default), or multiply by it. */
  additive?: boolean;
}
/** Noise from a distribution, added to or multiplied with weights. @see org.deeplearning4j.nn.conf.weightnoise.WeightNoise */
export class WeightNoise extends IWeightNoise {
  static override readonly javaName = `${PACKAGE}WeightNoise`;
  static override readonly fields = {
    distribution: field<Distribution>(distributionFamily, new NormalDistribution()),
    applyToBias: field(flag, false),
    additive: field(flag, true),
  };
  declare readonly distribution: Distribution;
  declare readonly applyToBias: boolean;
  declare readonly additive: boolean;

  constructor(distribution: Distribution, additive?: boolean);
  constructor(distribution: Distribution, applyToBias: boolean, additive: boolean);
  constructor(options: WeightNoiseOptions);
  constructor(...args: unknown[]) {
    const names = args.length > 2 ? ['distribution', 'applyToBias', 'additive'] : ['distribution', 'additive'];
    super(optionsOf(args, names));
  }
}

/** Every known weight noise. */
export const weightNoiseFamily: Family<IWeightNoise> = new Family('a weight noise', IWeightNoise);
weightNoiseFamily.add(DropConnect, WeightNoise);
/** A weight noise or null. */
export const weightNoiseKind = nullable<IWeightNoise>(weightNoiseFamily);
