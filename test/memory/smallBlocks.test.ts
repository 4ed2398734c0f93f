// Small detached arrays share heap blocks: their addresses, lives and deaths stay their own.

import { describe, expect, test } from 'vitest';
import { yieldToHost } from '../../src/core/platform.ts';
import { heapUse } from '../../src/memory/heap.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { counting, sumOf, zeros } from '../support/memoryArrays.ts';

describe('small detached arrays', () => {
  test('do not overlap, are aligned to 16, and keep their own elements', () => {
    const arrays = Array.from({ length: 300 }, (_, i) => counting((i % 16) + 1));
    const ranges = arrays.map(({ buffer }) => [buffer.address, buffer.address + buffer.length * 8] as const);
    ranges.sort(([left], [right]) => left - right);
    for (let i = 1; i < ranges.length; i++) expect(ranges[i]?.[0]).toBeGreaterThanOrEqual(ranges[i - 1]?.[1] as number);
    for (const [i, array] of arrays.entries()) {
      const n = (i % 16) + 1;
      expect([array.buffer.address % 16, sumOf(array)]).toEqual([0, (n * (n + 1)) / 2]);
    }
  });

  test('closed in any order give every byte back', () => {
    for (let i = 0; i < 100; i++) zeros('FLOAT', 4).close();
    const before = { used: runtime().kernels.heapUsed(), ...heapUse };
    const arrays = Array.from({ length: 500 }, (_, i) => zeros('FLOAT', (i * 7) % 33));
    const order = arrays.map((_, i) => arrays[(i * 173) % 500]);
    for (const array of order) array?.close();
    expect(heapUse).toEqual({ bytes: before.bytes, blocks: before.blocks });
    expect(runtime().kernels.heapUsed() - before.used).toBeLessThanOrEqual(1100);
  });

  test('one kept array keeps one block of 1 KiB, and its contents, when all its neighbours die', async () => {
    for (let i = 0; i < 3; i++) {
      memoryManager.invokeGc();
      await yieldToHost();
    }
    const before = runtime().kernels.heapUsed();
    const kept = Array.from({ length: 20 }, () => {
      for (let i = 0; i < 31; i++) zeros('FLOAT', 8);
      return counting(4);
    });
    memoryManager.invokeGc();
    for (let i = 0; i < 20; i++) await yieldToHost();
    expect(runtime().kernels.heapUsed() - before).toBeLessThanOrEqual(22 * 1100);
    for (const array of kept) expect(sumOf(array)).toBe(10);
  });
});
