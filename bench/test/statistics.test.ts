import { describe, expect, test } from 'vitest';
import type { Sample } from '../harness/sampling.ts';
import { fastestProbe, isQuiet, percentile, summarize } from '../harness/statistics.ts';

describe('summarize()', () => {
  test('counts only samples between two quiet probes', () => {
    const samples: Sample[] = [
      [10, 1, 1],
      [5, 1, 1.5],
      [12, 1.05, 1.09],
      [4, 1.2, 1],
    ];
    expect(summarize(samples, 1)).toEqual({ best: 10, median: 12, spread: 0.2, quiet: 2, samples: 4 });
  });

  test('counts all samples, and says that none was quiet, when no probe was', () => {
    const samples: Sample[] = [
      [7, 2, 2],
      [5, 2, 2],
    ];
    expect(summarize(samples, 1)).toMatchObject({ best: 5, quiet: 0, samples: 2 });
  });

  test('gives one sample as best and median, without spread', () => {
    expect(summarize([[3, 1, 1]], 1)).toEqual({ best: 3, median: 3, spread: 0, quiet: 1, samples: 1 });
  });

  test('takes the best time less the best of what is around it, not the best difference', () => {
    const samples: Sample[] = [
      [10, 1, 1, 6],
      [12, 1, 1, 4],
      [11, 1, 1, 5],
    ];
    expect(summarize(samples, 1)).toMatchObject({ best: 6, median: 6 });
  });

  test('refuses an empty list', () => {
    expect(() => summarize([], 1)).toThrow(RangeError);
  });

  test('leaves its argument in order', () => {
    const samples: Sample[] = [
      [9, 1, 1],
      [1, 1, 1],
    ];
    summarize(samples, 1);
    expect(samples.map(([time]) => time)).toEqual([9, 1]);
  });
});

test('a sample is quiet up to 10 % above the fastest probe on both sides', () => {
  expect(isQuiet([1, 1.1, 1.1], 1)).toBe(true);
  expect(isQuiet([1, 1.11, 1], 1)).toBe(false);
  expect(isQuiet([1, 1, 1.11], 1)).toBe(false);
});

test('fastestProbe() passes over one cut-short probe in a hundred', () => {
  const samples = Array.from({ length: 200 }, (_, i): Sample => [1, 9, i === 7 ? 0.001 : 2 + i / 1000]);
  expect(fastestProbe(samples)).toBeGreaterThan(1.9);
  expect(fastestProbe([])).toBe(Number.POSITIVE_INFINITY);
});

test('percentile() gives the value below which a share of the values lies', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect([0, 0.5, 0.9, 1].map((share) => percentile(values, share))).toEqual([1, 6, 10, 10]);
});
