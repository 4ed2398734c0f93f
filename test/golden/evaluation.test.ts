// Every recorded evaluation of DL4J, replayed: getters, texts and failures.

import { describe, expect, test } from 'vitest';
import { Evaluation } from '../../src/evaluation/evaluation.ts';
import type { EvaluationOptions } from '../../src/evaluation/evaluationCounts.ts';
import { goldenFiles } from '../support/golden.ts';
import { arrayOf, type GoldenArray, isGoldenArray, numbersOf } from '../support/goldenArray.ts';
import { differenceOf } from './differences.ts';

interface Call {
  labels?: GoldenArray;
  predictions?: GoldenArray;
  mask?: GoldenArray;
  metaData?: string[];
  eval?: { predicted: number; actual: number };
  reset?: boolean;
  merge?: { construct: Record<string, unknown>; calls: Call[] };
}
interface Case {
  class: string;
  construct: Record<string, unknown>;
  calls: Call[];
  results?: Record<string, unknown>;
  throws?: { class: string; message: string; in: string };
  [text: string]: unknown;
}

function construct(given: Record<string, unknown>): Evaluation {
  const { costArray, setLabelNames, setLabels, ...options } = given;
  const labels = setLabelNames ?? setLabels;
  return new Evaluation({
    ...options,
    ...(labels === undefined ? {} : { labels }),
    ...(isGoldenArray(costArray) ? { costArray: numbersOf(costArray) } : {}),
  } as EvaluationOptions);
}

function apply(evaluation: Evaluation, calls: readonly Call[]): Evaluation {
  for (const call of calls) {
    if (call.reset) evaluation.reset();
    else if (call.merge) evaluation.merge(apply(construct(call.merge.construct), call.merge.calls));
    else if (call.eval) evaluation.eval(call.eval.predicted, call.eval.actual);
    else if (call.labels && call.predictions)
      evaluation.eval(
        arrayOf(call.labels),
        arrayOf(call.predictions),
        call.mask ? arrayOf(call.mask) : null,
        call.metaData,
      );
  }
  return evaluation;
}

const texts: Record<string, (e: Evaluation) => string> = {
  stats: (e) => e.stats(),
  'stats(true)': (e) => e.stats(true),
  'stats(false,false)': (e) => e.stats(false, false),
  'stats(true,true)': (e) => e.stats(true, true),
  'confusionMatrix()': (e) => e.confusionMatrix(),
  'confusionToString()': (e) => e.confusionToString(),
  confusionCSV: (e) => e.getConfusionMatrix()?.toCSV() ?? '',
};

/** The value of a recorded getter such as `precision(i,0.5)` or `fBeta(2,Macro)`. */
function getter(evaluation: Evaluation, name: string): unknown {
  const matrix = evaluation.getConfusionMatrix();
  const classes = matrix?.getClasses() ?? [0, 1];
  if (name === 'confusion[actual][predicted]')
    return matrix && classes.map((a) => classes.map((p) => matrix.getCount(a, p)));
  if (name === 'confusion.getClasses()') return classes;
  if (name === 'confusion.getActualTotal') return classes.map((i) => matrix?.getActualTotal(i));
  if (name === 'confusion.getPredictedTotal') return classes.map((i) => matrix?.getPredictedTotal(i));
  const [, method, list] = /^(\w+)\((.*)\)$/.exec(name) as RegExpExecArray;
  const args = list === '' ? [] : (list as string).split(',');
  const call = (index: number): unknown => {
    const values = args.map((arg) => (arg === 'i' ? index : Number.isNaN(Number(arg)) ? arg : Number(arg)));
    return (evaluation as unknown as Record<string, (...v: unknown[]) => unknown>)[method as string]?.(...values);
  };
  return args.includes('i') ? classes.map(call) : call(0);
}

function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    if ('recordMetaData' in value) {
      const { actualClass, predictedClass, recordMetaData } = value as Record<string, unknown>;
      return { actual: actualClass, predicted: predictedClass, metaData: recordMetaData };
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  }
  return value;
}

function expectSame(actual: unknown, expected: unknown, name: string): void {
  if (typeof expected === 'number') {
    expect(Math.abs((actual as number) - expected), `${name}: ${actual} instead of ${expected}`).toBeLessThanOrEqual(
      1e-12,
    );
  } else if (Array.isArray(expected)) {
    expect((actual as unknown[]).length, name).toBe(expected.length);
    for (const [index, each] of expected.entries()) expectSame((actual as unknown[])[index], each, `${name}[${index}]`);
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, each] of Object.entries(expected)) {
      if (key !== 'toString') expectSame((actual as Record<string, unknown>)[key], each, `${name}.${key}`);
    }
  } else expect(actual, name).toEqual(expected);
}

function isThrow(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'throws');
}

/** M2.1 lists predictions in the order of a hash map. */
function byMetaData(predictions: unknown): unknown {
  if (!Array.isArray(predictions)) return predictions;
  return [...predictions].sort((a, b) => String(a.metaData).localeCompare(String(b.metaData)));
}

/** M2.1 sizes the columns of the matrix one too narrow when the largest count is 10, 100, …: here they are wide enough. */
function alignsDifferently(golden: Case): boolean {
  const counts = (golden.results?.['confusion[actual][predicted]'] as number[][] | null)?.flat() ?? [];
  return /^10+$/.test(String(Math.max(0, ...counts)));
}

function check(golden: Case, name: string): void {
  const run = (): Evaluation => apply(construct(golden.construct), golden.calls);
  if (golden.throws) {
    const words = golden.throws.message.split(/[:.] /)[0] as string;
    expect(run).toThrow(words);
    return;
  }
  const evaluation = run();
  for (const [key, expected] of Object.entries(golden.results ?? {})) {
    if (differenceOf('evaluation', `${name}/${key}`)) continue;
    if (isThrow(expected) || (Array.isArray(expected) && expected.length > 0 && expected.every(isThrow)))
      expect(() => getter(evaluation, key), key).toThrow();
    else if (key.startsWith('getPrediction'))
      expectSame(byMetaData(plain(getter(evaluation, key))), byMetaData(expected), key);
    else expectSame(plain(getter(evaluation, key)), expected, key);
  }
  for (const [key, text] of Object.entries(texts)) {
    if (!(key in golden) || isThrow(golden[key]) || differenceOf('evaluation', `${name}/${key}`)) continue;
    const shown = alignsDifferently(golden) ? (each: unknown): string => String(each).replace(/[ -]/g, '') : String;
    expect(shown(text(evaluation)), key).toBe(shown(golden[key]));
  }
}

describe('evaluation goldens of DL4J', () => {
  for (const file of goldenFiles('evaluation')) {
    const golden = file.read() as Case;
    const reason = differenceOf('evaluation', file.name);
    if (golden.class !== 'Evaluation') test.skip(`${file.name}: ${golden.class} is not built yet`, () => {});
    else if (reason)
      test(`${file.name} differs on purpose: ${reason}`, () => expect(() => check(golden, file.name)).toThrow());
    else test(`${file.name} gives DL4J's counts, metrics and texts`, () => check(golden, file.name));
  }
});
