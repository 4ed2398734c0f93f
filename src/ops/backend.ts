// The runtime as users see it: how it starts, and what runs.

import { type BackendInfo, type InitOptions, initRuntime, runtime } from '../wasm/runtime.ts';

export type { BackendInfo, InitOptions };

/** Starts the runtime with options. @throws {ND4JIllegalStateException} when it runs already. @throws {RangeError} for impossible ones. */
export function init(options: InitOptions): BackendInfo {
  return initRuntime(options).info();
}

/** What runs; starts it when nothing runs yet. */
export function backendInfo(): BackendInfo {
  return runtime().info();
}
