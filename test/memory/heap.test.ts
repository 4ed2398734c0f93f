import { describe, expect, test } from 'vitest';
import { allocateHeap, formatBytes, freeHeap } from '../../src/memory/heap.ts';
import { runtime } from '../../src/wasm/runtime.ts';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

describe('the heap', () => {
  test('heapAllocate() gives blocks aligned to 16 that do not overlap, and heapFree() takes them back', () => {
    const { kernels, memory } = runtime();
    const before = kernels.heapUsed();
    const sizes = Array.from({ length: 200 }, (_, i) => (i * 37) % 1001);
    const blocks = sizes.map((bytes) => allocateHeap(bytes));
    blocks.forEach((address, i) => {
      expect(address % 16).toBe(0);
      kernels.fillBytes(address, i & 0xff, sizes[i] as number);
    });
    blocks.forEach((address, i) => {
      const bytes = memory.u8.subarray(address, address + (sizes[i] as number));
      expect(bytes.every((value) => value === (i & 0xff))).toBe(true);
    });
    expect(kernels.heapUsed()).toBeGreaterThanOrEqual(before + sizes.reduce((sum, each) => sum + each, 0));
    for (const address of blocks) freeHeap(address);
    expect(kernels.heapUsed()).toBe(before);
  });

  test('copyBytes() moves overlapping ranges both ways', () => {
    const { kernels, memory } = runtime();
    const at = allocateHeap(64);
    for (let i = 0; i < 64; i++) memory.u8[at + i] = i;
    kernels.copyBytes(at + 8, at, 32);
    expect([...memory.u8.subarray(at + 8, at + 12)]).toEqual([0, 1, 2, 3]);
    expect(memory.u8[at + 39]).toBe(31);
    kernels.copyBytes(at, at + 8, 32);
    expect([...memory.u8.subarray(at, at + 4)]).toEqual([0, 1, 2, 3]);
    freeHeap(at);
  });

  test('blocks of 1 GiB and more come in whole pages, are reused when freed, and join with their neighbours', () => {
    const { kernels, memory } = runtime();
    const first = allocateHeap(GIB);
    const second = allocateHeap(1.25 * GIB);
    const size = memory.byteLength;
    expect(second - first).toBe(GIB + 65536);
    freeHeap(first);
    freeHeap(second);
    const joined = allocateHeap(2.25 * GIB);
    expect(joined).toBe(first);
    expect(memory.byteLength).toBe(size);
    const end = joined + 2.25 * GIB - 8;
    kernels.fillBytes(end, 7, 8);
    expect(memory.u8[end]).toBe(7);
    expect(end).toBeGreaterThan(2 ** 31);
    freeHeap(joined);
    const part = allocateHeap(GIB);
    expect(part).toBe(first);
    freeHeap(part);
    expect(memory.byteLength).toBe(size);
  });

  test('small blocks get the pages of freed large ones when memory cannot grow, by heapReclaim()', () => {
    const { kernels } = runtime();
    const large = allocateHeap(2.25 * GIB);
    freeHeap(large);
    const blocks: number[] = [];
    for (let i = 0; i < 44; i++) blocks.push(allocateHeap(64 * MIB));
    expect(Math.min(...blocks)).toBeLessThan(large + 2.25 * GIB);
    expect(blocks.filter((address) => address > large && address < large + 2.25 * GIB).length).toBeGreaterThan(10);
    expect(new Set(blocks).size).toBe(44);
    for (const address of blocks) freeHeap(address);
    expect(kernels.heapReclaim()).toBe(0);
    const again = allocateHeap(900 * MIB);
    freeHeap(again);
  });
});

describe('formatBytes()', () => {
  test.each([
    [0, '.00 B'],
    [512, '512.00 B'],
    [1536, '1.50 KiB'],
    [10485760, '10.00 MiB'],
    [3 * GIB, '3.00 GiB'],
  ])('prints %d as ND4J does: %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
