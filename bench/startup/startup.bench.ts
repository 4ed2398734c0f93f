// Cold start in fresh processes, and what the built package weighs.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Fact } from '../harness/suite.ts';

const PROCESSES = 11;
const script = fileURLToPath(new URL('firstCreate.ts', import.meta.url));
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** @throws when the package is not built */
export function facts(): Fact[] {
  if (!existsSync(`${dist}index.js`))
    throw new Error('Cannot measure the start: no dist/index.js; run npm run build first');
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
