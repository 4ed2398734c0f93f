// From a time to the figure that a case is read by, and whether it reaches what was asked.

import { COPY, isOurs, isPeer, OURS_RELAXED, PEAK } from '../harness/subjects.ts';
import type { Asked, Measure } from '../harness/suite.ts';
import type { CaseRecord, Entry } from './record.ts';

/** What a figure may need to know: the case, and the other cases of its suite. */
export interface Context {
  readonly each: CaseRecord;
  readonly suite: readonly CaseRecord[];
}

const bestOf = (each: CaseRecord, subject: string): number | undefined =>
  each.entries.find((entry) => entry.subject === subject)?.best;

/** Nanoseconds that peak and copy bandwidth allow at least. */
export function boundOf(each: CaseRecord): number | undefined {
  const peak = bestOf(each, PEAK);
  const copy = bestOf(each, COPY);
  if (each.work === undefined || peak === undefined || copy === undefined) return undefined;
  // Where neither counts there is no bound.
  return each.work.flop + each.work.bytes === 0 ? undefined : Math.max(each.work.flop * peak, copy);
}

/** The best time of any peer. */
export function bestPeer(each: CaseRecord): Entry | undefined {
  const peers = each.entries.filter(({ subject, best }) => isPeer(subject) && best !== undefined);
  return peers.sort((a, b) => (a.best as number) - (b.best as number))[0];
}

/** A figure of an entry, or undefined when something it needs was not measured. */
export function figure(measure: Measure, entry: Entry, context: Context): number | undefined {
  if (entry.best === undefined) return undefined;
  const read = FIGURES[measure];
  const value = read(entry.best, entry, context);
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

type Reading = (best: number, entry: Entry, context: Context) => number | undefined;

const share = (part: number | undefined, best: number): number | undefined => part && (100 * part) / best;

const FIGURES: Readonly<Record<Measure, Reading>> = {
  'GFLOP/s': (best, _, { each }) => (each.work?.flop ?? Number.NaN) / best,
  'GB/s': (best, _, { each }) => (each.work?.bytes ?? Number.NaN) / best,
  'ns/element': (best, _, { each }) => best / (each.work?.elements ?? Number.NaN),
  µs: (best) => best / 1e3,
  ms: (best) => best / 1e6,
  bytes: (best) => best,
  ratio: (best) => best,
  '% of copy': (best, _, { each }) => share(bestOf(each, COPY), best),
  '% of bound': (best, _, { each }) => share(boundOf(each), best),
  '× best peer': (best, _, { each }) => {
    const peer = bestPeer(each)?.best;
    return peer && peer / best;
  },
  '× plain': (best, { subject }, { each, suite }) => {
    const plain = suite.find(({ name }) => name === each.plain);
    const time = plain && bestOf(plain, subject);
    return time && best / time;
  },
};

/** A promise and what came of it; `found` is undefined where it could not be measured. */
export interface Verdict {
  readonly asked: Asked;
  readonly subject: string;
  readonly found: number | undefined;
  readonly isReached: boolean;
}

/** Every promise of a case, judged on our build that it is asked of. */
export function verdicts(context: Context): Verdict[] {
  const ours = context.each.entries.filter(({ subject }) => isOurs(subject));
  return (context.each.asked ?? []).flatMap((asked) =>
    ours
      .filter(({ subject }) => asked.build === undefined || (asked.build === 'relaxed') === (subject === OURS_RELAXED))
      .map((entry) => {
        const found = figure(asked.measure, entry, context);
        return { asked, subject: entry.subject, found, isReached: found !== undefined && holds(asked, found) };
      }),
  );
}

const holds = ({ atLeast, atMost }: Asked, found: number): boolean =>
  found >= (atLeast ?? Number.NEGATIVE_INFINITY) && found <= (atMost ?? Number.POSITIVE_INFINITY);

export function describeAsked({ measure, atLeast, atMost, build }: Asked): string {
  const limit = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return `${limit} ${measure}${build ? ` (${build})` : ''}`;
}

/** Three significant digits. */
export function rounded(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
