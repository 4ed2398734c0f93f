// What the always-on validity checks cost: the same operations in two bundles, one of them with an empty check.
// How an engine inlines differs from process to process, so each variant runs in several, taken in turn.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Measurement } from '../harness.ts';

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

/** Best and median over processes, in microseconds, and the share of the checks in the medians. */
export async function checks(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ndarena-checks-'));
  try {
    const files = [await bundle(folder, 'checked', true), await bundle(folder, 'unchecked', false)] as const;
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < PROCESSES; round++) {
      for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) times[which].push(run(files[which]));
    }
    const [checked, unchecked] = times.map((samples) => samples.sort((x, y) => x - y)) as [number[], number[]];
    const middle = (samples: number[]): number => samples[Math.floor(samples.length / 2)] as number;
    const row = (benchmark: string, best: number, median: number, unit: Measurement['unit']): Measurement => ({
      library: 'ndarena',
      benchmark,
      best,
      median,
      spread: 0,
      unit,
      quiet: '-',
    });
    return [
      row('4×4 add with checks', checked[0] as number, middle(checked), 'µs'),
      row('4×4 add without checks', unchecked[0] as number, middle(unchecked), 'µs'),
      row(
        'share of the validity checks in a 4×4 add',
        (checked[0] as number) / (unchecked[0] as number) - 1,
        middle(checked) / middle(unchecked) - 1,
        'ratio',
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
