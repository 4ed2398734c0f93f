// The updaters as descriptions: which rule turns gradients into updates, with which constants.

import { builderOf, Description, Family, type FieldBuilderClass, optionsOf, spelled } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { type Field, field, finite, fraction, type Kind, notNegative, orNaN } from '../core/fields.ts';
import { ISchedule } from './schedule.ts';
import { optionalSchedule, routeSchedule } from './schedules.ts';

const PACKAGE = 'org.nd4j.linalg.learning.config.';

/** How a gradient becomes an update: the rule's name and constants. @see org.nd4j.linalg.learning.config.IUpdater */
export abstract class IUpdater extends Description {
  /** Elements of state for so many parameters. */
  abstract stateSize(parameters: number): number;

  /** Whether the rule has a learning rate at all. */
  hasLearningRate(): boolean {
    return false;
  }

  /** The learning rate at an iteration and epoch, from the schedule if there is one; NaN where the rule has none. */
  getLearningRate(_iteration: number, _epoch: number): number {
    return Number.NaN;
  }

  /** The same rule with another rate or schedule; itself where the rule has none. */
  withLearningRate(_learningRate: number | ISchedule): IUpdater {
    return this;
  }
}

/** Options that every updater with a learning rate has. */
export interface LearningRateOptions {
  /** A number, or a schedule. */
  learningRate?: number | ISchedule;
  /** The schedule; then learningRate is NaN. */
  learningRateSchedule?: ISchedule | null;
}

/** A learning rate, or NaN beside a schedule. */
function rateFields(initial: number): Record<string, Field> {
  return { learningRate: field(orNaN(finite), initial), learningRateSchedule: field(optionalSchedule, null) };
}

/** Options in which a schedule stands where it belongs, and the number it replaces is NaN. */
function rateOptions(args: readonly unknown[], names: readonly string[]): Record<string, unknown> {
  const options = routeSchedule(optionsOf(args, names), 'learningRate', 'learningRateSchedule');
  return options.learningRateSchedule instanceof ISchedule ? { learningRate: Number.NaN, ...options } : options;
}

/** An updater with a learning rate. */
abstract class RateUpdater extends IUpdater {
  declare readonly learningRate: number;
  declare readonly learningRateSchedule: ISchedule | null;

  override hasLearningRate(): boolean {
    return true;
  }

  override getLearningRate(iteration: number, epoch: number): number {
    return this.learningRateSchedule?.valueAt(iteration, epoch) ?? this.learningRate;
  }

  override withLearningRate(learningRate: number | ISchedule): this {
    return learningRate instanceof ISchedule
      ? this.with({ learningRate: Number.NaN, learningRateSchedule: learningRate })
      : this.with({ learningRate, learningRateSchedule: null });
  }

  protected override validate(): void {
    requireNumberOrSchedule(this, 'learningRate', this.learningRate, this.learningRateSchedule);
  }
}

function requireNumberOrSchedule(updater: IUpdater, name: string, value: number, schedule: ISchedule | null): void {
  if (Number.isNaN(value) === (schedule !== null)) return;
  const found = schedule === null ? 'NaN and no schedule' : `${value} and a schedule`;
  throw new DL4JInvalidConfigException(
    `Invalid ${updater.simpleName}.${name}: found ${found}, needed is either a number or a schedule`,
  );
}

/** Options of Sgd. */
export interface SgdOptions extends LearningRateOptions {}
/** Plain gradient descent: rate · g. Rate 1e-3. @see org.nd4j.linalg.learning.config.Sgd */
export class Sgd extends RateUpdater {
  static override readonly javaName = `${PACKAGE}Sgd`;
  static override readonly fields = rateFields(1e-3);
  static readonly Builder: FieldBuilderClass<SgdOptions, Sgd> = builderOf(() => Sgd);

  constructor(learningRate?: number | ISchedule | SgdOptions) {
    super(rateOptions([learningRate], ['learningRate']));
  }

  override stateSize(): number {
    return 0;
  }
}

/** The gradient itself is the update. @see org.nd4j.linalg.learning.config.NoOp */
export class NoOp extends IUpdater {
  static override readonly javaName = `${PACKAGE}NoOp`;

  override stateSize(): number {
    return 0;
  }
}

/** Options of Nesterovs. */
export interface NesterovsOptions extends LearningRateOptions {
  momentum?: number | ISchedule;
  /** The momentum's schedule; then momentum is NaN. */
  momentumISchedule?: ISchedule | null;
}
/**
 * Nesterov momentum. Rate 0.1, momentum 0.9. As in DL4J, the one argument of `new Nesterovs(0.5)` is the **momentum**.
 *
 * @see org.nd4j.linalg.learning.config.Nesterovs
 */
