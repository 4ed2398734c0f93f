// Schedules with a shape of their own, and the table of all.

import { Family, isPlainObject, optionsOf } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { field, finite, integer, type Kind, nullable, optional, type Place } from '../core/fields.ts';
import { isJsonObject, type JsonValue } from '../core/json.ts';
import {
  ExponentialSchedule,
  FixedSchedule,
  InverseSchedule,
  PolySchedule,
  SigmoidSchedule,
  StepSchedule,
} from './decaySchedules.ts';
import { CountedSchedule, ISchedule, SCHEDULE_PACKAGE, type ScheduleType } from './schedule.ts';

/** Options of a CycleSchedule. */
export interface CycleScheduleOptions {
  scheduleType: ScheduleType;
  initialLearningRate?: number;
  maxLearningRate: number;
  cycleLength: number;
  annealingLength?: number;
  annealingDecay?: number;
}
/**
 * Up from initialLearningRate to maxLearningRate, down again, then annealing, in every cycle ("1cycle"). Without more than type, maximum
 * and length: starts at a tenth of the maximum and anneals by 0.1 during the last tenth. @see org.nd4j.linalg.schedule.CycleSchedule
 */
export class CycleSchedule extends CountedSchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}CycleSchedule`;
  static override readonly fields = {
    ...CountedSchedule.fields,
    initialLearningRate: field(finite, 0),
    maxLearningRate: field(finite, 0),
    cycleLength: field(integer(1), 1),
    annealingLength: field(integer(0), 0),
    annealingDecay: field(finite, 0.1),
    stepSize: field(finite, 0, { isDerived: true }),
    increment: field(finite, 0, { isDerived: true }),
  };
  declare readonly initialLearningRate: number;
  declare readonly maxLearningRate: number;
  declare readonly cycleLength: number;
  declare readonly annealingLength: number;
  declare readonly annealingDecay: number;

  constructor(type: ScheduleType, maxLearningRate: number, cycleLength: number);
  constructor(
    type: ScheduleType,
    initialLearningRate: number,
    maxLearningRate: number,
    cycleLength: number,
    annealingLength: number,
    annealingDecay: number,
  );
  constructor(options: CycleScheduleOptions);
  constructor(...args: unknown[]) {
    const short = ['scheduleType', 'maxLearningRate', 'cycleLength'];
    const long = ['scheduleType', 'initialLearningRate', ...short.slice(1), 'annealingLength', 'annealingDecay'];
    super(cycleOptions(optionsOf(args, args.length <= 3 ? short : long)));
  }

  /** Iterations or epochs on the way up, and as many on the way down. */
  get stepSize(): number {
    return Math.trunc((this.cycleLength - this.annealingLength) / 2);
  }

  /** Change per iteration or epoch on the way up. */
  get increment(): number {
    return (this.maxLearningRate - this.initialLearningRate) / this.stepSize;
  }

  protected override validate(): void {
    if (this.stepSize < 1) {
      throw new DL4JInvalidConfigException(
        `Invalid CycleSchedule.annealingLength: found ${this.annealingLength} of ${this.cycleLength}, needed is a cycle of at least 2 more than its annealing`,
      );
    }
  }

  protected override valueAfter(count: number): number {
    const { stepSize, increment } = this;
    const position = count % this.cycleLength;
    if (position < stepSize) return this.initialLearningRate + increment * position;
    if (position < 2 * stepSize) return this.maxLearningRate - increment * (position - stepSize);
    return this.initialLearningRate * this.annealingDecay ** (this.annealingLength - (this.cycleLength - position));
  }
}

function cycleOptions(options: Record<string, unknown>): Record<string, unknown> {
  const { maxLearningRate, cycleLength } = options;
  const filled = { ...options };
  if (typeof maxLearningRate === 'number') filled.initialLearningRate ??= maxLearningRate * 0.1;
  if (typeof cycleLength === 'number') filled.annealingLength ??= Math.round(cycleLength * 0.1);
  return filled;
}

const steps: Kind<ReadonlyMap<number, number>> = {
  read: (value, place) => {
    const entries = value instanceof Map ? [...value] : isPlainObject(value) ? Object.entries(value) : undefined;
    return readSteps(entries ?? place.wrongType(value, 'a map from iterations or epochs to values'), place);
  },
  decode: (value, place) =>
    readSteps(
      isJsonObject(value) ? [...value] : place.wrongType(value, 'an object from iterations or epochs to values'),
      place,
    ),
  encode: (values) => new Map<string, JsonValue>([...values].map(([key, value]) => [String(key), value])),
};

function readSteps(entries: readonly (readonly [unknown, unknown])[], place: Place): ReadonlyMap<number, number> {
  const values = entries.map(([key, value]) => {
    const count = integer(0).read(
      typeof key === 'string' && key.trim() !== '' ? Number(key) : key,
      place.at(`key ${key}`),
    );
    return [count, finite.read(value, place.at(String(key)))] as const;
  });
  values.sort(([left], [right]) => left - right);
  if (values[0]?.[0] !== 0) place.outOfRange([...values.map(([key]) => key)], 'a value for position 0');
  return new Map(values);
}

/** Options of a MapSchedule. */
export interface MapScheduleOptions {
  scheduleType: ScheduleType;
  /** The value from each iteration or epoch on; must have key 0. */
  values: ReadonlyMap<number, number> | Readonly<Record<number, number>>;
}
/** Collects keys and values one by one. @see org.nd4j.linalg.schedule.MapSchedule.Builder */
export class MapScheduleBuilder {
  readonly #values = new Map<number, number>();
  readonly #type: ScheduleType;

  constructor(type: ScheduleType) {
    this.#type = type;
  }

  add(position: number, value: number): this {
    this.#values.set(position, value);
    return this;
  }

  build(): MapSchedule {
    return new MapSchedule(this.#type, this.#values);
  }
}

/** The value of the largest key that has been reached. @see org.nd4j.linalg.schedule.MapSchedule */
export class MapSchedule extends CountedSchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}MapSchedule`;
  static override readonly fields = { ...CountedSchedule.fields, values: field(steps, new Map([[0, 0]])) };
  declare readonly values: ReadonlyMap<number, number>;

  constructor(type: ScheduleType | MapScheduleOptions, values?: MapScheduleOptions['values']) {
    super(optionsOf([type, values], ['scheduleType', 'values']));
  }

  static readonly Builder = MapScheduleBuilder;

  protected override valueAfter(count: number): number {
    let found = 0;
    for (const [key, value] of this.values) {
      if (key > count) break;
      found = value;
    }
    return found;
  }
}

