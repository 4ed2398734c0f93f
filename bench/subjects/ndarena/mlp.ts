import { DataSet, type MultiLayerNetwork, Nd4j } from 'ndarena';
import type { Maker } from '../../harness/subject.ts';
import { CHECKED_STEPS, HIDDEN, INPUTS, OUTPUTS } from '../../tasks/mlp.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import { network } from '../../training/network.ts';
import { toNumbers } from './workspace.ts';

/** A network with the parameters of the task. */
function prepared(inputs: Inputs): MultiLayerNetwork {
  const net = network();
  const set = (key: string, name: string, shape: number[]): void => {
    net.getParam(key).assign(Nd4j.create(inputs[name] as Float32Array, shape));
  };
  set('0_W', 'w0', [INPUTS, HIDDEN]);
  set('0_b', 'b0', [1, HIDDEN]);
  set('1_W', 'w1', [HIDDEN, OUTPUTS]);
  set('1_b', 'b1', [1, OUTPUTS]);
  return net;
}

export const mlp: Maker<'mlp'> = ({ operation, batch }, inputs) => {
  const x = Nd4j.create(inputs.features as Float32Array, [batch, INPUTS]);
  const y = Nd4j.create(inputs.labels as Float32Array, [batch, OUTPUTS]);
  const net = prepared(inputs);
  if (operation === 'output') {
    return { run: () => net.output(x).close(), result: () => toNumbers(net.output(x)) };
  }
  return {
    run: () => net.fit(x, y),
    result: () => {
      const fresh = prepared(inputs);
      return Array.from({ length: CHECKED_STEPS }, () => {
        const loss = fresh.score(new DataSet(x, y));
        fresh.fit(x, y);
        return loss;
      });
    },
  };
};
