import * as tf from '@tensorflow/tfjs';
import type { Maker } from '../../harness/subject.ts';
import { CHECKED_STEPS, HIDDEN, INPUTS, OUTPUTS, RATE } from '../../tasks/mlp.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import { disposed } from './disposed.ts';

interface Model {
  readonly variables: readonly [tf.Variable<tf.Rank.R2>, tf.Variable, tf.Variable<tf.Rank.R2>, tf.Variable];
  logits(x: tf.Tensor2D): tf.Tensor2D;
}

function modelOf(inputs: Inputs): Model {
  const matrix = (name: string, rows: number, columns: number) =>
    tf.variable(tf.tensor2d(inputs[name] as Float32Array, [rows, columns]));
  const vector = (name: string) => tf.variable(tf.tensor1d(inputs[name] as Float32Array)) as tf.Variable;
  const variables = [matrix('w0', INPUTS, HIDDEN), vector('b0'), matrix('w1', HIDDEN, OUTPUTS), vector('b1')] as const;
  const [w0, b0, w1, b1] = variables;
  return {
    variables,
    logits: (x) => tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x, w0), b0)) as tf.Tensor2D, w1), b1),
  };
}

/** Training by autodiff and tf.train.adam, as tfjs documents it. */
export const mlp: Maker<'mlp'> = ({ operation, batch }, inputs) => {
  const x = tf.tensor2d(inputs.features as Float32Array, [batch, INPUTS]);
  const y = tf.tensor2d(inputs.labels as Float32Array, [batch, OUTPUTS]);
  const model = modelOf(inputs);
  if (operation === 'output')
    return disposed(() => tf.tidy(() => tf.softmax(model.logits(x))), [x, y, ...model.variables]);
  const lossOf = (each: Model) => (): tf.Scalar => tf.losses.softmaxCrossEntropy(y, each.logits(x));
  const adam = tf.train.adam(RATE);
  const loss = lossOf(model);
  return {
    run: () => adam.minimize(loss, false, [...model.variables]),
    result: () => {
      const fresh = modelOf(inputs);
      const optimizer = tf.train.adam(RATE);
      const losses = Array.from({ length: CHECKED_STEPS }, () => {
        const value = optimizer.minimize(lossOf(fresh), true, [...fresh.variables]) as tf.Scalar;
        return value.dataSync()[0] as number;
      });
      tf.dispose([...fresh.variables]);
      return losses;
    },
    dispose: () => tf.dispose([x, y, ...model.variables]),
  };
};
