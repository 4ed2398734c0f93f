// One step of each updater on a million parameters.

import { type Case, row, type TimedSuite } from '../harness/suite.ts';
import type { UpdaterName } from '../tasks/updater.ts';

const step = (updater: UpdaterName): Case =>
  row({
    name: `${updater}, 1 M`,
    task: 'updater',
    parameters: { updater, length: 1_000_000 },
    measure: 'GB/s',
    asked: [{ measure: '% of copy', atLeast: 80 }],
  });

export const updaters: TimedSuite = {
  name: 'updaters',
  title: 'Updaters',
  cases: (['sgd', 'nesterovs', 'adam', 'amsGrad', 'rmsProp', 'adaGrad', 'adaDelta'] as const).map(step),
};
