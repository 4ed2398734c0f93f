// Runs benchmarks by name (all without a name) and prints a table; --json writes one line per run to results/.
//
//   npm run bench -- mlp dispatch

import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './harness.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Every benchmark runs in a process of its own; a peer follows its subject in the same run. */
const BENCHMARKS: Record<string, { module: string; function: string; peers?: string[] }> = {
  mlp: { module: './training/mlp.bench.ts', function: 'mlp', peers: ['peers/tfjsMlp.ts'] },
  steady: { module: './training/steady.bench.ts', function: 'steady' },
  dispatch: { module: './ndarray/dispatch.bench.ts', function: 'dispatch' },
  checks: { module: './ndarray/checks.bench.ts', function: 'checks' },
  startup: { module: './startup.bench.ts', function: 'startup' },
};

function inProcess(args: string[]): string {
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', ...args], {
    cwd: here,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed`);
  return stdout;
}

function runOne(name: string): Measurement[] {
  const bench = BENCHMARKS[name];
  if (bench === undefined)
    throw new Error(`Unknown benchmark "${name}": choose from ${Object.keys(BENCHMARKS).join(', ')}`);
  const lines = inProcess(['runOne.ts', bench.module, bench.function]).trim().split('\n');
  const own = JSON.parse(lines.at(-1) as string) as Measurement[];
  const peers = (bench.peers ?? []).map(
    (peer) => JSON.parse(inProcess([peer]).trim().split('\n').at(-1) as string) as Measurement,
  );
  return [...own, ...peers];
}

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const results: Measurement[] = [];
for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
  console.log(`${name} …`);
  results.push(...runOne(name));
}

const show = (value: number, unit: string): string =>
  unit === 'bytes' ? value.toLocaleString('en') : value.toPrecision(4);
const number = (value: number, unit: string): string => `${show(value, unit)} ${unit}`.padStart(16);
console.log(
  `\n${'benchmark'.padEnd(52)}${'library'.padEnd(18)}${'best'.padStart(16)}${'median'.padStart(16)}${'quiet'.padStart(12)}${'best / ours'.padStart(14)}`,
);
for (const each of results) {
  const own = results.find((other) => other.library === 'ndarena' && other.benchmark === each.benchmark);
  const ratio = own !== undefined && own !== each ? `${(each.best / own.best).toFixed(1)}×` : '';
  console.log(
    `${each.benchmark.padEnd(52)}${each.library.padEnd(18)}${number(each.best, each.unit)}${number(each.median, each.unit)}${each.quiet.padStart(12)}${ratio.padStart(14)}`,
  );
}

if (args.includes('--json')) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: here, encoding: 'utf8' }).trim();
  const line = {
    date: new Date().toISOString(),
    commit,
    node: process.version,
    machine: `${cpus()[0]?.model}, ${cpus().length} cores`,
    results,
  };
  appendFileSync(`${here}results/runs.jsonl`, `${JSON.stringify(line)}\n`);
}
