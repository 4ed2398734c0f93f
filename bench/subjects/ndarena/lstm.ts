import { type INDArray, Nd4j } from 'ndarena';
import type { Maker } from '../../harness/subject.ts';
import { firstOf, operation } from './namespaces.ts';
import { inWorkspace } from './workspace.ts';

const CONFIG = {
  lstmdataformat: 'TNS',
  directionMode: 'FWD',
  gateAct: 'SIGMOID',
  cellAct: 'TANH',
  outAct: 'TANH',
  retFullSequence: true,
  retLastC: false,
  retLastH: false,
  cellClip: 0,
} as const;

export const lstm: Maker<'lstm'> = ({ pass, time, batch, features, units }, inputs) => {
  const call = operation('rnn', pass === 'forward' ? 'lstmLayer' : 'lstmLayerBp');
  const make = (name: string, ...shape: number[]): INDArray => Nd4j.create(inputs[name] as Float32Array, shape);
  const x = make('x', time, batch, features);
  const weights = make('w', features, 4 * units);
  const rWeights = make('r', units, 4 * units);
  const bias = make('b', 4 * units);
  const parameters = { weights, rWeights, bias };
  const operands = [x, weights, rWeights, bias];
  if (pass === 'forward') return inWorkspace(() => firstOf(call(x, parameters, CONFIG)), operands);
  const g = make('g', time, batch, units);
  return inWorkspace(() => firstOf(call(x, null, null, null, parameters, CONFIG, [g])), [...operands, g]);
};
