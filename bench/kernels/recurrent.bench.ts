// LSTM: one step, where the weights are read for a small batch, and a sequence.

import { type Case, row, type TimedSuite } from '../harness/suite.ts';
import type { LstmParameters } from '../tasks/lstm.ts';

const lstm = (name: string, pass: LstmParameters['pass'], time: number): Case =>
  row({
    name: `${name}, ${pass}`,
    task: 'lstm',
    parameters: { pass, time, batch: 32, features: 200, units: 200 },
    measure: 'GFLOP/s',
    asked: [{ measure: '% of bound', atLeast: 60 }],
  });

export const recurrent: TimedSuite = {
  name: 'recurrent',
  title: 'LSTM, batch 32, 200 features, 200 units',
  cases: [
    lstm('one step', 'forward', 1),
    lstm('one step', 'backward', 1),
    lstm('20 steps', 'forward', 20),
    lstm('20 steps', 'backward', 20),
  ],
};
