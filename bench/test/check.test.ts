import { describe, expect, test } from 'vitest';
import { check, spots } from '../harness/check.ts';
import { SUITES } from '../harness/suites.ts';
import { TASKS, type TaskName, type Work } from '../tasks/tasks.ts';

const reference = { length: 4, cost: 1, tolerance: 0.01, at: (index: number): number => index };

describe('check()', () => {
  test('passes a result within the tolerance', () => {
    expect(() => check([0.005, 1, 2, 3.02], reference)).not.toThrow();
  });

  test('names the first wrong element', () => {
    expect(() => check([0, 1.5, 2, 3], reference)).toThrow('wrong result: element 1 is 1.5 instead of 1');
  });

  test('refuses NaN and another length', () => {
    expect(() => check([0, Number.NaN, 2, 3], reference)).toThrow(/element 1 is NaN/);
    expect(() => check([0, 1, 2], reference)).toThrow('3 elements instead of 4');
  });

  test('takes integers of 64 bits', () => {
    expect(() => check(BigInt64Array.of(0n, 1n, 2n, 3n) as unknown as ArrayLike<number>, reference)).not.toThrow();
  });
});

test('spots() are all elements, or many all over the result with its two ends', () => {
  expect(spots(5, 10)).toEqual([0, 1, 2, 3, 4]);
  const some = spots(1_000_000, 1e6);
  expect(some.length).toBe(256);
  expect(some).toContain(0);
  expect(some).toContain(999_999);
  expect(new Set(some).size).toBe(256);
  expect(some.every((index) => index >= 0 && index < 1_000_000)).toBe(true);
});

describe('the suites', () => {
  const timed = SUITES.flatMap((suite) => ('script' in suite ? [] : [suite]));

  test('have names of their own, and so have the cases of each', () => {
    expect(new Set(SUITES.map(({ name }) => name)).size).toBe(SUITES.length);
    for (const { cases } of timed) expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test('ask only what can be told from their work', () => {
    for (const { cases } of timed) {
      for (const { name, task, parameters, measure, asked = [], plain } of cases) {
        const work = TASKS[task as TaskName].work(parameters as never) as Work;
        for (const used of [measure, ...asked.map((each) => each.measure)]) {
          if (used === 'GFLOP/s') expect(work.flop, name).toBeGreaterThan(0);
          if (used === 'GB/s' || used === '% of copy') expect(work.bytes, name).toBeGreaterThan(0);
          if (used === 'ns/element') expect(work.elements, name).toBeGreaterThan(0);
          if (used === '× plain') expect(cases.map((each) => each.name)).toContain(plain);
        }
        for (const each of asked) expect((each.atLeast === undefined) !== (each.atMost === undefined), name).toBe(true);
      }
    }
  });
});
