// Cold start in fresh processes, and what the built package weighs.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Fact } from '../harness/suite.ts';

const PROCESSES = 11;
const script = fileURLToPath(new URL('firstCreate.ts', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = `${root}dist/`;

/** Of the package as it is published: built first. */
export function facts(): Fact[] {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
  const times = Array.from({ length: PROCESSES }, () =>
    Number(execFileSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' })),
  ).sort((a, b) => a - b);
  const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const packed = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(dist + name), { level: 9 }).length, 0);
  const nanoseconds = (index: number): number => (times[index] as number) * 1e6;
  return [
    {
      name: 'first Nd4j.create after import',
      measure: 'ms',
      best: nanoseconds(0),
      median: nanoseconds(Math.floor(PROCESSES / 2)),
    },
    { name: 'gzip of all JavaScript with both wasm builds', measure: 'bytes', best: packed, median: packed },
  ];
}
