// Before the first run: the peers are installed here only, never by the product's own `npm ci`.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const here = new URL('.', import.meta.url);
if (!existsSync(new URL('node_modules/.package-lock.json', here))) {
  console.error('Installing the peers of the benchmarks (once, some 500 MB): npm ci in bench/');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
