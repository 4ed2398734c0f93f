// What a subject is: a library that computes tasks, in a process or page of its own. No file here knows Node or the browser.

import type { Inputs, TaskName, Tasks } from '../tasks/tasks.ts';

/** A case made ready: operands in the library's own memory. */
export interface Prepared {
  /** One call of what is timed. */
  run(): unknown;
  /** How many times `run` does what is timed; 1 unless given. */
  readonly repeats?: number;
  /** Runs once more and gives the result in 'c' order, to compare with the reference. */
  result(): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** When `run` does the work `copies + 1` times and this once: the time of one is (run − once) / copies, free of what a call costs around it. */
  readonly slope?: { once(): unknown; readonly copies: number };
  /** Instead of timing `run`: a number that is measured otherwise, e.g. bytes of garbage per call. */
  fact?(): number;
  dispose?(): void;
}

export type Maker<T extends TaskName> = (
  parameters: Tasks[T],
  inputs: Inputs,
  variant: string,
) => Prepared | Promise<Prepared>;

export type Makers = { readonly [T in TaskName]?: Maker<T> };

export interface Subject {
  /** Starts the library; gives what to write into the record: its version, its build. */
  start(options: SubjectOptions): Promise<Readonly<Record<string, string>>>;
  readonly makers: Makers;
}

export interface SubjectOptions {
  /** Where the library's files are served, in the browser. */
  readonly files?: string;
  readonly isRelaxed: boolean;
  readonly probe: { readonly simd: string; readonly relaxed: string };
}

/** A library that cannot compute a case says so by throwing this. */
export class Cannot extends Error {}
