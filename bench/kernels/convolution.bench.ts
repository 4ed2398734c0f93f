// 2-D convolutions of layers: the body of a residual network, its variations, first layers of few channels.

import { type Asked, type Case, row, type TimedSuite } from '../harness/suite.ts';
import type { ConvolutionParameters } from '../tasks/convolution.ts';

const FORWARD: readonly Asked[] = [
  { measure: 'GFLOP/s', atLeast: 42, build: 'simd' },
  { measure: 'GFLOP/s', atLeast: 48, build: 'relaxed' },
];
const BACKWARD: readonly Asked[] = [{ measure: 'GFLOP/s', atLeast: 38 }];

/** 3×3, 64 channels in and out, 8 images of 56×56. */
const BODY: ConvolutionParameters = {
  pass: 'forward',
  batch: 8,
  channels: 64,
  size: 56,
  filters: 64,
  kernel: 3,
  stride: 1,
  padding: 1,
  dilation: 1,
};

const convolve = (name: string, change: Partial<ConvolutionParameters>, asked: readonly Asked[] = []): Case =>
  row({ name, task: 'convolution', parameters: { ...BODY, ...change }, measure: 'GFLOP/s', asked });

export const convolution: TimedSuite = {
  name: 'convolution',
  title: 'Convolutions (8×64×56×56, 64 filters unless said)',
  cases: [
    convolve('3×3 forward', {}, FORWARD),
    convolve('3×3 backward: input and weights', { pass: 'backward' }, BACKWARD),
    convolve('3×3 backward: input', { pass: 'backwardInput' }, BACKWARD),
    convolve('3×3 backward: weights', { pass: 'backwardWeights' }, BACKWARD),
    convolve('1×1 forward', { kernel: 1, padding: 0 }, FORWARD),
    convolve('1×1 backward: input and weights', { kernel: 1, padding: 0, pass: 'backward' }, BACKWARD),
    convolve('5×5 forward, 28×28', { kernel: 5, padding: 2, size: 28 }, FORWARD),
    convolve('5×5 backward, 28×28', { kernel: 5, padding: 2, size: 28, pass: 'backward' }, BACKWARD),
    convolve('3×3 stride 2 forward', { stride: 2 }, FORWARD),
    convolve('3×3 dilation 2 forward', { dilation: 2, padding: 2 }, FORWARD),
    convolve('5×5 forward of 64×1×28×28, 20 filters', {
      batch: 64,
      channels: 1,
      size: 28,
      filters: 20,
      kernel: 5,
      padding: 0,
    }),
    convolve('7×7 stride 2 forward of 2×3×224×224', {
      batch: 2,
      channels: 3,
      size: 224,
      kernel: 7,
      stride: 2,
      padding: 3,
    }),
  ],
};
