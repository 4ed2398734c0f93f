// Cold start in fresh processes, and what the package weighs.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Measurement } from './harness.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

export function startup(): Measurement[] {
  const times = Array.from({ length: 11 }, () => {
    const line = execFileSync(process.execPath, ['--import', 'tsx', `${here}startup.ts`], {
      encoding: 'utf8',
      cwd: here,
    });
    return (JSON.parse(line) as { firstCreateMs: number }).firstCreateMs;
  }).sort((a, b) => a - b);
  const dist = `${here}../dist/`;
  const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const packed = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(dist + name), { level: 9 }).length, 0);
  return [
    {
      library: 'ndarena',
      benchmark: 'first Nd4j.create after import',
      best: times[0] as number,
      median: times[5] as number,
      spread: 0,
      unit: 'ms',
      quiet: '-',
    },
    {
      library: 'ndarena',
      benchmark: 'gzip of all JavaScript with both wasm builds',
      best: packed,
      median: packed,
      spread: 0,
      unit: 'bytes',
      quiet: '-',
    },
  ];
}
