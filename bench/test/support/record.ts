// A small recorded run.

import type { CaseRecord, Entry, RunRecord } from '../../report/record.ts';

export const entry = (subject: string, best: number): Entry => ({
  subject,
  best,
  median: best * 1.1,
  spread: 0.2,
  quiet: 3,
  samples: 9,
});

/** 1000 operations on 400 bytes: peak 10 GFLOP/s, copy 20 ns. */
export const product: CaseRecord = {
  name: 'mmul <10>',
  measure: 'GFLOP/s',
  work: { flop: 1000, bytes: 400, type: 'float', elements: 100 },
  asked: [
    { measure: 'GFLOP/s', atLeast: 5, build: 'simd' },
    { measure: 'GFLOP/s', atLeast: 9, build: 'relaxed' },
    { measure: '× best peer', atLeast: 1.5 },
  ],
  entries: [
    entry('machine: peak', 0.1),
    entry('machine: copy', 20),
    entry('ndarena', 200),
    entry('ndarena (relaxed)', 125),
    entry('tfjs-wasm', 400),
    { subject: 'jax-js', failure: { kind: 'cannot', message: 'has no <such> operation' } },
  ],
};

export const plain: CaseRecord = {
  name: 'add',
  measure: 'ns/element',
  work: { flop: 0, bytes: 400, type: 'float', elements: 100 },
  entries: [entry('machine: peak', 0.1), entry('machine: copy', 20), entry('ndarena', 25)],
};

export const broadcast: CaseRecord = {
  ...plain,
  name: 'add of a row',
  plain: 'add',
  asked: [{ measure: '× plain', atMost: 1.2 }],
  entries: [entry('machine: peak', 0.1), entry('machine: copy', 20), entry('ndarena', 35)],
};

export const run = (overrides: Partial<RunRecord> = {}): RunRecord => ({
  date: '2026-01-02T03:04:05.000Z',
  commit: 'abc1234',
  isDirty: false,
  pace: 'quick',
  engine: 'Node v20.0.0',
  machine: { cpu: 'A CPU', cores: 2, system: 'Linux 6', load: 0.5 },
  subjects: { 'tfjs-wasm': { '@tensorflow/tfjs': '4.22.0', threads: '1' } },
  suites: [{ name: 'gemm', title: 'Matrix products', cases: [product, plain, broadcast] }],
  ...overrides,
});
