// Equal bits: in repeated runs, and in Node and Chromium on the plain SIMD build.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { chromiumReason, hasChromium, inChromium } from '../support/chromium.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const RUN = `import * as ndarena from './dist/index.js';
import { digests } from './test/platform/digestPage.js';
console.log(JSON.stringify(await digests(ndarena)));`;

interface Digests {
  build: string;
  first: unknown;
  second: unknown;
}

/** In a process of its own, with any flags. */
const inNode = (...flags: string[]): Digests =>
  JSON.parse(
    execFileSync(process.execPath, [...flags, '--input-type=module', '-e', RUN], { cwd: root, encoding: 'utf8' }),
  );

describe('with deterministic: true', () => {
  let node: Digests;
  beforeAll(() => {
    node = inNode();
  });

  test('the plain SIMD build runs, also where the engine has relaxed SIMD', () => {
    expect(node.build).toBe('simd');
    expect(inNode('--experimental-wasm-relaxed-simd').build).toBe('simd');
  });

  test('the same operations give equal bits in repeated runs of one process', () => {
    expect(node.second).toEqual(node.first);
  });

  test('they give equal bits in another process, on code of the baseline compiler', () => {
    expect(inNode('--liftoff-only')).toEqual(node);
  });

  test.skipIf(!hasChromium)(`they give equal bits in Chromium${chromiumReason}`, async () => {
    const { value } = await inChromium<Digests>('test/platform/digestPage.js', 'digests');
    expect(value).toEqual(node);
  });
});
