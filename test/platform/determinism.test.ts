// Equal bits: in repeated runs, and in Node and Chromium on the plain SIMD build.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { chromiumReason, hasChromium, inChromium } from '../support/chromium.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = (spare?: number): string => `import * as ndarena from './dist/index.js';
import { digests } from './test/platform/digestPage.js';
console.log(JSON.stringify(await digests(ndarena, ${spare})));`;

interface Digests {
  build: string;
  first: unknown;
  second: unknown;
  address: number;
}

/** In a process of its own, with any flags. */
function inNode(flags: readonly string[] = [], spare?: number): Digests {
  const args = [...flags, '--input-type=module', '-e', run(spare)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
}

describe('with deterministic: true', () => {
  let node: Digests;
  beforeAll(() => {
    node = inNode();
  });

  test('the plain SIMD build runs, also where the engine has relaxed SIMD', () => {
    expect(node.build).toBe('simd');
    expect(inNode(['--experimental-wasm-relaxed-simd']).build).toBe('simd');
  });

  test('the digests differ from operation to operation', () => {
    const { FLOAT } = node.first as { FLOAT: Record<string, string> };
    const all = Object.values(FLOAT);
    expect(all.length).toBeGreaterThan(30);
    expect(new Set(all).size).toBe(all.length);
  });

  test('the same operations give equal bits in repeated runs of one process', () => {
    expect(node.second).toEqual(node.first);
  });

  test('they give equal bits in another process, on code of the baseline compiler', () => {
    expect(inNode(['--liftoff-only'])).toEqual(node);
  });

  test('they give equal bits in the last 64 MiB below 4 GiB, where signed or overflowing addresses would fail', () => {
    const high = inNode([], 64 * 2 ** 20);
    expect(high.address).toBeGreaterThan(2 ** 32 - 64 * 2 ** 20);
    expect(high).toEqual({ ...node, address: high.address });
  });

  test.skipIf(!hasChromium)(`they give equal bits in Chromium${chromiumReason}`, async () => {
    const { value } = await inChromium<Digests>('test/platform/digestPage.js', 'digests');
    expect(value).toEqual(node);
  });
});
