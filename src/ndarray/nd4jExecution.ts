// Nd4j's doors to what executes operations: backend, devices, factory, executioner.

import type { DataType } from '../core/dataType.ts';
import type { Order } from '../core/geometry.ts';
import { defaultTypes } from './defaultTypes.ts';
import { affinityManager } from './execution/affinityManager.ts';
import { nd4jBackendEnvironment } from './execution/environment.ts';
import { executioner } from './execution/executioner.ts';
import { nd4jBackend } from './execution/nd4jBackend.ts';
import { nd4jCombine } from './nd4jCombine.ts';
import { nd4jCreation } from './nd4jCreation.ts';
import { nd4jRandom } from './nd4jRandom.ts';
import { nd4jShape } from './nd4jShape.ts';
import type { INDArray } from './ndarray.ts';

/** Makes arrays: Nd4j's own functions under one more name. @see org.nd4j.linalg.factory.NDArrayFactory */
const ndArrayFactory = {
  ...nd4jCreation,
  ...nd4jCombine,
  ...nd4jShape,
  ...nd4jRandom,
  /** The order of new arrays: always 'c'. */
  order: (): Order => 'c',
  /** The type of new arrays. */
  dtype: (): DataType => defaultTypes.any.name,
  /** target = source. */
  copy: (source: INDArray, target: INDArray): void => {
    target.assign(source);
  },
} as const;

/** The family of execution of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jExecution = {
  getAffinityManager: (): typeof affinityManager => affinityManager,
  /** What the backend is and can. */
  getEnvironment: (): typeof nd4jBackendEnvironment => nd4jBackendEnvironment,
  getBackend: (): typeof nd4jBackend => nd4jBackend,
  getNDArrayFactory: (): typeof ndArrayFactory => ndArrayFactory,
  /** @see getNDArrayFactory */
  factory: (): typeof ndArrayFactory => ndArrayFactory,
  getExecutioner: (): typeof executioner => executioner,
  /** Runs an operation: one array for an `Op`, a list for a `CustomOp`. @see OpExecutioner.exec */
  exec: executioner.exec,
} as const;
