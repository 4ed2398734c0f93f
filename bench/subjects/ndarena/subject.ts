// The product, through its public API.

import { Nd4j } from 'ndarena';
import { Cannot, type Subject } from '../../harness/subject.ts';
import { batchNorm, convolution, pooling } from './convolution.ts';
import { dispatch } from './dispatch.ts';
import { binary, softmax, unary } from './elementwise.ts';
import { lstm } from './lstm.ts';
import { matmul } from './matmul.ts';
import { mlp } from './mlp.ts';
import { permute } from './permute.ts';
import { reduce } from './reduce.ts';
import { updater } from './updater.ts';

export const subject: Subject = {
  start: async ({ isRelaxed }) => {
    await Nd4j.init({ deterministic: !isRelaxed });
    const { build, reason } = Nd4j.backendInfo();
    if (isRelaxed && build !== 'relaxed') throw new Cannot(`this engine offers no relaxed SIMD: ${reason}`);
    return { build };
  },
  makers: {
    matmul,
    unary,
    softmax,
    binary,
    reduce,
    permute,
    convolution,
    pooling,
    batchNorm,
    lstm,
    updater,
    dispatch,
    mlp,
  },
};
