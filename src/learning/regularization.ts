// L1, L2 and weight decay as descriptions. L1 and L2 act on the gradient before the updater, weight decay on its result.

import { Description, Family, isPlainObject, optionsOf, spelled } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { field, finite, flag, type Kind } from '../core/fields.ts';
import { FixedSchedule } from './decaySchedules.ts';
import type { ISchedule } from './schedule.ts';
import { scheduleFamily } from './schedules.ts';

const PACKAGE = 'org.nd4j.linalg.learning.regularization.';

/** When a regularization acts. @see org.nd4j.linalg.learning.regularization.Regularization.ApplyStep */
export const ApplyStep = { BEFORE_UPDATER: 'BEFORE_UPDATER', POST_UPDATER: 'POST_UPDATER' } as const;
export type ApplyStep = keyof typeof ApplyStep;

/** A penalty on large parameters. @see org.nd4j.linalg.learning.regularization.Regularization */
export abstract class Regularization extends Description {
  abstract readonly applyStep: ApplyStep;
}

/** A coefficient: a schedule, or a number that stands for a fixed one. */
const coefficient: Kind<ISchedule> = spelled<ISchedule>(scheduleFamily, (value, place) =>
  typeof value === 'number' ? new FixedSchedule(finite.read(value, place)) : value,
);

/** λ · Σ|w|: adds λ · sign(w) to the gradient. @see org.nd4j.linalg.learning.regularization.L1Regularization */
export class L1Regularization extends Regularization {
  static override readonly javaName = `${PACKAGE}L1Regularization`;
  static override readonly fields = { l1: field(coefficient, new FixedSchedule(0)) };
  declare readonly l1: ISchedule;

  constructor(l1: number | ISchedule | { l1: number | ISchedule }) {
    super(optionsOf([l1], ['l1']));
  }

  override get applyStep(): ApplyStep {
    return 'BEFORE_UPDATER';
  }
}

/** ½ λ · Σw²: adds λ · w to the gradient. @see org.nd4j.linalg.learning.regularization.L2Regularization */
export class L2Regularization extends Regularization {
  static override readonly javaName = `${PACKAGE}L2Regularization`;
  static override readonly fields = { l2: field(coefficient, new FixedSchedule(0)) };
  declare readonly l2: ISchedule;

  constructor(l2: number | ISchedule | { l2: number | ISchedule }) {
    super(optionsOf([l2], ['l2']));
  }

  override get applyStep(): ApplyStep {
    return 'BEFORE_UPDATER';
  }
}

/** Options of WeightDecay. */
export interface WeightDecayOptions {
  coeff: number | ISchedule;
  /** Multiply by the learning rate. Default true. */
  applyLR?: boolean;
}
/** Adds coeff · w, or coeff · rate · w, to the update. @see org.nd4j.linalg.learning.regularization.WeightDecay */
export class WeightDecay extends Regularization {
  static override readonly javaName = `${PACKAGE}WeightDecay`;
  static override readonly fields = { coeff: field(coefficient, new FixedSchedule(0)), applyLR: field(flag, true) };
  declare readonly coeff: ISchedule;
  declare readonly applyLR: boolean;

  constructor(coeff: number | ISchedule | WeightDecayOptions, applyLR?: boolean) {
    super(optionsOf([coeff, applyLR], ['coeff', 'applyLR']));
  }

  override get applyStep(): ApplyStep {
    return 'POST_UPDATER';
  }
}

/** Every known regularization. */
export const regularizationFamily: Family<Regularization> = new Family('a regularization', Regularization);
regularizationFamily.add(L1Regularization, L2Regularization, WeightDecay);

/** Options that stand for entries of the regularization lists. A coefficient of 0 or less means none. */
export interface RegularizationOptions {
  l1?: number;
  l2?: number;
  l1Bias?: number;
  l2Bias?: number;
  /** The coefficient; for one that ignores the learning rate, give a WeightDecay in `regularization`. Excludes l2. */
  weightDecay?: number;
  weightDecayBias?: number;
  /** The list for weights, for coefficients with schedules. */
  regularization?: readonly Regularization[];
  /** The list for biases. */
  regularizationBias?: readonly Regularization[];
}

