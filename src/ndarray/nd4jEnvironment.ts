// Settings and services of Nd4j: default types, the backend, workspaces, memory.

import { type DataType, dataTypeInfo } from '../core/dataType.ts';
import { describeValue, ND4JIllegalArgumentException } from '../core/errors.ts';
import type { Order } from '../core/geometry.ts';
import { type MemoryManager, memoryManager } from '../memory/memoryManager.ts';
import { type MemoryWorkspaceManager, workspaceManager } from '../memory/workspaceManager.ts';
import { type BackendInfo, backendInfo, init } from '../ops/backend.ts';
import { EPS_THRESHOLD } from './conditions.ts';
import { defaultTypes } from './defaultTypes.ts';

/** Types of new arrays: `any` for all factories, `floating` where the type must be floating. @throws {ND4JIllegalArgumentException} when that is none. */
function setDefaultDataTypes(any: DataType, floating: DataType): void {
  const anyInfo = dataTypeInfo(any);
  const floatingInfo = dataTypeInfo(floating);
  if (!floatingInfo.isFloating) {
    throw new ND4JIllegalArgumentException(
      `Invalid default floating point type ${describeValue(floating)}: needed is FLOAT, DOUBLE, HALF or BFLOAT16`,
    );
  }
  defaultTypes.any = anyInfo;
  defaultTypes.floating = floatingInfo;
}

/** The family of settings of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jEnvironment = {
  /** Largest difference that counts as equal where nothing else is asked for. */
  EPS_THRESHOLD,

  /** Options of the runtime, before its first use: a module of one's own, the size of memory, determinism. @throws {ND4JIllegalStateException} when it has started. */
  init,

  /** Which build of the kernels runs, why, and how large its memory is. Starts the runtime. */
  backendInfo: (): BackendInfo => backendInfo(),

  /** The type that factories give. */
  dataType: (): DataType => defaultTypes.any.name,

  /** The type of results and factories that must be floating. */
  defaultFloatingPointType: (): DataType => defaultTypes.floating.name,

  setDefaultDataTypes,

  /** `setDefaultDataTypes` with one type for both. */
  setDataType: (type: DataType): void => setDefaultDataTypes(type, type),

  /** Bytes of one element. */
  sizeOfDataType: (type: DataType = defaultTypes.any.name): number => dataTypeInfo(type).width,

  /** The order of new arrays: always 'c'. */
  order: (): Order => 'c',

  /** The workspaces of this realm. */
  getWorkspaceManager: (): MemoryWorkspaceManager => workspaceManager,

  /** The memory of this realm: the current workspace, garbage collection, counters. */
  getMemoryManager: (): MemoryManager => memoryManager,
} as const;
