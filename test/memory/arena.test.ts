// The arena's control block driven directly, without the TypeScript around it.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COUNT, type CountField, readCount, readSize, SIZE, type SizeField } from '../../src/memory/arenaControl.ts';
import { allocateHeap } from '../../src/memory/heap.ts';
import { runtime } from '../../src/wasm/runtime.ts';

const { kernels, memory } = runtime();
let control = 0;
let before = 0;
beforeEach(() => {
  before = kernels.heapUsed();
  control = allocateHeap(kernels.arenaControlBytes());
  kernels.fillBytes(control, 0, kernels.arenaControlBytes());
});
afterEach(() => {
  kernels.arenaRelease(control);
  kernels.arenaSpillEverything(0);
  expect(kernels.heapUsed()).toBe(before);
});

function construct(sizes: Partial<Record<SizeField, number>>, counts: Partial<Record<CountField, number>> = {}): void {
  for (const [field, value] of Object.entries(sizes)) memory.f64[(control + SIZE[field as SizeField]) >>> 3] = value;
  for (const [field, value] of Object.entries(counts)) memory.u32[(control + COUNT[field as CountField]) >>> 2] = value;
  kernels.arenaConstruct(control);
}
const size = (field: SizeField): number => readSize(control, field);
const count = (field: CountField): number => readCount(control, field);

describe('an arena', () => {
  test('arenaControlBytes() covers every field that TypeScript reads', () => {
    const last = Math.max(...Object.values(SIZE).map((at) => at + 8), ...Object.values(COUNT).map((at) => at + 4));
    expect(kernels.arenaControlBytes()).toBeGreaterThanOrEqual(last);
    expect(kernels.arenaControlBytes()).toBeLessThan(last + 16);
  });

  test('arenaConstruct() over-allocates, bounds by maxSize, and aligns the arena to 64 bytes', () => {
    construct({ initialSize: 1000, overallocationLimit: 0.5, maxSize: 1200 }, { isOverallocating: 1 });
    expect([size('currentSize'), count('isOver'), count('isInit'), count('base') % 64]).toEqual([1200, 1, 1, 0]);
  });

  test.each([0, 1, 31, 32, 33, 63, 64, 65, 1000])(
    'arenaBump() rounds %d bytes up to 32 and fills them on demand',
    (bytes) => {
      construct({ initialSize: 2048 });
      const first = kernels.arenaBump(control, bytes, 0) >>> 0;
      const rounded = Math.ceil(bytes / 32) * 32;
      expect([first, size('offset'), size('cycleAllocations')]).toEqual([count('base'), rounded, rounded]);
      kernels.fillBytes(first, 7, rounded);
      kernels.arenaReset(control);
      expect(kernels.arenaBump(control, bytes, 1) >>> 0).toBe(first);
      expect(memory.u8.subarray(first, first + rounded).every((byte) => byte === 0)).toBe(true);
    },
  );

  test('arenaBump() changes nothing where it does not serve: too large, toggled off, spilling', () => {
    construct({ initialSize: 64 });
    const state = (): number[] => [
      size('offset'),
      size('cycleAllocations'),
      size('spilledSize'),
      count('externalListLength'),
    ];
    expect(kernels.arenaBump(control, 65, 0)).toBe(0);
    kernels.arenaToggle(control, 0);
    expect(kernels.arenaBump(control, 32, 0)).toBe(0);
    kernels.arenaToggle(control, 1);
    kernels.arenaSpillEverything(1);
    expect(kernels.arenaBump(control, 32, 0)).toBe(0);
    expect(state()).toEqual([0, 0, 0, 0]);
  });

  test('arenaAllocate() spills, and arenaClose() learns and asks for arenaMakeBlock()', () => {
    construct({}, { learning: 1 });
    expect(kernels.arenaEnter(control, 0)).toBe(0);
    const address = kernels.arenaAllocate(control, 100, 1) >>> 0;
    expect([address % 16, size('spilledSize'), count('externalCount'), size('outsideBytes')]).toEqual([0, 128, 1, 128]);
    expect(kernels.arenaClose(control)).toBe(4);
    expect([size('currentSize'), size('outsideBytes')]).toEqual([128, 0]);
    kernels.arenaMakeBlock(control);
    expect(count('base')).toBeGreaterThan(0);
    expect(kernels.arenaEnter(control, 0)).toBe(0);
    expect(kernels.arenaAllocate(control, 100, 0) >>> 0).toBe(count('base'));
    expect(kernels.arenaClose(control)).toBe(0);
  });

  test('arenaEnter(), arenaTag(), arenaBorrow() and arenaClose() count scopes', () => {
    construct({ initialSize: 64 });
    expect([kernels.arenaEnter(control, 0), kernels.arenaEnter(control, 1), kernels.arenaEnter(control, 0)]).toEqual([
      0, 1, 2,
    ]);
    kernels.arenaTag(control);
    expect([kernels.arenaBorrow(control), kernels.arenaBorrow(control)]).toEqual([0, 1]);
    expect([1, 2, 3, 4, 5].map(() => kernels.arenaClose(control))).toEqual([1, 1, 2, 0, 3]);
    expect([count('generation'), count('cyclesCount')]).toEqual([1, 1]);
  });

  test('arenaUnwind() leaves the cycle to end', () => {
    construct({ initialSize: 64 });
    kernels.arenaEnter(control, 0);
    kernels.arenaTag(control);
    kernels.arenaBorrow(control);
    kernels.arenaUnwind(control);
    expect([kernels.arenaClose(control), count('isOpen')]).toEqual([0, 0]);
  });

  test('arenaInitialize(), arenaDestroy() and arenaAbandon() give and take the arena', () => {
    construct({ overallocationLimit: 1 }, { learning: 2, isOverallocating: 1 });
    kernels.arenaEnter(control, 0);
    kernels.arenaAllocate(control, 500, 0);
    kernels.arenaClose(control);
    kernels.arenaInitialize(control);
    expect(size('currentSize')).toBe(1024);
    kernels.arenaDestroy(control, 1);
    expect([size('currentSize'), count('base'), count('isInit')]).toEqual([0, 0, 1]);
    kernels.arenaAbandon(control);
    expect([count('isInit'), size('offset')]).toEqual([0, 0]);
  });

  test('positions of a circular arena never repeat, through wraps, rebuilds and resets', () => {
    construct({ initialSize: 256, overallocationLimit: 1 }, { isCircular: 1 });
    const seen = new Set<number>();
    for (let i = 0; i < 500; i++) {
      if (kernels.arenaBump(control, 32 + (i % 3) * 32, 0) === 0) kernels.arenaAllocate(control, 32 + (i % 3) * 32, 0);
      const position = size('lastPosition');
      expect(seen.has(position)).toBe(false);
      expect(size('written')).toBeGreaterThan(position);
      seen.add(position);
      if (i % 50 === 49) kernels.arenaReset(control);
    }
  });
});
