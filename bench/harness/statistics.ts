// From samples to the few numbers that are shown.

import type { Sample } from './sampling.ts';

export interface Summary {
  /** The best sample, in nanoseconds (or the unit of a fact). */
  readonly best: number;
  readonly median: number;
  /** (90th percentile − best) / best. */
  readonly spread: number;
  /** How many samples lay between two quiet probes, of how many; without any, all count. */
  readonly quiet: number;
  readonly samples: number;
}

/** A probe is quiet up to this much above the fastest one of the run. */
export const QUIET = 1.1;

export const isQuiet = ([, before, after]: Sample, fastest: number): boolean =>
  before <= fastest * QUIET && after <= fastest * QUIET;

/** The time of the fastest probe, but for one in a hundred that a coarse clock may have cut short. */
export function fastestProbe(samples: readonly Sample[]): number {
  const times = ascending(samples.map(([, , after]) => after));
  return times[Math.floor(times.length / 100)] ?? Number.POSITIVE_INFINITY;
}

/**
 * A slope is the best time less the best of what is around it, not the best difference: noise would make that one too good.
 * @throws RangeError without samples
 */
export function summarize(samples: readonly Sample[], fastest: number): Summary {
  if (samples.length === 0) throw new RangeError('Cannot summarize: no samples');
  const quiet = samples.filter((sample) => isQuiet(sample, fastest));
  const counted = quiet.length > 0 ? quiet : samples;
  const times = ascending(counted.map(([time]) => time));
  const around = ascending(counted.map(([, , , part = 0]) => part));
  const own = (share: number): number => percentile(times, share) - percentile(around, share);
  const best = own(0);
  return {
    best,
    median: own(0.5),
    spread: best === 0 ? 0 : (own(0.9) - best) / best,
    quiet: quiet.length,
    samples: samples.length,
  };
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** The value below which a share of the ascending values lies. */
export function percentile(values: readonly number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] as number;
}
