// jax-js on its wasm backend, each case one function under jit.

import * as jax from '@jax-js/jax';
import type { Subject } from '../../harness/subject.ts';
import { batchNorm, convolution, pooling } from './convolution.ts';
import { dispatch } from './dispatch.ts';
import { binary, softmax, unary } from './elementwise.ts';
import { lstm } from './lstm.ts';
import { matmul } from './matmul.ts';
import { mlp } from './mlp.ts';
import { permute } from './permute.ts';
import { reduce } from './reduce.ts';

export const subject: Subject = {
  start: async () => {
    await jax.init('wasm');
    jax.defaultDevice('wasm');
    return { mode: 'jit' };
  },
  makers: { matmul, unary, softmax, binary, reduce, permute, convolution, pooling, batchNorm, lstm, dispatch, mlp },
};