export class Nesterovs extends RateUpdater {
  static override readonly javaName = `${PACKAGE}Nesterovs`;
  static override readonly fields = {
    ...rateFields(0.1),
    momentum: field(orNaN(notNegative), 0.9),
    momentumISchedule: field(optionalSchedule, null, { aliases: ['momentumSchedule'] }),
  };
  static readonly Builder: FieldBuilderClass<NesterovsOptions, Nesterovs> = builderOf(() => Nesterovs);
  declare readonly momentum: number;
  declare readonly momentumISchedule: ISchedule | null;

  constructor(options?: NesterovsOptions);
  constructor(momentum: number);
  constructor(learningRate: number | ISchedule, momentum?: number | ISchedule);
  constructor(first?: number | ISchedule | NesterovsOptions, momentum?: number | ISchedule) {
    const names = typeof first === 'number' && momentum === undefined ? ['momentum'] : ['learningRate', 'momentum'];
    const options = routeSchedule(rateOptions([first, momentum], names), 'momentum', 'momentumISchedule');
    super(options.momentumISchedule instanceof ISchedule ? { momentum: Number.NaN, ...options } : options);
  }

  /** The momentum at an iteration and epoch. */
  getMomentum(iteration: number, epoch: number): number {
    return this.momentumISchedule?.valueAt(iteration, epoch) ?? this.momentum;
  }

  override stateSize(parameters: number): number {
    return parameters;
  }

  protected override validate(): void {
    super.validate();
    requireNumberOrSchedule(this, 'momentum', this.momentum, this.momentumISchedule);
  }
}

/** Options of Adam and its relatives. */
export interface AdamOptions extends LearningRateOptions {
  /** Decay of the first moment, default 0.9. */
  beta1?: number;
  /** Decay of the second moment, default 0.999. */
  beta2?: number;
  /** Added to the denominator, default 1e-8. */
  epsilon?: number;
}
const adamFields = {
  ...rateFields(1e-3),
  beta1: field(fraction, 0.9),
  beta2: field(fraction, 0.999),
  epsilon: field(notNegative, 1e-8),
};

/** An updater with two moments of the gradient. */
abstract class MomentsUpdater extends RateUpdater {
  static override readonly fields: Record<string, Field> = adamFields;
  declare readonly beta1: number;
  declare readonly beta2: number;
  declare readonly epsilon: number;

  constructor(learningRate?: number | ISchedule | AdamOptions, beta1?: number, beta2?: number, epsilon?: number) {
    super(rateOptions([learningRate, beta1, beta2, epsilon], ['learningRate', 'beta1', 'beta2', 'epsilon']));
  }

  override stateSize(parameters: number): number {
    return 2 * parameters;
  }
}

/** Adam. Rate 1e-3, 0.9, 0.999, 1e-8. @see org.nd4j.linalg.learning.config.Adam */
export class Adam extends MomentsUpdater {
  static override readonly javaName = `${PACKAGE}Adam`;
  static readonly Builder: FieldBuilderClass<AdamOptions, Adam> = builderOf(() => Adam);
}

/** Adam with the infinity norm. @see org.nd4j.linalg.learning.config.AdaMax */
export class AdaMax extends MomentsUpdater {
  static override readonly javaName = `${PACKAGE}AdaMax`;
  static readonly Builder: FieldBuilderClass<AdamOptions, AdaMax> = builderOf(() => AdaMax);
}

/** Adam with Nesterov momentum. @see org.nd4j.linalg.learning.config.Nadam */
export class Nadam extends MomentsUpdater {
  static override readonly javaName = `${PACKAGE}Nadam`;
  static readonly Builder: FieldBuilderClass<AdamOptions, Nadam> = builderOf(() => Nadam);
}

/** Adam with the maximum of all second moments so far. @see org.nd4j.linalg.learning.config.AMSGrad */
export class AMSGrad extends MomentsUpdater {
  static override readonly javaName = `${PACKAGE}AMSGrad`;
  static readonly Builder: FieldBuilderClass<AdamOptions, AMSGrad> = builderOf(() => AMSGrad);

  override stateSize(parameters: number): number {
    return 3 * parameters;
  }
}

/** Adam with the variance around the first moment. Epsilon 1e-14. M2.1 cannot run it; here it works. @see org.nd4j.linalg.learning.config.AdaBelief */
export class AdaBelief extends MomentsUpdater {
  static override readonly javaName = `${PACKAGE}AdaBelief`;
  static override readonly fields = { ...adamFields, epsilon: field(notNegative, 1e-14) };
  static readonly Builder: FieldBuilderClass<AdamOptions, AdaBelief> = builderOf(() => AdaBelief);
}

