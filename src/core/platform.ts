// The one file that knows Node from the browser: clock, host turns, collection, files.

import { ND4JIllegalStateException } from './errors.ts';

type NodeProcess = {
  getBuiltinModule?: (id: string) => unknown;
  memoryUsage?: () => { rss: number };
  env?: Record<string, string | undefined>;
  emitWarning?: (warning: string, options: { type: string; code: string }) => void;
};
const host = globalThis as {
  process?: NodeProcess;
  gc?: () => void;
  scheduler?: { yield?: () => Promise<void> };
  setImmediate?: (callback: () => void) => unknown;
};

/** Milliseconds of a monotonic clock. */
export function now(): number {
  return performance.now();
}

/** Value of an environment variable; undefined outside Node. */
export function environment(name: string): string | undefined {
  return host.process?.env?.[name];
}

/** Runs the host's garbage collector where it is exposed (`node --expose-gc`). Returns whether it ran. */
export function collectGarbage(): boolean {
  if (typeof host.gc !== 'function') return false;
  host.gc();
  return true;
}

/** A warning to the developer: process warning in Node, console warning in the browser. */
export function warn(code: string, message: string): void {
  if (host.process?.emitWarning !== undefined) host.process.emitWarning(message, { type: 'NdarenaWarning', code });
  else console.warn(`NdarenaWarning [${code}]: ${message}`); // the browser's only channel
}

/** Bytes at an http, data, blob or (in Node) file URL. @throws {ND4JIllegalStateException} saying what the host answered. */
export async function fetchBytes(url: string | URL): Promise<ArrayBuffer> {
  const address = String(url);
  const fs = host.process?.getBuiltinModule?.('node:fs') as
    | { readFileSync(path: URL): Uint8Array<ArrayBuffer> }
    | undefined;
  try {
    if (address.startsWith('file:') && fs !== undefined)
      return new Uint8Array(fs.readFileSync(new URL(address))).buffer;
    const response = await fetch(address);
    if (response.ok) return await response.arrayBuffer();
    throw new Error(`the host answered ${response.status}`);
  } catch (cause) {
    throw new ND4JIllegalStateException(`Cannot fetch ${address}: ${(cause as Error).message}`, { cause });
  }
}

/** The host's own inflate of a zlib stream: one in JavaScript runs unoptimized at start-up. Undefined in a browser. */
export function hostInflate(): ((packed: Uint8Array) => Uint8Array) | undefined {
  const zlib = host.process?.getBuiltinModule?.('node:zlib') as
    | { inflateSync(packed: Uint8Array): Uint8Array }
    | undefined;
  return zlib?.inflateSync;
}

/** Text that the user asked to be printed. */
export function print(text: string): void {
  console.log(text);
}

/** Runs `callback` as soon as the present synchronous code has ended, before anything that awaits. */
export function afterSynchronousCode(callback: () => void): void {
  queueMicrotask(callback);
}

/** Calls `callback` every so many milliseconds until the returned function is called; keeps no process alive. */
export function repeat(milliseconds: number, callback: () => void): () => void {
  const timer: unknown = setInterval(callback, milliseconds);
  (timer as { unref?: () => void }).unref?.();
  return () => clearInterval(timer as number);
}

/** Gives the host one turn: timers, input, painting and finalization callbacks run before the promise resolves. */
export function yieldToHost(): Promise<void> {
  if (host.setImmediate !== undefined) return new Promise((resolve) => host.setImmediate?.(resolve));
  if (host.scheduler?.yield !== undefined) return host.scheduler.yield();
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

/** Synchronous access to files. */
export interface HostFiles {
  /** All bytes of a file. */
  readAll(path: string | URL): Uint8Array;
  /** Puts bytes in the place of a file, made if need be: all of them, or the file stays as it was. */
  replace(path: string | URL, bytes: Uint8Array): void;
  /** Bytes of a file; undefined when it does not exist. */
  size(path: string): number | undefined;
  /** Reads the beginning of a file into `target`. */
  read(path: string, target: Uint8Array): void;
  /** Writes the beginning of a file, made if need be and extended with zeros to `size` bytes; what lies behind stays. */
  write(path: string, source: Uint8Array, size: number): void;
}

type NodeFiles = {
  readFileSync(path: string | URL): Uint8Array;
  writeFileSync(path: string | URL, bytes: Uint8Array): void;
  renameSync(from: string | URL, to: string | URL): void;
  rmSync(path: string | URL, options: { force: true }): void;
  statSync(path: string, options: { throwIfNoEntry: false }): { size: number } | undefined;
  openSync(path: string, flags: string): number;
  readSync(file: number, target: Uint8Array, offset: number, length: number, position: number): number;
  writeSync(file: number, source: Uint8Array, offset: number, length: number, position: number): number;
  ftruncateSync(file: number, size: number): void;
  fstatSync(file: number): { size: number };
  closeSync(file: number): void;
};

/** The host's files; undefined in a browser. */
export function hostFiles(): HostFiles | undefined {
  const fs = host.process?.getBuiltinModule?.('node:fs') as NodeFiles | undefined;
  if (fs === undefined) return undefined;
  const size = (path: string): number | undefined => fs.statSync(path, { throwIfNoEntry: false })?.size;
  const using = (path: string, flags: string, body: (file: number) => void): void => {
    const file = fs.openSync(path, flags);
    try {
      body(file);
    } finally {
      fs.closeSync(file);
    }
  };
  return {
    size,
    readAll: (path) => fs.readFileSync(path),
    replace: (path, bytes) => {
      const beside = path instanceof URL ? new URL(`${path}.part`) : `${path}.part`;
      try {
        fs.writeFileSync(beside, bytes);
        fs.renameSync(beside, path);
      } finally {
        fs.rmSync(beside, { force: true });
      }
    },
    read: (path, target) =>
      using(path, 'r', (file) => {
        let done = 0;
        while (done < target.length) {
          const count = fs.readSync(file, target, done, target.length - done, done);
          if (count === 0) break;
          done += count;
        }
      }),
    write: (path, source, least) =>
      using(path, size(path) === undefined ? 'w+' : 'r+', (file) => {
        let done = 0;
        while (done < source.length) done += fs.writeSync(file, source, done, source.length - done, done);
        if (fs.fstatSync(file).size < least) fs.ftruncateSync(file, least);
      }),
  };
}
