// Which records a report shows: of every engine and suite the latest, so that a run of one suite renews that suite only.

import type { RunRecord, SuiteRecord } from './record.ts';

export interface LatestSuite {
  readonly run: RunRecord;
  readonly suite: SuiteRecord;
}

/** The engine's family, without its version: `Node` or `Chromium`. */
const familyOf = ({ engine }: RunRecord): string => engine.split(' ')[0] as string;

/** By family of engine, in the order of the suites' first records. */
export function latestSuites(runs: readonly RunRecord[]): Map<string, LatestSuite[]> {
  const families = new Map<string, Map<string, LatestSuite>>();
  for (const run of runs) {
    const suites = families.get(familyOf(run)) ?? new Map<string, LatestSuite>();
    for (const suite of run.suites) suites.set(suite.name, { run, suite });
    families.set(familyOf(run), suites);
  }
  return new Map([...families].map(([family, suites]) => [family, [...suites.values()]]));
}
