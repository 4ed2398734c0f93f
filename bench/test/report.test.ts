import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reportOf } from '../report/html.ts';
import { latestSuites } from '../report/latest.ts';
import { addRun, readRuns } from '../report/results.ts';
import { runAsText } from '../report/table.ts';
import { run } from './support/record.ts';

describe('reportOf()', () => {
  const html = reportOf([run()]);

  test('is one file: no script, no reference to anything outside', () => {
    expect(html).not.toMatch(/<script|<link|<img|src=|href="http|url\(/);
    expect(html.startsWith('<!doctype html>')).toBe(true);
  });

  test('has a bar chart for each measure, and a roofline', () => {
    expect(html.match(/<svg/g)).toHaveLength(3);
    expect(html).toContain('operations per byte');
  });

  test('shows what a peer cannot do in its own words, escaped', () => {
    expect(html).toContain('cannot: has no &lt;such&gt; operation');
    expect(html).not.toContain('<such>');
  });

  test('says which targets are reached', () => {
    expect(html).toContain('Targets: 3 of 5 reached');
  });

  test('names commit, machine, engine and versions', () => {
    for (const word of ['abc1234', 'A CPU', 'Node v20.0.0', '@tensorflow/tfjs 4.22.0']) expect(html).toContain(word);
  });

  test('refuses to show nothing', () => {
    expect(() => reportOf([])).toThrow(/no run is recorded/);
  });
});

test('latestSuites() takes the newest record of each engine and suite', () => {
  const suites = run().suites;
  const mlp = [{ name: 'mlp', title: 'MLP', cases: [] }];
  const old = run({ commit: 'old', suites: [...suites, ...mlp] });
  const latest = run({ commit: 'new', engine: 'Node v22.0.0' });
  const page = run({ commit: 'page', engine: 'Chromium 141' });
  const found = [...latestSuites([old, latest, page])].map(([family, each]) => [
    family,
    each.map(({ run: { commit }, suite }) => `${suite.name} ${commit}`),
  ]);
  expect(found).toEqual([
    ['Node', ['gemm new', 'mlp old']],
    ['Chromium', ['gemm page']],
  ]);
});

describe('the table of the terminal', () => {
  const text = runAsText(run());

  test('has a line for each subject, with its figure or its refusal', () => {
    expect(text).toMatch(/ndarena +│ 5 GFLOP\/s/);
    expect(text).toMatch(/jax-js +│ cannot: has no <such> operation/);
  });

  test('shows the machine in units of its own', () => {
    expect(text).toMatch(/machine: peak +│ 10 GFLOP\/s/);
    expect(text).toMatch(/machine: copy +│ 20 GB\/s/);
  });

  test('shows quiet samples, ratios and targets', () => {
    expect(text).toContain('3/9');
    expect(text).toMatch(/tfjs-wasm .*│ 2 +│ 3\/9/);
    expect(text).toContain('≥ 5 GFLOP/s (simd): reached (5)');
  });
});

describe('the file of runs', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bench-results-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('gains one line a run and keeps the others', () => {
    const file = join(folder, 'runs.jsonl');
    addRun(file, run({ commit: 'first' }));
    addRun(file, run({ commit: 'second' }));
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(readRuns(file).map(({ commit }) => commit)).toEqual(['first', 'second']);
    expect(readdirSync(folder)).toEqual(['runs.jsonl']);
  });

  test('is empty when it does not exist, and names the line that is no run', () => {
    const file = join(folder, 'runs.jsonl');
    expect(readRuns(file)).toEqual([]);
    writeFileSync(file, `${JSON.stringify(run())}\n{"half`);
    expect(() => readRuns(file)).toThrow(/runs\.jsonl:2/);
  });
});