/** Options of AdaGrad. */
export interface AdaGradOptions extends LearningRateOptions {
  /** Added to the denominator, default 1e-6. */
  epsilon?: number;
}
/** AdaGrad. Rate 0.1, epsilon 1e-6. M2.1 loses its schedule; here it keeps it. @see org.nd4j.linalg.learning.config.AdaGrad */
export class AdaGrad extends RateUpdater {
  static override readonly javaName = `${PACKAGE}AdaGrad`;
  static override readonly fields = { ...rateFields(0.1), epsilon: field(notNegative, 1e-6) };
  static readonly Builder: FieldBuilderClass<AdaGradOptions, AdaGrad> = builderOf(() => AdaGrad);
  declare readonly epsilon: number;

  constructor(learningRate?: number | ISchedule | AdaGradOptions, epsilon?: number) {
    super(rateOptions([learningRate, epsilon], ['learningRate', 'epsilon']));
  }

  override stateSize(parameters: number): number {
    return parameters;
  }
}

/** Options of RmsProp. */
export interface RmsPropOptions extends LearningRateOptions {
  /** Decay of the mean square, default 0.95. */
  rmsDecay?: number;
  /** Added to the denominator and the state's initial value, default 1e-8. */
  epsilon?: number;
}
/** RMSProp. Rate 0.1, decay 0.95, epsilon 1e-8. @see org.nd4j.linalg.learning.config.RmsProp */
export class RmsProp extends RateUpdater {
  static override readonly javaName = `${PACKAGE}RmsProp`;
  static override readonly fields = {
    ...rateFields(0.1),
    rmsDecay: field(fraction, 0.95),
    epsilon: field(notNegative, 1e-8),
  };
  static readonly Builder: FieldBuilderClass<RmsPropOptions, RmsProp> = builderOf(() => RmsProp);
  declare readonly rmsDecay: number;
  declare readonly epsilon: number;

  constructor(learningRate?: number | ISchedule | RmsPropOptions, rmsDecay?: number, epsilon?: number) {
    super(rateOptions([learningRate, rmsDecay, epsilon], ['learningRate', 'rmsDecay', 'epsilon']));
  }

  override stateSize(parameters: number): number {
    return parameters;
  }
}

/** Options of AdaDelta. */
export interface AdaDeltaOptions {
  /** Decay of both means, default 0.95. */
  rho?: number;
  /** Default 1e-6. */
  epsilon?: number;
}
/** AdaDelta, which has no learning rate. Rho 0.95, epsilon 1e-6. @see org.nd4j.linalg.learning.config.AdaDelta */
export class AdaDelta extends IUpdater {
  static override readonly javaName = `${PACKAGE}AdaDelta`;
  static override readonly fields = { rho: field(fraction, 0.95), epsilon: field(notNegative, 1e-6) };
  static readonly Builder: FieldBuilderClass<AdaDeltaOptions, AdaDelta> = builderOf(() => AdaDelta);
  declare readonly rho: number;
  declare readonly epsilon: number;

  constructor(rho?: number | AdaDeltaOptions, epsilon?: number) {
    super(optionsOf([rho, epsilon], ['rho', 'epsilon']));
  }

  override stateSize(parameters: number): number {
    return 2 * parameters;
  }
}

const byName = {
  SGD: Sgd,
  ADAM: Adam,
  ADAMAX: AdaMax,
  ADADELTA: AdaDelta,
  NESTEROVS: Nesterovs,
  NADAM: Nadam,
  ADAGRAD: AdaGrad,
  RMSPROP: RmsProp,
  NONE: NoOp,
} as const;

/** Updaters with their default constants, by name. @see org.deeplearning4j.nn.conf.Updater */
export const Updater = {
  SGD: 'SGD',
  ADAM: 'ADAM',
  ADAMAX: 'ADAMAX',
  ADADELTA: 'ADADELTA',
  NESTEROVS: 'NESTEROVS',
  NADAM: 'NADAM',
  ADAGRAD: 'ADAGRAD',
  RMSPROP: 'RMSPROP',
  NONE: 'NONE',
} as const;
export type Updater = keyof typeof Updater;

/** Every known updater. */
export const updaterFamily: Family<IUpdater> = new Family('an updater', IUpdater);
updaterFamily.add(...Object.values(byName), AMSGrad, AdaBelief);

/** An updater, or the name of one. */
export const updaterKind: Kind<IUpdater> = spelled<IUpdater>(updaterFamily, (value, place) => {
  if (typeof value !== 'string') return value;
  if (!Object.hasOwn(byName, value)) place.wrongType(value, `an updater or one of ${Object.keys(byName).join(', ')}`);
  return new byName[value as Updater]();
});
