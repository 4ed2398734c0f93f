// Pooling and batch normalization: bound by memory.

import { type Asked, type Case, row, type TimedSuite } from '../harness/suite.ts';
import type { BatchNormParameters } from '../tasks/batchNorm.ts';
import type { PoolingParameters } from '../tasks/pooling.ts';

const BOUND: readonly Asked[] = [{ measure: '% of bound', atLeast: 60 }];

const pool = (kind: PoolingParameters['kind'], pass: PoolingParameters['pass']): Case =>
  row({
    name: `${kind} pooling 2×2 of 8×64×56×56, ${pass}`,
    task: 'pooling',
    parameters: { kind, pass, batch: 8, channels: 64, size: 56, window: 2 },
    measure: 'GB/s',
    asked: BOUND,
  });
const normalize = (pass: BatchNormParameters['pass']): Case =>
  row({
    name: `batch normalization of 8×64×56×56, ${pass}`,
    task: 'batchNorm',
    parameters: { pass, batch: 8, channels: 64, plane: 56 * 56 },
    measure: 'GB/s',
    asked: BOUND,
  });

export const pooling: TimedSuite = {
  name: 'pooling',
  title: 'Pooling and batch normalization',
  cases: [
    pool('max', 'forward'),
    pool('max', 'backward'),
    pool('average', 'forward'),
    pool('average', 'backward'),
    normalize('forward'),
    normalize('backward'),
  ],
};
