// What the always-on validity checks cost: the same operations in two bundles, one of them with an empty check.
// How an engine inlines differs from process to process, so each variant runs in several, taken in turn.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Fact } from '../harness/suite.ts';

const PROCESSES = 9;

/** The file name of a bundle of the sources, with or without the check. */
async function bundle(folder: string, name: string, isChecked: boolean): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/index.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    target: 'es2022',
    outfile,
    plugins: isChecked
      ? []
      : [
          {
            name: 'no-checks',
            setup({ onLoad }) {
              onLoad({ filter: /memory[\\/]validity\.ts$/ }, ({ path }) => ({
                loader: 'ts',
                contents: `${readFileSync(path, 'utf8').replace('export function checkArgument', 'function checkedArgument')}\nexport function checkArgument(): void {}\n`,
              }));
            },
          },
        ],
  });
  return outfile;
}

function run(file: string): number {
  const script = fileURLToPath(new URL('./checksRun.ts', import.meta.url));
  const args = ['--import', 'tsx', script, pathToFileURL(file).href];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** Best and median over processes, and the share of the checks in each. */
export async function facts(): Promise<Fact[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ndarena-checks-'));
  try {
    const files = [await bundle(folder, 'checked', true), await bundle(folder, 'unchecked', false)] as const;
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < PROCESSES; round++) {
      for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) times[which].push(run(files[which]));
    }
    const [checked, unchecked] = times.map(bestAndMedian) as [BestAndMedian, BestAndMedian];
    return [
      { name: '4×4 add with checks', measure: 'µs', ...checked },
      { name: '4×4 add without checks', measure: 'µs', ...unchecked },
      {
        name: 'share of the validity checks in a 4×4 add',
        measure: 'ratio',
        best: checked.best / unchecked.best - 1,
        median: checked.median / unchecked.median - 1,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type BestAndMedian = Pick<Fact, 'best' | 'median'>;

/** In nanoseconds. */
function bestAndMedian(microseconds: readonly number[]): BestAndMedian {
  const sorted = microseconds.map((each) => each * 1000).sort((a, b) => a - b);
  return { best: sorted[0] as number, median: sorted[Math.floor(sorted.length / 2)] as number };
}
