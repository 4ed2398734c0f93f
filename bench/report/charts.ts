// Charts as SVG text, drawn without a browser.

import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { COPY, isOurs, isPeer, PARTICIPANTS, PEAK } from '../harness/subjects.ts';
import type { Measure } from '../harness/suite.ts';
import { figure, rounded } from './figures.ts';
import type { CaseRecord } from './record.ts';

const WIDTH = 900;
const LABELS = 300;
const BAR = 11;
const GAP = 14;
/** Ours in strong colours, peers in quiet ones. */
const COLOURS = ['#d9480f', '#f59f00', '#4263eb', '#0c8599', '#7048e8', '#a5b4fc', '#868e96', '#66d9e8'];
const SUBJECTS = PARTICIPANTS.map(({ name }) => name).filter((name) => isOurs(name) || isPeer(name));
const colour = { domain: SUBJECTS, range: COLOURS, type: 'categorical' } as const;

const { document } = parseHTML('<!doctype html><html><body></body></html>');

interface Bar {
  readonly name: string;
  readonly subject: string;
  readonly value: number;
}

interface Mark {
  readonly name: string;
  readonly limit: number;
}

/** A bar chart of all cases that are read by one measure; a line marks what is asked. Empty when nothing was measured. */
export function barChart(cases: readonly CaseRecord[], measure: Measure): string {
  const shown = cases.filter((each) => each.measure === measure);
  const bars = shown.flatMap((each) => barsOf(each, measure, cases));
  if (bars.length === 0) return '';
  const names = shown.map(({ name }) => name).filter((name) => bars.some((bar) => bar.name === name));
  const subjects = SUBJECTS.filter((subject) => bars.some((bar) => bar.subject === subject));
  const marks = shown.filter(({ name }) => names.includes(name)).flatMap((each) => marksOf(each, measure));
  const plot = Plot.plot({
    document,
    ariaLabel: `${measure} of each case and subject`,
    width: WIDTH,
    height: names.length * (subjects.length * BAR + GAP) + 70,
    marginLeft: 10,
    marginRight: LABELS,
    color: { ...colour, legend: false },
    x: { label: measure, grid: true, ...scaleOf(measure, bars) },
    y: { axis: null, domain: subjects },
    fy: { domain: names, label: null, axis: 'right', padding: 0.12 },
    marks: [
      Plot.barX(bars, {
        x1: () => (isLogarithmic(measure, bars) ? smallest(bars) / 2 : 0),
        x2: 'value',
        y: 'subject',
        fy: 'name',
        fill: 'subject',
        title: ({ subject, value }: Bar) => `${subject}: ${rounded(value)} ${measure}`,
      }),
      Plot.ruleX(marks, { x: 'limit', fy: 'name', stroke: 'currentColor', strokeDasharray: '3 2' }),
    ],
  });
  return plot.outerHTML;
}

function barsOf(each: CaseRecord, measure: Measure, suite: readonly CaseRecord[]): Bar[] {
  return each.entries.flatMap((entry) => {
    const value = SUBJECTS.includes(entry.subject) ? figure(measure, entry, { each, suite }) : undefined;
    return value === undefined || value <= 0 ? [] : [{ name: each.name, subject: entry.subject, value }];
  });
}

const marksOf = (each: CaseRecord, measure: Measure): Mark[] =>
  (each.asked ?? [])
    .filter((asked) => asked.measure === measure)
    .map(({ atLeast, atMost }) => ({ name: each.name, limit: (atLeast ?? atMost) as number }));

const RATES: readonly Measure[] = ['GFLOP/s', 'GB/s'];

/** Times span orders of magnitude; rates are best read from zero. */
const isLogarithmic = (measure: Measure, bars: readonly Bar[]): boolean =>
  !RATES.includes(measure) && Math.max(...bars.map(({ value }) => value)) > 30 * smallest(bars);
const smallest = (bars: readonly Bar[]): number => Math.min(...bars.map(({ value }) => value));
const scaleOf = (measure: Measure, bars: readonly Bar[]): Plot.ScaleOptions =>
  isLogarithmic(measure, bars) ? { type: 'log' } : { type: 'linear', zero: true };

interface Point {
  readonly intensity: number;
  readonly rate: number;
  readonly subject: string;
  readonly name: string;
}

/** Operations per byte against operations per second, under the roof of peak and copy bandwidth. Empty without such cases. */
export function roofline(cases: readonly CaseRecord[]): string {
  const counted = cases.filter(
    ({ work }) => work !== undefined && work.flop > 0 && work.bytes > 0 && work.type === 'float',
  );
  const points = counted.flatMap(pointsOf);
  const peak = bestRate(counted, PEAK, () => 1);
  const bandwidth = bestRate(counted, COPY, (each) => each.work?.bytes ?? 0);
  if (points.length === 0 || peak === undefined || bandwidth === undefined) return '';
  const x = points.map(({ intensity }) => intensity);
  const [low, high] = [Math.min(...x) / 1.5, Math.max(...x) * 1.5];
  const roof = [low, peak / bandwidth, high].map((intensity) => ({
    intensity,
    rate: Math.min(peak, intensity * bandwidth),
  }));
  const plot = Plot.plot({
    document,
    ariaLabel: 'operations per byte against GFLOP/s',
    width: WIDTH,
    height: 460,
    marginLeft: 60,
    color: colour,
    x: { type: 'log', label: 'operations per byte', grid: true },
    y: { type: 'log', label: 'GFLOP/s', grid: true },
    marks: [
      Plot.line(
        roof.sort((a, b) => a.intensity - b.intensity),
        { x: 'intensity', y: 'rate', stroke: 'currentColor' },
      ),
      Plot.dot(points, {
        x: 'intensity',
        y: 'rate',
        fill: 'subject',
        r: 3.5,
        title: ({ name, subject, rate }: Point) => `${name}, ${subject}: ${rounded(rate)} GFLOP/s`,
      }),
    ],
  });
  return plot.outerHTML;
}

function pointsOf({ name, work, entries }: CaseRecord): Point[] {
  const { flop, bytes } = work as NonNullable<CaseRecord['work']>;
  return entries
    .filter(({ subject, best }) => best !== undefined && SUBJECTS.includes(subject))
    .map(({ subject, best }) => ({ intensity: flop / bytes, rate: flop / (best as number), subject, name }));
}

function bestRate(
  cases: readonly CaseRecord[],
  subject: string,
  amount: (each: CaseRecord) => number,
): number | undefined {
  const rates = cases.flatMap((each) => {
    const best = each.entries.find((entry) => entry.subject === subject)?.best;
    return best === undefined ? [] : [amount(each) / best];
  });
  return rates.length === 0 ? undefined : Math.max(...rates);
}

/** The colours of the subjects. */
export function legend(): string {
  const entries = SUBJECTS.map((subject, i) => `<span><i style="background:${COLOURS[i]}"></i>${subject}</span>`);
  return `<p class="legend">${entries.join(' ')}</p>`;
}
