// What the backend is and can, in the words of ND4J's Environment.

import { UnsupportedOperationException } from '../../core/errors.ts';
import { memoryManager } from '../../memory/memoryManager.ts';
import { backendInfo } from '../../ops/backend.ts';
import { profiler } from './profiler.ts';

/** A setter of what cannot be changed here: it takes the value that holds, and no other. */
function fixed<T>(name: string, value: T, why: string): (given: T) => void {
  return (given) => {
    if (given === value) return;
    throw new UnsupportedOperationException(`Cannot ${name}(${given}): needed is ${value}, because ${why}`);
  };
}

function refused(name: string): (...args: number[]) => never {
  return () => {
    throw new UnsupportedOperationException(
      `Cannot ${name}: memory is limited once, before the first array: Nd4j.init({ maxMemory })`,
    );
  };
}

const ONE_THREAD = 'kernels run on the thread that calls them';
const NO_HELPERS = 'there is no other library that operations could be handed to';

/**
 * Properties of this backend. `verbose` and `debug` are kept and given back; nothing is printed because of them.
 * @see org.nd4j.linalg.factory.Environment
 */
export const nd4jBackendEnvironment = {
  isCPU: (): boolean => true,
  /** No BLAS library is used: version 0.0.0, as ND4J says of an unknown one. */
  blasMajorVersion: (): number => 0,
  blasMinorVersion: (): number => 0,
  blasPatchVersion: (): number => 0,

  isVerbose: (): boolean => profiler.verbose,
  setVerbose: (verbose: boolean): void => {
    profiler.verbose = verbose;
  },
  isDebug: (): boolean => profiler.debug,
  setDebug: (debug: boolean): void => {
    profiler.debug = debug;
  },
  isDebugAndVerbose: (): boolean => profiler.debug && profiler.verbose,

  isProfiling: (): boolean => false,
  /** @throws {UnsupportedOperationException} for true. */
  setProfiling: fixed('setProfiling', false, 'kernels measure nothing: use the profiler of the host'),
  /** False: leaked memory of workspaces is found by the check of every operation instead. */
  isDetectingLeaks: (): boolean => false,
  /** @throws {UnsupportedOperationException} for true. */
  setLeaksDetector: fixed('setLeaksDetector', false, 'use arrays of workspaces, whose leaks every operation detects'),
  helpersAllowed: (): boolean => false,
  /** @throws {UnsupportedOperationException} for true. */
  allowHelpers: fixed('allowHelpers', false, NO_HELPERS),

  maxThreads: (): number => 1,
  /** @throws {UnsupportedOperationException} for more than one. */
  setMaxThreads: fixed('setMaxThreads', 1, ONE_THREAD),
  maxMasterThreads: (): number => 1,
  /** @throws {UnsupportedOperationException} for more than one. */
  setMaxMasterThreads: fixed('setMaxMasterThreads', 1, ONE_THREAD),
  /** Number of tensors above which threads share the work: infinity. */
  tadThreshold: (): number => Number.POSITIVE_INFINITY,
  /** @throws {UnsupportedOperationException} for any finite number. */
  setTadThreshold: fixed('setTadThreshold', Number.POSITIVE_INFINITY, ONE_THREAD),
  /** Number of elements above which threads share the work: infinity. */
  elementwiseThreshold: (): number => Number.POSITIVE_INFINITY,
  /** @throws {UnsupportedOperationException} for any finite number. */
  setElementwiseThreshold: fixed('setElementwiseThreshold', Number.POSITIVE_INFINITY, ONE_THREAD),

  setMaxPrimaryMemory: refused('setMaxPrimaryMemory'),
  setMaxSpecialMemory: refused('setMaxSpecialMemory'),
  setMaxDeviceMemory: refused('setMaxDeviceMemory'),
  setGroupLimit: refused('setGroupLimit'),
  setDeviceLimit: refused('setDeviceLimit'),
  /** Largest size of the memory, in bytes, whatever the group. */
  getGroupLimit: (_group: number): number => backendInfo().maxMemoryBytes,
  /** Largest size of the memory, in bytes, whatever the device. */
  getDeviceLimit: (_device: number): number => backendInfo().maxMemoryBytes,
  /** Bytes in use, whatever the device. The name is ND4J's. */
  getDeviceCouner: (_device: number): number => memoryManager.allocatedMemory(),
} as const;
