import { afterAll, expect, test } from 'vitest';
import { geometryAddress, releaseScratch, rowsAddress, scalarAddress, scratch } from '../../src/ops/scratch.ts';
import { runtime } from '../../src/wasm/runtime.ts';

afterAll(() => releaseScratch());

test('scratch is one block that grows, aligned to 16 bytes', () => {
  const small = scratch(100);
  expect(small % 16).toBe(0);
  expect(scratch(50)).toBe(small);
  const large = scratch(1 << 20);
  expect(scratch(1 << 20)).toBe(large);
  const used = runtime().kernels.heapUsed();
  releaseScratch();
  expect(used - runtime().kernels.heapUsed()).toBeGreaterThanOrEqual(1 << 20);
});

test('the fixed block holds a scalar, the words of three views of rank 32, and three rows', () => {
  const words = 1 + 32 + 3 * (2 + 32) + 32;
  expect(geometryAddress() - scalarAddress()).toBeGreaterThanOrEqual(16);
  expect(rowsAddress() - geometryAddress()).toBeGreaterThanOrEqual(4 * words);
});
