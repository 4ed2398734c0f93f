// TensorFlow.js, on its wasm backend (SIMD, one thread) or on its cpu backend: tensors resident, results disposed by hand or by tf.tidy.

import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { Cannot, type Maker, type Makers, type Subject } from '../../harness/subject.ts';
import { TASKS, type TaskName } from '../../tasks/tasks.ts';
import { batchNorm, convolution, pooling } from './convolution.ts';
import { dispatch } from './dispatch.ts';
import { binary, softmax, unary } from './elementwise.ts';
import { lstm } from './lstm.ts';
import { matmul } from './matmul.ts';
import { mlp } from './mlp.ts';
import { permute } from './permute.ts';
import { reduce } from './reduce.ts';
import { updater } from './updater.ts';

const makers: Makers = {
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
};

export const tfjs = (backend: 'wasm' | 'cpu'): Subject => ({
  start: async ({ files }) => {
    if (backend === 'wasm') {
      setWasmPaths(files ? `${files}/@tensorflow/tfjs-backend-wasm/dist/` : await localFiles());
      setThreadsCount(1);
    }
    await tf.setBackend(backend);
    await tf.ready();
    if (backend === 'cpu') return { mode: 'plain JavaScript' };
    return { simd: String(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')), threads: '1' };
  },
  makers: backend === 'cpu' ? leavingOutSlow(makers) : makers,
});

/** The folder of the backend's .wasm files in Node. */
async function localFiles(): Promise<string> {
  const { createRequire } = await import('node:module');
  const { dirname } = await import('node:path');
  return `${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`;
}

/** The cpu backend takes seconds above this. */
const MOST_OPERATIONS = 100e6;

function leavingOutSlow(all: Makers): Makers {
  const limited = Object.entries(all).map(([name, maker]): [string, Maker<TaskName>] => [
    name,
    (parameters, inputs, variant) => {
      if (TASKS[name as TaskName].work(parameters as never).flop > MOST_OPERATIONS) {
        throw new Cannot('left out: a call takes seconds');
      }
      return (maker as Maker<TaskName>)(parameters, inputs, variant);
    },
  ]);
  return Object.fromEntries(limited) as Makers;
}
