// onnxruntime-web on its wasm provider, one thread. Variants: the bare operator, or a whole session.run with its copies in and out.

import * as ort from 'onnxruntime-web';
import type { Maker, Makers, Subject } from '../../harness/subject.ts';
import type { Inputs, TaskName, Tasks } from '../../tasks/tasks.ts';
import { batchNorm, convolution, lstm, pooling } from './convolution.ts';
import { dispatch } from './dispatch.ts';
import { binary, softmax, unary } from './elementwise.ts';
import { matmul } from './matmul.ts';
import { mlp } from './mlp.ts';
import { type OperatorCase, prepareOperator } from './operator.ts';
import { permute } from './permute.ts';
import { reduce } from './reduce.ts';

const operator =
  <T extends TaskName>(describe: (parameters: Tasks[T], inputs: Inputs, variant: string) => OperatorCase): Maker<T> =>
  (parameters, inputs, variant) =>
    prepareOperator(ort, describe(parameters, inputs, variant), variant);

const makers: Makers = {
  matmul: operator(matmul),
  unary: operator(unary),
  softmax: operator(softmax),
  binary: operator(binary),
  reduce: operator(reduce),
  permute: operator(permute),
  convolution: operator(convolution),
  pooling: operator(pooling),
  batchNorm: operator(batchNorm),
  lstm: operator(lstm),
  dispatch: operator(dispatch),
  mlp,
};

export const subject: Subject = {
  start: async ({ files }) => {
    if (files) ort.env.wasm.wasmPaths = `${files}/onnxruntime-web/dist/`;
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    return { threads: '1', graphOptimization: 'disabled' };
  },
  makers,
};
