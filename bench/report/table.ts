// A run on the terminal: one table a suite, one line a subject.

import Table from 'cli-table3';
import { isOurs, OURS, OURS_RELAXED } from '../harness/subjects.ts';
import { type Context, describeAsked, figure, rounded, verdicts } from './figures.ts';
import type { CaseRecord, Entry, RunRecord, SuiteRecord } from './record.ts';

const HEAD = ['case', 'subject', 'best', 'median', '% of bound', 'ours × faster', 'quiet', 'asked'];

export function runAsText(run: RunRecord): string {
  return run.suites.map((suite) => `${suite.title} (${suite.name})\n${suiteTable(suite)}`).join('\n\n');
}

function suiteTable(suite: SuiteRecord): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [], compact: true } });
  for (const each of suite.cases) {
    each.entries.forEach((entry, index) => {
      table.push([index === 0 ? each.name : '', ...cells(entry, { each, suite: suite.cases })]);
    });
  }
  return table.toString();
}

function cells(entry: Entry, context: Context): string[] {
  const { each } = context;
  if (entry.failure) {
    const { kind, message } = entry.failure;
    return [entry.subject, `${kind}: ${message}`.slice(0, 60), '', '', '', '', askedCell(entry, context)];
  }
  const median = { ...entry, best: entry.median as number };
  return [
    entry.subject,
    amount(entry, context),
    amount(median, context),
    entry.subject.startsWith('machine') ? '' : shown(figure('% of bound', entry, context)),
    isOurs(entry.subject) ? '' : shown(timesOurs(entry, each)),
    entry.samples === undefined ? '' : `${entry.quiet}/${entry.samples}${entry.quiet === 0 ? ' *' : ''}`,
    askedCell(entry, context),
  ];
}

const shown = (value: number | undefined): string => (value === undefined ? '' : rounded(value));

/** The figure with its unit. The machine is shown in units of its own. */
export function amount(entry: Entry, context: Context): string {
  const { each } = context;
  if (entry.subject === 'machine: peak') return `${rounded(1 / (entry.best as number))} GFLOP/s`;
  if (entry.subject === 'machine: copy') return `${rounded((each.work?.bytes ?? 0) / (entry.best as number))} GB/s`;
  const value = figure(each.measure, entry, context);
  return value === undefined ? '' : `${rounded(value)} ${each.measure}`;
}

/** How many times our best time fits into this one. */
export function timesOurs(entry: Entry, each: CaseRecord): number | undefined {
  const ours =
    each.entries.find(({ subject }) => subject === OURS) ??
    each.entries.find(({ subject }) => subject === OURS_RELAXED);
  if (entry.subject.startsWith('machine') || entry.best === undefined || ours?.best === undefined) return undefined;
  return entry.best / ours.best;
}

function askedCell(entry: Entry, context: Context): string {
  return verdicts(context)
    .filter(({ subject }) => subject === entry.subject)
    .map(
      ({ asked, found, isReached }) =>
        `${describeAsked(asked)}: ${isReached ? 'reached' : 'missed'}${found === undefined ? '' : ` (${rounded(found)})`}`,
    )
    .join('\n');
}
