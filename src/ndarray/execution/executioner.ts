// The executioner: runs operations that know themselves how, and holds the settings of the profiler.

import { describeValue } from '../../core/errors.ts';
import { print } from '../../core/platform.ts';
import { memoryManager } from '../../memory/memoryManager.ts';
import { backendInfo } from '../../ops/backend.ts';
import type { NativeRandom } from '../../ops/random.ts';
import type { INDArray } from '../ndarray.ts';
import { ProfilingMode, profiler, verified, watch } from './profiler.ts';
import type { ProfilerConfig } from './profilerConfig.ts';

/** What can be executed: an operation with one result. @see org.nd4j.linalg.api.ops.Op */
export interface Op {
  opName(): string;
  /** Computes the result, into z when there is one; random numbers come from the generator given, or that of the realm. */
  execute(random?: NativeRandom): INDArray;
}

/** An operation with any number of results. @see org.nd4j.linalg.api.ops.CustomOp */
export interface CustomOp {
  opName(): string;
  /** Computes the results, into the outputs that were given. */
  execute(): INDArray[];
}

let mode: ProfilingMode = ProfilingMode.SCOPE_PANIC;
let lastOp = 'UNKNOWN';

/** @throws {TypeError} when it is no operation. */
function execute(op: Op | CustomOp, random?: NativeRandom): INDArray | INDArray[] {
  if (typeof (op as Op | null)?.execute !== 'function') {
    throw new TypeError(`Cannot exec ${describeValue(op)}: needed is an operation of ndarena/ops`);
  }
  lastOp = op.opName();
  const result = op.execute(random);
  for (const each of Array.isArray(result) ? result : [result]) verified(lastOp, each);
  return result;
}

/** Runs an operation. @throws {TypeError} when it is none. @throws whatever the operation throws for its arguments. */
function exec(op: Op, random?: NativeRandom): INDArray;
function exec(op: CustomOp): INDArray[];
function exec(op: Op | CustomOp, random?: NativeRandom): INDArray | INDArray[] {
  return execute(op, random);
}

function getEnvironmentInformation(): Readonly<Record<string, string | number>> {
  const { build, memoryBytes, maxMemoryBytes } = backendInfo();
  return {
    backend: 'CPU',
    build,
    'memory.available': maxMemoryBytes,
    'memory.free': maxMemoryBytes - memoryManager.allocatedMemory(),
    'memory.size': memoryBytes,
  };
}

/**
 * Runs operations; what `Nd4j.getExecutioner()` gives. Everything is done when a method returns, so `commit` and `push` have nothing to do.
 * @see org.nd4j.linalg.api.ops.executioner.OpExecutioner
 */
export const executioner = {
  exec,

  /** Runs an operation and gives it back: its result is `op.z()`, or its outputs. */
  execAndReturn<O extends Op | CustomOp>(op: O): O {
    execute(op);
    return op;
  },

  commit: (): void => undefined,
  push: (): void => undefined,
  type: (): 'NATIVE_CPU' => 'NATIVE_CPU',
  /** Name of the operation that `exec` ran last; UNKNOWN before the first. */
  getLastOp: (): string => lastOp,

  isVerbose: (): boolean => profiler.verbose,
  /** Kept, without more effect. */
  enableVerboseMode: (verbose: boolean): void => {
    profiler.verbose = verbose;
  },
  isDebug: (): boolean => profiler.debug,
  /** Kept, without more effect. */
  enableDebugMode: (debug: boolean): void => {
    profiler.debug = debug;
  },

  getProfilingMode: (): ProfilingMode => mode,

  /**
   * NAN_PANIC, INF_PANIC and ANY_PANIC: results with NaN, infinities or either throw ND4JOpProfilerException, whichever way the operation was
   * called. All other modes mean none of it; the check of leaked memory (SCOPE_PANIC) is on in every mode.
   * @throws {TypeError} for another mode.
   */
  setProfilingMode(next: ProfilingMode): void {
    if (!Object.hasOwn(ProfilingMode, next)) {
      throw new TypeError(
        `Cannot setProfilingMode ${describeValue(next)}: needed is one of ${Object.keys(ProfilingMode).join(', ')}`,
      );
    }
    mode = next;
    const both = next === ProfilingMode.ANY_PANIC;
    watch(both || next === ProfilingMode.NAN_PANIC, both || next === ProfilingMode.INF_PANIC);
  },

  /** Takes `checkForNAN` and `checkForINF`; the mode stays. @throws {TypeError} for a builder. */
  setProfilingConfig(config: ProfilerConfig): void {
    if (typeof config?.checkForNAN !== 'boolean' || typeof config.checkForINF !== 'boolean') {
      throw new TypeError(`Cannot setProfilingConfig ${describeValue(config)}: needed is a ProfilerConfig`);
    }
    watch(config.checkForNAN, config.checkForINF);
  },

  getEnvironmentInformation,

  /** Prints `getEnvironmentInformation()`, a line for each entry. */
  printEnvironmentInformation(): void {
    for (const [name, value] of Object.entries(getEnvironmentInformation())) print(`${name}: ${value}`);
  },
} as const;
