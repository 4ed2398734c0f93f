// All suites, in the order they run.

import { convolution } from '../kernels/convolution.bench.ts';
import { elementwise } from '../kernels/elementwise.bench.ts';
import { gemm } from '../kernels/gemm.bench.ts';
import { layout } from '../kernels/layout.bench.ts';
import { pooling } from '../kernels/pooling.bench.ts';
import { recurrent } from '../kernels/recurrent.bench.ts';
import { reduce } from '../kernels/reduce.bench.ts';
import { updaters } from '../kernels/updaters.bench.ts';
import { dispatch } from '../ndarray/dispatch.bench.ts';
import { mlp } from '../training/mlp.bench.ts';
import type { Suite } from './suite.ts';

export const SUITES: readonly Suite[] = [
  gemm,
  elementwise,
  reduce,
  layout,
  convolution,
  pooling,
  recurrent,
  updaters,
  dispatch,
  mlp,
  { name: 'steady', title: 'Memory over thousands of steps', script: 'training/steady.bench.ts' },
  { name: 'startup', title: 'Start and size', script: 'startup/startup.bench.ts' },
  { name: 'checks', title: 'The price of the validity checks', script: 'ndarray/checks.bench.ts' },
];
