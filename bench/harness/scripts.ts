// Runs the `facts` of a script suite in a process of its own.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { shortened } from './serve.ts';
import type { Fact, ScriptSuite } from './suite.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const FLAGS = ['--expose-gc', '--import', 'tsx', 'harness/scriptMain.ts'];

/** @throws what the script threw, in a line */
export function runScript({ script }: ScriptSuite): Promise<Fact[]> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...FLAGS, script], { cwd: folder, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr.split('\n').find((line) => /^\w*Error: /.test(line)) ?? shortened(error)));
      else resolve(JSON.parse(stdout.trim().split('\n').at(-1) as string) as Fact[]);
    });
  });
}
