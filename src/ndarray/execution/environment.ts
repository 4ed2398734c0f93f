// What the backend is and can, in the words of ND4J's Environment.

import { UnsupportedOperationException } from '../../core/errors.ts';
import { memoryManager } from '../../memory/memoryManager.ts';
import { backendInfo } from '../../ops/backend.ts';
import { profiler } from './profiler.ts';

/** A setter of what cannot be changed here: it takes the value that holds, and no other. */
function fixed<T>(name: string, value: T): (given: T) => void {
  return (given) => {
    if (given !== value) {
      throw new UnsupportedOperationException(`Cannot ${name}(${given}): this backend has only ${value}`);
    }
  };
}

const no = (): boolean => false;
const zero = (): number => 0;
const one = (): number => 1;
const largest = (_index: number): number => backendInfo().maxMemoryBytes;

/**
 * Properties of this backend. `verbose` and `debug` are kept and given back; nothing is printed because of them.
 * @see org.nd4j.linalg.factory.Environment
 */
export const nd4jBackendEnvironment = {
  isCPU: (): boolean => true,
  /** No BLAS library is used: version 0.0.0, as ND4J says of an unknown one. */
  blasMajorVersion: zero,
  blasMinorVersion: zero,
  blasPatchVersion: zero,

  isVerbose: (): boolean => profiler.verbose,
  setVerbose: (verbose: boolean): void => {
    profiler.verbose = verbose;
  },
  isDebug: (): boolean => profiler.debug,
  setDebug: (debug: boolean): void => {
    profiler.debug = debug;
  },
  isDebugAndVerbose: (): boolean => profiler.debug && profiler.verbose,

  isProfiling: no,
  /** @throws {UnsupportedOperationException} for true. */
  setProfiling: fixed('setProfiling', false),
  /** False: leaked memory of workspaces is found by the check of every operation instead. */
  isDetectingLeaks: no,
  /** @throws {UnsupportedOperationException} for true. */
  setLeaksDetector: fixed('setLeaksDetector', false),
  helpersAllowed: no,
  /** @throws {UnsupportedOperationException} for true. */
  allowHelpers: fixed('allowHelpers', false),

  maxThreads: one,
  /** @throws {UnsupportedOperationException} for more than one. */
  setMaxThreads: fixed('setMaxThreads', 1),
  maxMasterThreads: one,
  /** @throws {UnsupportedOperationException} for more than one. */
  setMaxMasterThreads: fixed('setMaxMasterThreads', 1),
  /** Largest size of the memory, in bytes, whatever the group. */
  getGroupLimit: largest,
  /** Largest size of the memory, in bytes, whatever the device. */
  getDeviceLimit: largest,
  /** Bytes in use, whatever the device. The name is ND4J's. */
  getDeviceCouner: (_device: number): number => memoryManager.allocatedMemory(),
} as const;
