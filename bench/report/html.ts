// The report: one HTML file without scripts or references, from the recorded runs alone.

import type { Measure } from '../harness/suite.ts';
import { barChart, legend, roofline } from './charts.ts';
import { type Context, describeAsked, figure, rounded, verdicts } from './figures.ts';
import { type LatestSuite, latestSuites } from './latest.ts';
import type { Entry, RunRecord } from './record.ts';
import { amount, timesOurs } from './table.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --good: #2b8a3e; --bad: #c92a2a; }
@media (prefers-color-scheme: dark) { :root { --good: #69db7c; --bad: #ff8787; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem; max-width: 62rem; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 3rem; } h3 { margin-top: 2.2rem; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; width: 100%; }
th, td { text-align: left; padding: .15rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: right; white-space: nowrap; } tr.first td { border-top: 2px solid var(--line); }
tr.ours td { font-weight: 600; } td.cannot { opacity: .65; }
.reached { color: var(--good); } .missed { color: var(--bad); }
.legend span { margin-right: 1rem; white-space: nowrap; } .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .3em; }
svg { max-width: 100%; height: auto; --plot-background: Canvas; } details { margin: .6rem 0; } .scroll { overflow-x: auto; }`;

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** @throws RangeError without runs */
export function reportOf(runs: readonly RunRecord[]): string {
  if (runs.length === 0) throw new RangeError('Cannot make a report: no run is recorded; npm run bench records one');
  const engines = [...latestSuites(runs)].map(([family, suites]) => engineSection(family, suites));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>ndarena: benchmarks</title><style>${STYLE}</style></head><body>
<h1>ndarena: benchmarks</h1>
<p>Best of the samples that lie between two quiet probes; every result was checked before it was timed. Ours and the peers were sampled in
turn, so that ratios within a suite come from one run. The dashed line in a chart is what the project asks of itself on the machine it was
set on; <b>% of bound</b> compares with what this machine's registers and memory allowed in the same run. How to read all this:
<code>bench/README.md</code>.</p>
${legend()}
${engines.join('\n')}
</body></html>
`;
}

function engineSection(family: string, suites: readonly LatestSuite[]): string {
  const runs = [...new Set(suites.map(({ run }) => run))];
  const all = suites.flatMap(({ suite }) => suite.cases);
  const roof = roofline(all);
  return `<h2>${escaped(family)}</h2>
${runs.map(runLine).join('\n')}
${targets(suites)}
${roof && `<h3>Roofline</h3><div class="scroll">${roof}</div>`}
${suites.map(suiteSection).join('\n')}`;
}

function runLine({ date, commit, isDirty, pace, engine, machine, subjects, suites }: RunRecord): string {
  const { cpu, cores, system, load } = machine;
  const versions = Object.entries(subjects).map(([name, facts]) => {
    const words = Object.entries(facts).map(([key, value]) => `${key} ${value}`);
    return `<li><b>${escaped(name)}</b> ${escaped(words.join(', '))}</li>`;
  });
  return `<details><summary>${escaped(date.slice(0, 16).replace('T', ' '))}, ${escaped(engine)}, commit ${escaped(commit)}${isDirty ? ' (changed)' : ''}, ${pace}:
${suites.map(({ name }) => name).join(', ')}</summary>
<p>${escaped(cpu)}, ${cores} cores, ${escaped(system)}, load ${load} at the start</p><ul>${versions.join('')}</ul></details>`;
}

function targets(suites: readonly LatestSuite[]): string {
  const all = suites.flatMap(({ suite }) =>
    suite.cases.flatMap((each) => verdicts({ each, suite: suite.cases }).map((verdict) => ({ suite, each, verdict }))),
  );
  if (all.length === 0) return '';
  const reached = all.filter(({ verdict }) => verdict.isReached).length;
  const rows = all.map(
    ({ suite, each, verdict: { asked, subject, found, isReached } }) =>
      `<tr><td>${suite.name}</td><td>${escaped(each.name)}</td><td>${escaped(subject)}</td><td class="n">${escaped(describeAsked(asked))}</td><td class="n">${found === undefined ? '' : rounded(found)}</td><td class="${word(isReached)}">${word(isReached)}</td></tr>`,
  );
  return `<h3>Targets: ${reached} of ${all.length} reached</h3><details><summary>all targets</summary><div class="scroll"><table>
<tr><th>suite</th><th>case</th><th>build</th><th class="n">asked</th><th class="n">found</th><th></th></tr>${rows.join('')}</table></div></details>`;
}

const word = (isReached: boolean): string => (isReached ? 'reached' : 'missed');

function suiteSection({ suite }: LatestSuite): string {
  const measures = [...new Set(suite.cases.map(({ measure }) => measure))];
  const charts = measures.map((measure: Measure) => barChart(suite.cases, measure)).filter((chart) => chart !== '');
  const rows = suite.cases.flatMap((each) =>
    each.entries.map((entry, index) => tableRow(entry, { each, suite: suite.cases }, index === 0)),
  );
  return `<h3 id="${suite.name}">${escaped(suite.title)} <small>(${suite.name})</small></h3>
<div class="scroll">${charts.join('')}</div>
<details><summary>all figures</summary><div class="scroll"><table>
<tr><th>case</th><th>subject</th><th class="n">best</th><th class="n">median</th><th class="n">% of bound</th><th class="n">ours × faster</th><th class="n">quiet</th><th>asked</th></tr>
${rows.join('\n')}</table></div></details>`;
}

function tableRow(entry: Entry, context: Context, isFirst: boolean): string {
  const { each } = context;
  const classes = [isFirst ? 'first' : '', entry.subject.startsWith('ndarena') ? 'ours' : ''].join(' ').trim();
  const lead = `<tr class="${classes}"><td>${isFirst ? escaped(each.name) : ''}</td><td>${escaped(entry.subject)}</td>`;
  if (entry.failure) {
    const { kind, message } = entry.failure;
    return `${lead}<td class="cannot" colspan="5">${kind}: ${escaped(message)}</td><td>${judged(entry, context)}</td></tr>`;
  }
  const median = { ...entry, best: entry.median as number };
  const isMachine = entry.subject.startsWith('machine');
  const numbers = [
    amount(entry, context),
    amount(median, context),
    isMachine ? '' : text(figure('% of bound', entry, context)),
    entry.subject.startsWith('ndarena') ? '' : text(timesOurs(entry, each)),
    entry.samples === undefined ? '' : `${entry.quiet}/${entry.samples}`,
  ];
  return `${lead}${numbers.map((number) => `<td class="n">${escaped(number)}</td>`).join('')}<td>${judged(entry, context)}</td></tr>`;
}

const text = (value: number | undefined): string => (value === undefined ? '' : rounded(value));

function judged(entry: Entry, context: Context): string {
  return verdicts(context)
    .filter(({ subject }) => subject === entry.subject)
    .map(
      ({ asked, isReached }) =>
        `<span class="${word(isReached)}">${escaped(describeAsked(asked))}: ${word(isReached)}</span>`,
    )
    .join('<br>');
}
