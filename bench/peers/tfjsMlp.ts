// The peer of training/mlp.bench.ts: the same network in tfjs on its wasm backend, one thread. Prints one JSON line.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { measure } from '../harness.ts';
import { BATCH, HIDDEN, INPUTS, OUTPUTS, sampleData } from '../training/mlpData.ts';

const require = createRequire(import.meta.url);
setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
setThreadsCount(1);
await tf.setBackend('wasm');
await tf.ready();

const { features, labels } = sampleData();
const x = tf.tensor2d(features, [BATCH, INPUTS]);
const y = tf.tensor2d(labels, [BATCH, OUTPUTS]);
const w0 = tf.variable(tf.randomNormal([INPUTS, HIDDEN], 0, Math.sqrt(2 / (INPUTS + HIDDEN))));
const b0 = tf.variable(tf.zeros([HIDDEN]));
const w1 = tf.variable(tf.randomNormal([HIDDEN, OUTPUTS], 0, Math.sqrt(2 / (HIDDEN + OUTPUTS))));
const b1 = tf.variable(tf.zeros([OUTPUTS]));
const adam = tf.train.adam(1e-3);
const loss = (): tf.Scalar =>
  tf.losses.softmaxCrossEntropy(
    y,
    tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x, w0 as tf.Tensor2D), b0)) as tf.Tensor2D, w1 as tf.Tensor2D), b1),
  ) as tf.Scalar;
const step = (): void => {
  adam.minimize(loss, false);
};

const before = (loss().dataSync() as Float32Array)[0] as number;
for (let i = 0; i < 20; i++) step();
const after = (loss().dataSync() as Float32Array)[0] as number;
if (!(after < before)) throw new Error(`tfjs does not learn: loss ${before} → ${after}`);
console.log(JSON.stringify(measure('tfjs-wasm 4.22', 'mlp', step, { calls: 1, unit: 'ms', sampleMs: 4000 })));
