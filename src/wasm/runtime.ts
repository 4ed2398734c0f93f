// Chooses a build, instantiates it, and holds the one runtime of this realm (the main thread or one worker).

import { instantiateSync } from '@assemblyscript/loader';
import { unzlibSync } from 'fflate';
import { describeValue, ND4JIllegalArgumentException, ND4JIllegalStateException } from '../core/errors.ts';
import { fetchBytes, hostInflate } from '../core/platform.ts';
import { applyDelta } from './delta.ts';
import { relaxedBytes, relaxedDelta, simd } from './embedded.ts';
import { probeFeatures } from './features.ts';
import type { Kernels } from './kernels.ts';
import { LinearMemory } from './memory.ts';

/** Options of `Nd4j.init`; all optional, effective only before the first use of an array. */
export interface InitOptions {
  /** A compiled module to use instead of the embedded bytes, for hosts that forbid compiling bytes. */
  module?: WebAssembly.Module;
  /** Bytes of a build to use instead of the embedded ones. */
  bytes?: BufferSource;
  /** Where to fetch a build from (`ndarena/simd.wasm`, `ndarena/relaxed.wasm`); `init` then returns a promise. */
  url?: string | URL;
  /** Largest size of linear memory in bytes, at most 4 GiB; rounded down to whole pages of 64 KiB. */
  maxMemory?: number;
  /** Pins the plain SIMD build, whose results are bit-equal on every engine. */
  deterministic?: boolean;
}

/** Which build runs, and why. */
export interface BackendInfo {
  readonly build: 'simd' | 'relaxed' | 'supplied';
  readonly reason: string;
  readonly deterministic: boolean;
  readonly maxMemoryBytes: number;
  readonly memoryBytes: number;
}

const PAGE_BYTES = 65536;
const MAX_PAGES = 65536;

export class Runtime {
  readonly memory: LinearMemory;
  readonly kernels: Kernels;

  constructor(
    readonly build: BackendInfo['build'],
    readonly reason: string,
    readonly deterministic: boolean,
    readonly maxMemoryBytes: number,
    source: WebAssembly.Module | BufferSource,
  ) {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: maxMemoryBytes / PAGE_BYTES });
    this.memory = new LinearMemory(memory);
    const { instance } = instantiateSync<Record<string, unknown>>(source as WebAssembly.Module, { env: { memory } });
    if (typeof instance.exports.heapAllocate !== 'function') {
      throw new ND4JIllegalArgumentException(
        'Cannot init with this module: it is no build of ndarena (no heapAllocate among its exports); take simd.wasm or relaxed.wasm of this very version',
      );
    }
    // The functions themselves: the loader's own exports wrap each in a closure that costs more than a small kernel.
    this.kernels = { ...instance.exports } as unknown as Kernels;
  }

  info(): BackendInfo {
    const { build, reason, deterministic, maxMemoryBytes } = this;
    return { build, reason, deterministic, maxMemoryBytes, memoryBytes: this.memory.byteLength };
  }
}

let current: Runtime | undefined;
let options: InitOptions = {};

/** The runtime of this realm, started on first use. @throws {ND4JIllegalStateException} on an engine without WebAssembly SIMD. */
export function runtime(): Runtime {
  return current ?? start();
}

function start(): Runtime {
  current = createRuntime(options);
  return current;
}

/** Sets the options of the runtime and starts it. @throws {ND4JIllegalStateException} when it runs already. */
export function initRuntime(given: InitOptions): Runtime {
  if (current !== undefined) {
    throw new ND4JIllegalStateException(
      'Cannot init: the runtime has started already, by an earlier init or with the first array or workspace; call Nd4j.init once, before all else',
    );
  }
  current = createRuntime(given);
  options = given;
  return current;
}

const OPTION_NAMES = ['module', 'bytes', 'url', 'maxMemory', 'deterministic'];

/** @throws {TypeError} for an option that does not exist. */
function checkOptions(given: InitOptions): void {
  const unknown = Object.keys(given).find((name) => !OPTION_NAMES.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`Unknown option ${describeValue(unknown)} of init: known are ${OPTION_NAMES.join(', ')}`);
  }
}

/** Fetches the build and starts with it. @throws {ND4JIllegalStateException} when it cannot be fetched, or something runs already. */
export async function initRuntimeFromUrl(given: InitOptions & { url: string | URL }): Promise<Runtime> {
  const { url, ...rest } = given;
  checkOptions(rest);
  const bytes = await fetchBytes(url);
  return initRuntime({ ...rest, bytes });
}

function createRuntime(given: InitOptions): Runtime {
  checkOptions(given);
  const maxMemory = checkMaxMemory(given.maxMemory);
  const deterministic = given.deterministic === true;
  const supplied = given.module ?? given.bytes;
  if (supplied !== undefined) {
    return new Runtime('supplied', 'the module was supplied to Nd4j.init', deterministic, maxMemory, supplied);
  }
  const features = probeFeatures();
  if (!features.simd) {
    throw new ND4JIllegalStateException(
      'This engine has no WebAssembly SIMD (or forbids WebAssembly), which ndarena needs: use Node 20 or later, Chrome 91, Firefox 89, Safari 16.4 or later',
    );
  }
  if (features.relaxedSimd && !deterministic) {
    return new Runtime(
      'relaxed',
      'the engine has relaxed SIMD',
      false,
      maxMemory,
      applyDelta(decode(simd), decode(relaxedDelta), relaxedBytes),
    );
  }
  const reason = deterministic ? 'deterministic: true pins plain SIMD' : 'the engine has no relaxed SIMD';
  return new Runtime('simd', reason, deterministic, maxMemory, decode(simd));
}

function checkMaxMemory(bytes: number | undefined): number {
  if (bytes === undefined) return MAX_PAGES * PAGE_BYTES;
  const pages = Math.floor(bytes / PAGE_BYTES);
  if (!(pages >= 16 && pages <= MAX_PAGES)) {
    throw new RangeError(
      `Invalid maxMemory ${describeValue(bytes)}: needed are bytes from 1 MiB (1048576) to 4 GiB (4294967296)`,
    );
  }
  return pages * PAGE_BYTES;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const packed = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i);
  return (hostInflate() ?? unzlibSync)(packed) as Uint8Array<ArrayBuffer>;
}
