import * as tf from '@tensorflow/tfjs';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { RATES, type UpdaterName } from '../../tasks/updater.ts';

const { rate, momentum, beta1, beta2, decay, epsilon } = RATES;

/** Its adaDelta divides by the accumulator of the step before, which is another method. */
const OPTIMIZERS: Readonly<Partial<Record<UpdaterName, () => tf.Optimizer>>> = {
  sgd: () => tf.train.sgd(rate),
  nesterovs: () => tf.train.momentum(rate, momentum, true),
  adam: () => tf.train.adam(rate, beta1, beta2, epsilon),
  rmsProp: () => tf.train.rmsprop(rate, decay, 0, epsilon),
  adaGrad: () => tf.train.adagrad(rate, epsilon),
};

export const updater: Maker<'updater'> = ({ updater: name }, inputs) => {
  const make = OPTIMIZERS[name];
  if (make === undefined) throw new Cannot(`tfjs has no ${name}`);
  const gradient = tf.tensor1d(inputs.gradient as Float32Array);
  const start = (): { variable: tf.Variable; step(): void; dispose(): void } => {
    const variable = tf.variable(tf.tensor1d(inputs.parameters as Float32Array));
    const optimizer = make();
    return {
      variable,
      step: () => optimizer.applyGradients({ [variable.name]: gradient }),
      dispose: () => {
        variable.dispose();
        optimizer.dispose();
      },
    };
  };
  const own = start();
  return {
    run: own.step,
    result: () => {
      const fresh = start();
      fresh.step();
      const values = fresh.variable.dataSync();
      fresh.dispose();
      return values;
    },
    dispose: () => {
      own.dispose();
      gradient.dispose();
    },
  };
};
