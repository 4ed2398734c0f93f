// What all schedules have in common: values that change in the course of training, as pure functions of iteration and epoch.

import { Description } from '../core/description.ts';
import { choice, type Field, field } from '../core/fields.ts';

/** What a schedule counts. @see org.nd4j.linalg.schedule.ScheduleType */
export const ScheduleType = { ITERATION: 'ITERATION', EPOCH: 'EPOCH' } as const;
export type ScheduleType = keyof typeof ScheduleType;

/** The package of DL4J's schedules. */
export const SCHEDULE_PACKAGE = 'org.nd4j.linalg.schedule.';

/** A value for each iteration and epoch, both counted from 0. @see org.nd4j.linalg.schedule.ISchedule */
export abstract class ISchedule extends Description {
  abstract valueAt(iteration: number, epoch: number): number;
}

/** A schedule that counts either iterations or epochs. */
export abstract class CountedSchedule extends ISchedule {
  static override readonly fields: Record<string, Field> = { scheduleType: field(choice(ScheduleType), 'ITERATION') };
  declare readonly scheduleType: ScheduleType;

  override valueAt(iteration: number, epoch: number): number {
    return this.valueAfter(this.scheduleType === 'ITERATION' ? iteration : epoch);
  }

  /** The value after `count` iterations or epochs. */
  protected abstract valueAfter(count: number): number;
}
