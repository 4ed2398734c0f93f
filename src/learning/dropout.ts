// Dropout and its relatives as descriptions. They act on the input of a layer, in training only.

import { Description, Family, optionsOf, spelled } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { type Field, field, finite, flag, type Kind, notNegative, nullable, orNaN, real } from '../core/fields.ts';
import { ISchedule } from './schedule.ts';
import { nullableSchedule, routeSchedule } from './schedules.ts';

const PACKAGE = 'org.deeplearning4j.nn.conf.dropout.';

/** Noise on the input of a layer. @see org.deeplearning4j.nn.conf.dropout.IDropout */
export abstract class IDropout extends Description {}

/** Options with a number or a schedule in its place; beside a schedule the number is NaN. */
function scheduledOptions(args: readonly unknown[], number: string, schedule: string): Record<string, unknown> {
  const options = routeSchedule(optionsOf(args, [number]), number, schedule);
  return options[schedule] instanceof ISchedule ? { [number]: Number.NaN, ...options } : options;
}

/** A number that a schedule may replace. */
function scheduledFields(number: string, kind: Kind<number>, schedule: string, initial: number): Record<string, Field> {
  const json = schedule.toLowerCase() === 'pschedule' ? { json: 'pschedule', aliases: ['pSchedule'] } : {};
  return { [number]: field(orNaN(kind), initial), [schedule]: field(nullableSchedule, null, json) };
}

function requireNumberOrSchedule(name: string, value: number, schedule: ISchedule | null, needed: string): void {
  if (Number.isNaN(value) === (schedule !== null)) return;
  const found = schedule === null ? 'NaN and no schedule' : `${value} and a schedule`;
  throw new DL4JInvalidConfigException(`Invalid ${name}: found ${found}, needed is either ${needed} or a schedule`);
}

const retain = real('a probability above 0, up to 1, of retaining a value', (value) => value > 0 && value <= 1);

/** Options of the forms of dropout that keep a value with probability p. */
export interface RetainOptions {
  /** Probability of **retaining** a value, or a schedule of it. */
  p?: number | ISchedule;
  pSchedule?: ISchedule | null;
}

/** Dropout with a probability of retaining a value. */
abstract class RetainingDropout extends IDropout {
  declare readonly p: number;
  declare readonly pSchedule: ISchedule | null;

  constructor(p: number | ISchedule | RetainOptions) {
    super(scheduledOptions([p], 'p', 'pSchedule'));
  }

  /** The probability of retaining a value at an iteration and epoch. */
  getP(iteration: number, epoch: number): number {
    return this.pSchedule?.valueAt(iteration, epoch) ?? this.p;
  }

  protected override validate(): void {
    requireNumberOrSchedule(`${this.simpleName}.p`, this.p, this.pSchedule, 'a number');
  }
}
const retainFields = scheduledFields('p', retain, 'pSchedule', 0.5);

/** Inverted dropout: a value is kept with probability p and divided by p, or becomes 0. @see org.deeplearning4j.nn.conf.dropout.Dropout */
export class Dropout extends RetainingDropout {
  static override readonly javaName = `${PACKAGE}Dropout`;
  static override readonly fields = { ...retainFields, helperAllowFallback: field(flag, true) };
  /** Of accelerators that fail; without effect here. */
  declare readonly helperAllowFallback: boolean;
}

/** Dropout for SELU networks, which keeps mean and variance. @see org.deeplearning4j.nn.conf.dropout.AlphaDropout */
export class AlphaDropout extends RetainingDropout {
  static override readonly javaName = `${PACKAGE}AlphaDropout`;
  static override readonly fields = {
    ...retainFields,
    alpha: field(finite, 1.6732632423543772),
    lambda: field(finite, 1.0507009873554805),
  };
  declare readonly alpha: number;
  declare readonly lambda: number;
}

/** Drops whole feature maps. @see org.deeplearning4j.nn.conf.dropout.SpatialDropout */
export class SpatialDropout extends RetainingDropout {
  static override readonly javaName = `${PACKAGE}SpatialDropout`;
  static override readonly fields = retainFields;
}

/** Options of GaussianDropout. */
export interface GaussianDropoutOptions {
  /** Like a probability of **dropping**, or a schedule of it. */
  rate?: number | ISchedule;
  rateSchedule?: ISchedule | null;
}
/** Multiplies by N(1, √(rate / (1 − rate))). @see org.deeplearning4j.nn.conf.dropout.GaussianDropout */
export class GaussianDropout extends IDropout {
  static override readonly javaName = `${PACKAGE}GaussianDropout`;
  static override readonly fields = scheduledFields(
    'rate',
    real('a rate from 0, below 1', (value) => value >= 0 && value < 1),
    'rateSchedule',
    0.5,
  );
  declare readonly rate: number;
  declare readonly rateSchedule: ISchedule | null;

  constructor(rate: number | ISchedule | GaussianDropoutOptions) {
    super(scheduledOptions([rate], 'rate', 'rateSchedule'));
  }

  /** The rate at an iteration and epoch. */
  getRate(iteration: number, epoch: number): number {
    return this.rateSchedule?.valueAt(iteration, epoch) ?? this.rate;
  }

  protected override validate(): void {
    requireNumberOrSchedule('GaussianDropout.rate', this.rate, this.rateSchedule, 'a number');
  }
}

/** Options of GaussianNoise. */
export interface GaussianNoiseOptions {
  /** Standard deviation, or a schedule of it. */
  stddev?: number | ISchedule;
  stddevSchedule?: ISchedule | null;
}
/** Adds N(0, stddev). @see org.deeplearning4j.nn.conf.dropout.GaussianNoise */
export class GaussianNoise extends IDropout {
  static override readonly javaName = `${PACKAGE}GaussianNoise`;
  static override readonly fields = scheduledFields('stddev', notNegative, 'stddevSchedule', 1);
  declare readonly stddev: number;
  declare readonly stddevSchedule: ISchedule | null;

  constructor(stddev: number | ISchedule | GaussianNoiseOptions) {
    super(scheduledOptions([stddev], 'stddev', 'stddevSchedule'));
  }

  /** The standard deviation at an iteration and epoch. */
  getStddev(iteration: number, epoch: number): number {
    return this.stddevSchedule?.valueAt(iteration, epoch) ?? this.stddev;
  }

  protected override validate(): void {
    requireNumberOrSchedule('GaussianNoise.stddev', this.stddev, this.stddevSchedule, 'a number');
  }
}

/** Every known form of dropout. */
export const dropoutFamily: Family<IDropout> = new Family('a dropout', IDropout);
dropoutFamily.add(Dropout, AlphaDropout, SpatialDropout, GaussianDropout, GaussianNoise);

/** A dropout, a probability of retaining a value, or (0 or null) none. */
export const dropoutKind: Kind<IDropout | null> = spelled<IDropout | null>(
  nullable<IDropout>(dropoutFamily),
  (value, place) => {
    if (typeof value !== 'number') return value;
    return value === 0 ? null : new Dropout(retain.read(value, place));
  },
);
