// Timing: warm-up, samples between two quiet probes, best, median and spread. Nothing here knows what is measured.

export interface Measurement {
  /** `ndarena` or the name of a peer. */
  readonly library: string;
  readonly benchmark: string;
  /** Best sample, in the unit. */
  readonly best: number;
  readonly median: number;
  /** (90th percentile − best) / best. */
  readonly spread: number;
  readonly unit: 'µs' | 'ms' | 'bytes' | 'ratio';
  /** Samples between two quiet probes, of all samples. */
  readonly quiet: string;
}

export interface MeasureOptions {
  /** Calls per sample, so that a sample takes about a millisecond or more. */
  readonly calls: number;
  readonly unit: 'µs' | 'ms';
  readonly warmUpMs?: number;
  readonly sampleMs?: number;
}

/** A fixed chain of dependent integer operations that no memory or other thread of ours can slow down: the noise of the machine. */
function probe(): number {
  const start = performance.now();
  let x = 1;
  for (let i = 0; i < 200_000; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
  return performance.now() - start + (x === 0 ? 1e-9 : 0);
}

function quietProbe(): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 50; i++) best = Math.min(best, probe());
  return best;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;

/**
 * Times `body`, which runs `calls` times per sample. A sample counts when the probes before and after it were within 10 % of
 * the quietest probe; without such samples all count and `quiet` says 0.
 */
export function measure(library: string, benchmark: string, body: () => void, options: MeasureOptions): Measurement {
  const { calls, unit, warmUpMs = 500, sampleMs = 1500 } = options;
  const start = performance.now();
  while (performance.now() - start < warmUpMs) body();
  const limit = quietProbe() * 1.1;
  const quiet: number[] = [];
  const all: number[] = [];
  const end = performance.now() + sampleMs;
  let before = probe();
  while (performance.now() < end || all.length < 5) {
    const from = performance.now();
    for (let call = 0; call < calls; call++) body();
    const time = (performance.now() - from) / calls;
    const after = probe();
    all.push(time);
    if (before <= limit && after <= limit) quiet.push(time);
    before = after;
  }
  const counted = (quiet.length >= 3 ? quiet : all).sort((a, b) => a - b);
  const scale = unit === 'µs' ? 1000 : 1;
  const best = at(counted, 0) * scale;
  return {
    library,
    benchmark,
    best,
    median: at(counted, 0.5) * scale,
    spread: (at(counted, 0.9) * scale - best) / best,
    unit,
    quiet: `${quiet.length}/${all.length}`,
  };
}

/** Stops a benchmark whose result is wrong: nothing is timed that was not checked. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  if (actual.length !== expected.length)
    throw new Error(`${what}: ${actual.length} values instead of ${expected.length}`);
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs((actual[i] as number) - (expected[i] as number));
    if (!(error <= tolerance * Math.max(1, Math.abs(expected[i] as number)))) {
      throw new Error(`${what}: element ${i} is ${actual[i]} instead of ${expected[i]}`);
    }
  }
}