/** The list with one entry of a kind replaced by a new one (appended), or removed. L2 and weight decay exclude each other: the new one stays. */
export function replaceRegularization(
  regularization: readonly Regularization[],
  type: 'l1' | 'l2' | 'weightDecay',
  value: number,
  applyLR = true,
): Regularization[] {
  const isUsed = finiteCoefficient(type, value) > 0;
  const kept = regularization.filter((each) => {
    if (each instanceof L1Regularization) return type !== 'l1';
    if (each instanceof L2Regularization) return type !== 'l2' && !(type === 'weightDecay' && isUsed);
    return type !== 'weightDecay' && !(type === 'l2' && isUsed);
  });
  if (!isUsed) return kept;
  if (type === 'weightDecay') return [...kept, new WeightDecay(value, applyLR)];
  return [...kept, type === 'l1' ? new L1Regularization(value) : new L2Regularization(value)];
}

function finiteCoefficient(type: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const message = `Invalid ${type}: found ${typeof value === 'number' ? value : typeof value}, needed is a finite number`;
  throw typeof value === 'number' ? new DL4JInvalidConfigException(message) : new TypeError(message);
}

/** Moves the options l1 … weightDecayBias into the two lists. */
export function collectRegularization<T extends object>(
  options: T,
): Omit<T, keyof RegularizationOptions> & RegularizationOptions {
  if (!isPlainObject(options)) return options as never;
  const { l1, l2, weightDecay, l1Bias, l2Bias, weightDecayBias, ...rest } = options as RegularizationOptions;
  const weights = collect(rest.regularization, { l1, l2, weightDecay }, '');
  const biases = collect(rest.regularizationBias, { l1: l1Bias, l2: l2Bias, weightDecay: weightDecayBias }, 'Bias');
  return {
    ...rest,
    ...(weights && { regularization: weights }),
    ...(biases && { regularizationBias: biases }),
  } as never;
}

function collect(
  given: readonly Regularization[] | undefined,
  numbers: Readonly<Record<'l1' | 'l2' | 'weightDecay', number | undefined>>,
  suffix: string,
): readonly Regularization[] | undefined {
  const entries = Object.entries(numbers).filter((entry): entry is ['l1', number] => entry[1] !== undefined);
  if (entries.length === 0) return given;
  if (given !== undefined) throw contradiction(`${entries[0]?.[0]}${suffix}`, `regularization${suffix}`);
  if ((numbers.l2 ?? 0) > 0 && (numbers.weightDecay ?? 0) > 0)
    throw contradiction(`l2${suffix}`, `weightDecay${suffix}`);
  return entries.reduce<readonly Regularization[]>((all, [type, value]) => replaceRegularization(all, type, value), []);
}

function contradiction(first: string, second: string): DL4JInvalidConfigException {
  return new DL4JInvalidConfigException(`Invalid ${first} beside ${second}: found both, needed is at most one of them`);
}

/**
 * A layer's list with the global one: L1 and L2 where the layer has none of its own, every other entry always.
 *
 * Consequence, as in M2.1: a layer without a list gets a global weight decay twice, and so decays by twice the coefficient.
 */
export function inheritRegularization(
  own: readonly Regularization[],
  global: readonly Regularization[],
): readonly Regularization[] {
  const start = own.length > 0 ? own : global;
  const has = (type: typeof L1Regularization | typeof L2Regularization): boolean =>
    start.some((each) => each instanceof type);
  const added = global.filter((each) => {
    if (each instanceof L1Regularization) return !has(L1Regularization);
    if (each instanceof L2Regularization) return !has(L2Regularization);
    return true;
  });
  return [...start, ...added];
}
