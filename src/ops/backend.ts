// The runtime as users see it: how it starts, and what runs.

import { type BackendInfo, type InitOptions, initRuntime, initRuntimeFromUrl, runtime } from '../wasm/runtime.ts';

export type { BackendInfo, InitOptions };

/**
 * Starts the runtime with options; with `url`, after the build has been fetched.
 * @throws {ND4JIllegalStateException} when it runs already. @throws {RangeError | TypeError} for impossible options.
 */
export function init(options: InitOptions & { url: string | URL }): Promise<BackendInfo>;
export function init(options?: Omit<InitOptions, 'url'>): BackendInfo;
export function init(options: InitOptions = {}): BackendInfo | Promise<BackendInfo> {
  const { url } = options;
  if (url !== undefined) return initRuntimeFromUrl({ ...options, url }).then((started) => started.info());
  return initRuntime(options).info();
}

/** What runs; starts it when nothing runs yet. */
export function backendInfo(): BackendInfo {
  return runtime().info();
}
