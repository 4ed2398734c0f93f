// A small network end to end: forward, backward and update of 203,530 parameters, and the latency of one example.

import { row, type TimedSuite } from '../harness/suite.ts';

export const mlp: TimedSuite = {
  name: 'mlp',
  title: 'MLP 784-256-10',
  cases: [
    row({
      name: 'one step of Adam, batch 64',
      task: 'mlp',
      parameters: { operation: 'fit', batch: 64 },
      measure: 'ms',
      asked: [
        { measure: 'ms', atMost: 1.45, build: 'simd' },
        { measure: 'ms', atMost: 1.25, build: 'relaxed' },
      ],
    }),
    row({
      name: 'output of one example',
      task: 'mlp',
      parameters: { operation: 'output', batch: 1 },
      measure: 'µs',
      asked: [{ measure: 'µs', atMost: 40 }],
    }),
    row({ name: 'output of 64 examples', task: 'mlp', parameters: { operation: 'output', batch: 64 }, measure: 'µs' }),
  ],
};
