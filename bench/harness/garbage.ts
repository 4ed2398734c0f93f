// Bytes of JavaScript heap that a call leaves behind.

import { Cannot } from './subject.ts';

/** Few enough that no collection comes in between. */
const CALLS = 20;
const TRIES = 5;

/** The median of a few tries. @throws {Cannot} where the heap cannot be read */
export function garbageOf(run: () => unknown, repeats = 1): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (collect === undefined) throw new Cannot('needs a collector on demand (--expose-gc)');
  for (let call = 0; call < CALLS; call++) run();
  const tries = Array.from({ length: TRIES }, () => {
    collect();
    const before = usedHeap();
    for (let call = 0; call < CALLS; call++) run();
    return (usedHeap() - before) / (CALLS * repeats);
  });
  return Math.round(tries.sort((a, b) => a - b)[TRIES >> 1] as number);
}

function usedHeap(): number {
  if (typeof process === 'object') return process.memoryUsage().heapUsed;
  const { memory } = performance as { memory?: { usedJSHeapSize: number } };
  if (memory === undefined) throw new Cannot('the engine tells nothing of its heap');
  return memory.usedJSHeapSize;
}
