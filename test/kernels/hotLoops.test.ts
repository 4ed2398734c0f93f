// Guards the hot loops against regressions without a clock: what V8's optimizing compiler made of them when they were measured.
// Counts belong to the V8 of Node 20; other engines are asked for no spills and no calls alone.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
// @ts-expect-error: a build script without declarations
import { sectionsOf } from '../../scripts/wasmSections.mjs';
import { innermostLoops } from '../support/machineCode.ts';

/** The longest loop of a kernel: packed operations in it, and at most so many instructions. */
const HOT: readonly (readonly [kernel: string, arithmetic: number, instructions: number])[] = [
  ['gemmTile/multiplyTile<f32>', 64, 110],
  ['gemmTile/multiplyTile<f64>', 64, 110],
  ['gemv/addRows<f32>', 32, 82],
  ['gemv/addRows<f64>', 32, 82],
  ['updater/stepAs<f32>', 20, 56],
  ['updater/stepAs<f64>', 20, 54],
  ['reduceRuns/maxRun<f32>', 4, 24],
  ['reduceRuns/maxRun<f64>', 4, 24],
];

const loops = innermostLoops();
const recorded = process.versions.v8.startsWith('11.3.');
const silent = loops === undefined ? ' (skipped: this engine prints no x64 code)' : '';

describe.skipIf(loops === undefined)(`hot loops in machine code${silent}`, () => {
  test.each(HOT)('%s spills nothing and calls nothing', (kernel, arithmetic, instructions) => {
    const own = (loops ?? []).filter((loop) => loop.kernel === kernel && loop.calls === 0);
    const [longest] = [...own].sort((a, b) => b.arithmetic - a.arithmetic);
    expect(longest).toMatchObject({ spills: 0, calls: 0 });
    if (!recorded) return;
    expect(longest?.arithmetic).toBe(arithmetic);
    expect(longest?.instructions).toBeLessThanOrEqual(instructions);
  });

  test.each(['Exp', 'Tanh', 'Sigmoid', 'Swish', 'Gelu', 'ErfOfFloats'])(
    '%s of float32 is two loops without calls and spills',
    (operator) => {
      const own = (loops ?? []).filter(({ kernel }) => new RegExp(`^map/mapHalves<.*/${operator}>$`).test(kernel));
      const clean = own.filter(({ arithmetic, spills, calls }) => arithmetic >= 7 && spills === 0 && calls === 0);
      expect(clean.length).toBeGreaterThanOrEqual(2);
    },
  );
});

const build = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url)));

test('the module imports its memory alone, so no loop calls out', () => {
  const module = new WebAssembly.Module(build('simd'));
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

test.each(['simd', 'relaxed'])('the %s build has no table, so no call is indirect', (name) => {
  const sections = sectionsOf(build(name)).map(({ id }: { id: number }) => id);
  const [TABLE, ELEMENTS] = [4, 9];
  expect(sections).not.toContain(TABLE);
  expect(sections).not.toContain(ELEMENTS);
});
