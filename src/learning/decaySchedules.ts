// Schedules given by a formula in the number of iterations or epochs.

import { optionsOf } from '../core/description.ts';
import { type Field, field, finite, integer, real } from '../core/fields.ts';
import { CountedSchedule, ISchedule, SCHEDULE_PACKAGE, type ScheduleType } from './schedule.ts';

const positive = real('a finite number above 0', (value) => value > 0 && value < Number.POSITIVE_INFINITY);

/** Always the same value. @see org.nd4j.linalg.schedule.FixedSchedule */
export class FixedSchedule extends ISchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}FixedSchedule`;
  static override readonly fields: Record<string, Field> = { value: field(finite, 0) };
  declare readonly value: number;

  constructor(value: number | { value: number }) {
    super(optionsOf([value], ['value']));
  }

  override valueAt(): number {
    return this.value;
  }
}

/** Options that most schedules share. */
interface CountedOptions {
  scheduleType: ScheduleType;
  /** Value at the start. */
  initialValue: number;
}

const startingFields: Record<string, Field> = { ...CountedSchedule.fields, initialValue: field(finite, 0) };

/** Options of a StepSchedule. */
export interface StepScheduleOptions extends CountedOptions {
  decayRate: number;
  /** Iterations or epochs between two steps. */
  step: number;
}
/** initialValue · decayRate^⌊i / step⌋ @see org.nd4j.linalg.schedule.StepSchedule */
export class StepSchedule extends CountedSchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}StepSchedule`;
  static override readonly fields = {
    ...startingFields,
    decayRate: field(finite, 1),
    step: field(positive, 1),
  };
  declare readonly initialValue: number;
  declare readonly decayRate: number;
  declare readonly step: number;

  constructor(type: ScheduleType | StepScheduleOptions, initialValue?: number, decayRate?: number, step?: number) {
    super(optionsOf([type, initialValue, decayRate, step], ['scheduleType', 'initialValue', 'decayRate', 'step']));
  }

  protected override valueAfter(count: number): number {
    return this.initialValue * this.decayRate ** Math.floor(count / this.step);
  }
}

/** Options of an ExponentialSchedule. */
export interface ExponentialScheduleOptions extends CountedOptions {
  gamma: number;
}
/** initialValue · gamma^i @see org.nd4j.linalg.schedule.ExponentialSchedule */
export class ExponentialSchedule extends CountedSchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}ExponentialSchedule`;
  static override readonly fields = { ...startingFields, gamma: field(finite, 1) };
  declare readonly initialValue: number;
  declare readonly gamma: number;

  constructor(type: ScheduleType | ExponentialScheduleOptions, initialValue?: number, gamma?: number) {
    super(optionsOf([type, initialValue, gamma], ['scheduleType', 'initialValue', 'gamma']));
  }

  protected override valueAfter(count: number): number {
    return this.initialValue * this.gamma ** count;
  }
}

/** Options of an InverseSchedule. */
export interface InverseScheduleOptions extends CountedOptions {
  gamma: number;
  power: number;
}
/** initialValue / (1 + gamma · i)^power @see org.nd4j.linalg.schedule.InverseSchedule */
export class InverseSchedule extends CountedSchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}InverseSchedule`;
  static override readonly fields = { ...startingFields, gamma: field(finite, 0), power: field(finite, 1) };
  declare readonly initialValue: number;
  declare readonly gamma: number;
  declare readonly power: number;

  constructor(type: ScheduleType | InverseScheduleOptions, initialValue?: number, gamma?: number, power?: number) {
    super(optionsOf([type, initialValue, gamma, power], ['scheduleType', 'initialValue', 'gamma', 'power']));
  }

  protected override valueAfter(count: number): number {
    return this.initialValue / (1 + this.gamma * count) ** this.power;
  }
}

/** Options of a PolySchedule. */
export interface PolyScheduleOptions extends CountedOptions {
  power: number;
  /** From here on the value is 0. */
  maxIter: number;
}
/**
 * initialValue · (1 + i / maxIter)^power, and 0 from maxIter on. The value grows: M2.1 adds where its documentation subtracts, and
 * a model goes on as it did. @see org.nd4j.linalg.schedule.PolySchedule
 */
export class PolySchedule extends CountedSchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}PolySchedule`;
  static override readonly fields = { ...startingFields, power: field(finite, 1), maxIter: field(integer(1), 1) };
  declare readonly initialValue: number;
  declare readonly power: number;
  declare readonly maxIter: number;

  constructor(type: ScheduleType | PolyScheduleOptions, initialValue?: number, power?: number, maxIter?: number) {
    super(optionsOf([type, initialValue, power, maxIter], ['scheduleType', 'initialValue', 'power', 'maxIter']));
  }

  protected override valueAfter(count: number): number {
    return count >= this.maxIter ? 0 : this.initialValue * (1 + count / this.maxIter) ** this.power;
  }
}

/** Options of a SigmoidSchedule. */
export interface SigmoidScheduleOptions extends CountedOptions {
  gamma: number;
  /** Where the value is half of initialValue. */
  stepSize: number;
}
/** initialValue / (1 + e^(−gamma · (i − stepSize))) @see org.nd4j.linalg.schedule.SigmoidSchedule */
export class SigmoidSchedule extends CountedSchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}SigmoidSchedule`;
  static override readonly fields = { ...startingFields, gamma: field(finite, 0), stepSize: field(integer(0), 0) };
  declare readonly initialValue: number;
  declare readonly gamma: number;
  declare readonly stepSize: number;

  constructor(type: ScheduleType | SigmoidScheduleOptions, initialValue?: number, gamma?: number, stepSize?: number) {
    super(optionsOf([type, initialValue, gamma, stepSize], ['scheduleType', 'initialValue', 'gamma', 'stepSize']));
  }

  protected override valueAfter(count: number): number {
    return this.initialValue / (1 + Math.exp(-this.gamma * (count - this.stepSize)));
  }
}
