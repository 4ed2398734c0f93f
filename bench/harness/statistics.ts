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
  const times = samples.map(([, , after]) => after).sort((a, b) => a - b);
  return times[Math.floor(times.length / 100)] ?? Number.POSITIVE_INFINITY;
}

/** @throws RangeError without samples */
export function summarize(samples: readonly Sample[], fastest: number): Summary {
  if (samples.length === 0) throw new RangeError('Cannot summarize: no samples');
  const quiet = samples.filter((sample) => isQuiet(sample, fastest));
  const counted = (quiet.length > 0 ? quiet : samples).map(([time]) => time).sort((a, b) => a - b);
  const best = counted[0] as number;
  return {
    best,
    median: percentile(counted, 0.5),
    spread: best === 0 ? 0 : (percentile(counted, 0.9) - best) / best,
    quiet: quiet.length,
    samples: samples.length,
  };
}

/** The value below which a share of the ascending values lies. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] as number;
}
