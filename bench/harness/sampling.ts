// Samples of one prepared case: each between two probes, many calls a sample so that the clock's grain does not matter.

import type { Probe } from './probe.ts';
import type { Prepared } from './subject.ts';

/** Nanoseconds of one call, the milliseconds of the probes before and after, and what of the time is not the call's own (see Prepared.slope). */
export type Sample = readonly [nanoseconds: number, before: number, after: number, around?: number];

export interface Timing {
  /** Calls in a sample. */
  readonly calls: number;
  readonly isAsync: boolean;
}

const LEAST_SAMPLE_MS = 1.5;

/** Runs until engine and caches are warm, and counts how many calls a sample needs. */
export async function warmUp(prepared: Prepared, milliseconds: number): Promise<Timing> {
  const start = performance.now();
  const first = prepared.run();
  const isAsync = first instanceof Promise;
  await first;
  // A call that takes longer than the whole warming is warm enough.
  if (performance.now() - start > 10 * milliseconds) return { calls: 1, isAsync };
  let calls = 1;
  const end = performance.now() + milliseconds;
  for (;;) {
    const time = await timeCalls(prepared.run, calls, isAsync);
    if (performance.now() >= end && time >= LEAST_SAMPLE_MS) return { calls, isAsync };
    if (time < LEAST_SAMPLE_MS) calls = Math.ceil(calls * Math.min(8, (1.3 * LEAST_SAMPLE_MS) / Math.max(time, 0.01)));
  }
}

/** Milliseconds of so many calls. Synchronous calls are never awaited: a turn of the event loop would be timed. */
async function timeCalls(run: () => unknown, calls: number, isAsync: boolean): Promise<number> {
  const start = performance.now();
  if (isAsync) for (let call = 0; call < calls; call++) await run();
  else for (let call = 0; call < calls; call++) run();
  return performance.now() - start;
}

/** Samples for about so many milliseconds, at least one. */
export async function takeSamples(
  prepared: Prepared,
  timing: Timing,
  probe: Probe,
  milliseconds: number,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  // At the start of a round the caches are another subject's.
  if (timing.calls > 1) await prepared.run();
  const end = performance.now() + milliseconds;
  let before = probe();
  do {
    const wasRunning = processorShare();
    const [value, around] = prepared.fact ? [prepared.fact()] : await timeOnce(prepared, timing);
    const isDisturbed = wasRunning() < LEAST_SHARE;
    const after = probe();
    const heard = isDisturbed ? Number.POSITIVE_INFINITY : after;
    samples.push(around === undefined ? [value, before, heard] : [value, before, heard, around]);
    before = after;
  } while (performance.now() < end);
  return samples;
}

/** A sample in which the process had the processor for less of the time is as good as one beside a loud probe. */
const LEAST_SHARE = 0.95;

/** Starts to watch; the function returned says for which share of the time since the process had a processor. Browsers do not tell: 1. */
function processorShare(): () => number {
  if (typeof process !== 'object') return () => 1;
  const start = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return (user + system) / 1000 / (performance.now() - start);
  };
}

/** Nanoseconds of one call; those of a slope with what they include, both divided by the copies. */
async function timeOnce(
  { run, slope, repeats = 1 }: Prepared,
  { calls, isAsync }: Timing,
): Promise<[time: number, around?: number]> {
  const time = (await timeCalls(run, calls, isAsync)) * 1e6;
  if (slope === undefined) return [time / (calls * repeats)];
  const once = (await timeCalls(slope.once, calls, isAsync)) * 1e6;
  return [time / (calls * slope.copies), once / (calls * slope.copies)];
}
