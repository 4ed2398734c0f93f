// What the always-on validity checks cost: the same operations in two bundles, one of them with an empty check.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as Api from '../../src/index.ts';
import type { Measurement } from '../harness.ts';

const CALLS = 4_000;
const ROUNDS = 60;

async function load(folder: string, name: string, isChecked: boolean): Promise<typeof Api> {
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
  return (await import(pathToFileURL(outfile).href)) as typeof Api;
}

/** Milliseconds of CALLS additions of 4×4 arrays in an open workspace. */
function additions({ Nd4j }: typeof Api): () => number {
  const a = Nd4j.ones(4, 4);
  const b = Nd4j.ones(4, 4);
  const workspace = Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(
    { initialSize: 1 << 20, policyLearning: 'NONE', policyAllocation: 'STRICT' },
    'CHECKS',
  );
  return () => {
    workspace.notifyScopeEntered();
    const start = performance.now();
    for (let call = 0; call < CALLS; call++) a.add(b);
    const time = performance.now() - start;
    workspace.close();
    return time;
  };
}

/** Both variants interleaved, so that the noise of the machine meets both. */
export async function checks(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ndarena-checks-'));
  try {
    const variants = [
      additions(await load(folder, 'checked', true)),
      additions(await load(folder, 'unchecked', false)),
    ] as const;
    for (let round = 0; round < 30; round++) for (const variant of variants) variant();
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) times[which].push(variants[which]());
    }
    const [checked, unchecked] = times.map((samples) => samples.sort((x, y) => x - y)) as [number[], number[]];
    const median = (samples: number[]): number => samples[Math.floor(samples.length / 2)] as number;
    const row = (benchmark: string, samples: number[]): Measurement => ({
      library: 'ndarena',
      benchmark,
      best: ((samples[0] as number) * 1000) / CALLS,
      median: (median(samples) * 1000) / CALLS,
      spread: 0,
      unit: 'µs',
      quiet: '-',
    });
    const share: Measurement = {
      library: 'ndarena',
      benchmark: 'share of the validity checks in a 4×4 add',
      best: (checked[0] as number) / (unchecked[0] as number) - 1,
      median: median(checked) / median(unchecked) - 1,
      spread: 0,
      unit: 'ratio',
      quiet: '-',
    };
    return [row('4×4 add with checks', checked), row('4×4 add without checks', unchecked), share];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
