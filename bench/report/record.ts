// What is kept of a run: one line of JSON.

import type { Summary } from '../harness/statistics.ts';
import type { Asked, Measure } from '../harness/suite.ts';
import type { Work } from '../tasks/tasks.ts';

export interface Entry extends Partial<Summary> {
  readonly subject: string;
  readonly failure?: { readonly kind: 'cannot' | 'crashed'; readonly message: string };
}

export interface CaseRecord {
  readonly name: string;
  readonly measure: Measure;
  readonly work?: Work;
  readonly asked?: readonly Asked[];
  readonly plain?: string;
  readonly entries: readonly Entry[];
}

export interface SuiteRecord {
  readonly name: string;
  readonly title: string;
  readonly cases: readonly CaseRecord[];
}

export interface RunRecord {
  readonly date: string;
  readonly commit: string;
  /** The work tree differed from the commit. */
  readonly isDirty: boolean;
  readonly pace: 'full' | 'quick';
  /** `Node v20.20.2` or `Chromium 141.0`. */
  readonly engine: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly system: string; readonly load: number };
  /** What each subject said of itself: versions, build, mode. */
  readonly subjects: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly suites: readonly SuiteRecord[];
}
