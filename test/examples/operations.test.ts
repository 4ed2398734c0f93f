// What `npm run example -- operations` does: a loss that falls, in memory that does not grow.

import { expect, test } from 'vitest';
import { operations } from '../../examples/operations.ts';
import { Nd4j } from '../../src/index.ts';

test('the operations example learns, in a workspace that is measured once', () => {
  const lines: string[] = [];
  operations((line) => lines.push(line));
  const steps = lines.slice(0, -1).map((line) => /^step \d+: loss ([\d.]+), workspace (\d+) bytes$/.exec(line));
  const losses = steps.map((match) => Number(match?.[1]));
  const sizes = steps.map((match) => Number(match?.[2]));
  expect(losses).toHaveLength(5);
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(losses.at(-1)).toBeLessThan(0.3);
  expect(sizes[0]).toBe(0);
  expect(sizes[1]).toBeGreaterThan(0);
  expect(new Set(sizes.slice(1)).size).toBe(1);
  expect(lines.at(-1)).toBe('the images, twice as large: [8, 12, 12, 1]');
});

test('the operations example leaves no workspace behind', () => {
  operations(() => {});
  expect(Nd4j.getWorkspaceManager().getAllWorkspacesIdsForCurrentThread()).toEqual([]);
  expect(Nd4j.getMemoryManager().getCurrentWorkspace()).toBeNull();
});
