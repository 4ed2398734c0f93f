// The backend: this one.

import { backendInfo } from '../../ops/backend.ts';
import { NDArray } from '../ndarray.ts';
import { nd4jBackendEnvironment } from './environment.ts';

/** What computes: WebAssembly in this realm. @see org.nd4j.linalg.factory.Nd4jBackend */
export const nd4jBackend = {
  BACKEND_PRIORITY_CPU: 0,
  BACKEND_PRIORITY_GPU: 100,
  isAvailable: (): boolean => true,
  canRun: (): boolean => true,
  /** False, as ND4J's CPU backend answers; arrays have either order all the same. */
  allowsOrder: (): boolean => false,
  getPriority: (): number => 0,
  getNDArrayClass: (): typeof NDArray => NDArray,
  getEnvironment: (): typeof nd4jBackendEnvironment => nd4jBackendEnvironment,
  /** Which build of the kernels runs and why, in lines of text. Starts the runtime. */
  buildInfo(): string {
    const { build, reason, deterministic } = backendInfo();
    return `Build: ${build} (${reason})\nDeterministic: ${deterministic}\n`;
  },
  toString: (): string => 'ndarena.WasmBackend',
} as const;
