// The one file that knows Node from the browser: clock, host turns, collection, files.

type NodeProcess = {
  versions?: { node?: string };
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

export const isNode = host.process?.versions?.node !== undefined;

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
  else console.warn(`NdarenaWarning [${code}]: ${message}`); // biome-ignore lint/suspicious/noConsole: the browser's only channel
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