/** Every known schedule. */
export const scheduleFamily: Family<ISchedule> = new Family('a schedule', ISchedule);
/** A schedule or null; files leave null out. */
export const optionalSchedule = optional<ISchedule>(scheduleFamily);
/** A schedule or null. */
export const nullableSchedule = nullable<ISchedule>(scheduleFamily);

/** Options in which a number may also be given as a schedule: that moves to the option named for it. */
export function routeSchedule(
  options: Record<string, unknown>,
  number: string,
  schedule: string,
): Record<string, unknown> {
  if (!(options[number] instanceof ISchedule)) return options;
  const { [number]: moved, ...rest } = options;
  return { [schedule]: moved, ...rest };
}

/** Options of a RampSchedule. */
export interface RampScheduleOptions {
  baseSchedule: ISchedule;
  numIter: number;
}
/**
 * Grows linearly to the base schedule's value during the first numIter iterations.
 *
 * M2.1 writes neither field into its JSON and cannot read it back. Here both are written; a model saved by M2.1 can be opened and used,
 * and `valueAt` throws. @see org.nd4j.linalg.schedule.RampSchedule
 */
export class RampSchedule extends ISchedule {
  static override readonly javaName = `${SCHEDULE_PACKAGE}RampSchedule`;
  static override readonly fields = {
    baseSchedule: field(optionalSchedule, null),
    numIter: field(optional(integer(0)), null),
  };
  declare readonly baseSchedule: ISchedule | null;
  declare readonly numIter: number | null;

  constructor(baseSchedule: ISchedule | RampScheduleOptions, numIter?: number) {
    super(optionsOf([baseSchedule, numIter], ['baseSchedule', 'numIter']));
  }

  override valueAt(iteration: number, epoch: number): number {
    const { baseSchedule, numIter } = this;
    if (baseSchedule === null || numIter === null) {
      throw new DL4JInvalidConfigException(
        'Cannot evaluate a RampSchedule without base schedule: DL4J 1.0.0-M2.1 saves RampSchedule without its fields; set the learning rate anew',
      );
    }
    const base = baseSchedule.valueAt(iteration, epoch);
    return iteration < numIter - 1 ? ((iteration + 1) / numIter) * base : base;
  }
}

scheduleFamily.add(
  FixedSchedule,
  StepSchedule,
  ExponentialSchedule,
  InverseSchedule,
  PolySchedule,
  SigmoidSchedule,
  CycleSchedule,
  MapSchedule,
  RampSchedule,
);
