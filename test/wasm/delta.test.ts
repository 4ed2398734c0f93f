import { describe, expect, test } from 'vitest';
// @ts-expect-error: a build script without declarations
import { makeDelta } from '../../scripts/byteDelta.mjs';
import { applyDelta } from '../../src/wasm/delta.ts';

function pseudoRandom(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    }),
  );
}

function roundTrip(source: Buffer, target: Buffer): number {
  const delta = makeDelta(source, target);
  expect(Buffer.from(applyDelta(source, delta, target.length)).equals(target)).toBe(true);
  return delta.length;
}

describe('applyDelta()', () => {
  const source = pseudoRandom(5000, 1);

  test('rebuilds equal bytes from one copy', () => {
    expect(roundTrip(source, source)).toBeLessThan(8);
  });

  test('rebuilds bytes with insertions, removals, replacements and moves', () => {
    const target = Buffer.concat([
      source.subarray(3000, 4000),
      pseudoRandom(7, 2),
      source.subarray(0, 2000),
      source.subarray(2011, 2500),
      pseudoRandom(300, 3),
      source.subarray(2500),
    ]);
    expect(roundTrip(source, target)).toBeLessThan(400);
  });

  test('rebuilds bytes that have nothing in common, and none at all', () => {
    roundTrip(source, pseudoRandom(500, 9));
    roundTrip(source, Buffer.alloc(0));
  });
});
