// A suite is a table of cases; what a case is asked to reach stands in its row.

import type { TaskName, Tasks } from '../tasks/tasks.ts';

/** How a figure is read: see figures.ts. */
export type Measure =
  | 'GFLOP/s'
  | 'GB/s'
  | 'ns/element'
  | 'µs'
  | 'ms'
  | 'bytes'
  | 'ratio'
  /** Share of the copy bandwidth, or of the bound set by peak and bandwidth. */
  | '% of copy'
  | '% of bound'
  /** Time of the best peer over ours. */
  | '× best peer'
  /** Our time over our time in another case. */
  | '× plain';

export interface Asked {
  readonly measure: Measure;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The build that it is asked of; both when absent. */
  readonly build?: 'simd' | 'relaxed';
}

/** One row: what is computed, at which size, and what it should reach. */
export interface Case<T extends TaskName = TaskName> {
  readonly name: string;
  readonly task: T;
  readonly parameters: Tasks[T];
  /** The figure that the table leads with. */
  readonly measure: Measure;
  readonly asked?: readonly Asked[];
  /** The case that `× plain` compares with. */
  readonly plain?: string;
}

/** A suite whose cases are timed in rounds, subject after subject. */
export interface TimedSuite {
  readonly name: string;
  readonly title: string;
  readonly cases: readonly Case[];
}

/** A suite that measures by other means than calls in a loop, in a Node process of its own: its module exports `facts`. */
export interface ScriptSuite {
  readonly name: string;
  readonly title: string;
  readonly script: string;
}

export type Suite = TimedSuite | ScriptSuite;

/** What a script measured: best and median of several tries, or one value twice. */
export interface Fact {
  readonly name: string;
  readonly measure: Measure;
  /** In nanoseconds for measures of time. */
  readonly best: number;
  readonly median: number;
  readonly asked?: readonly Asked[];
}

/** Keeps a row's task and parameters together in the type checker. */
export const row = <T extends TaskName>(each: Case<T>): Case => each as unknown as Case;
