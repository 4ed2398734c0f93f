// Compiles probe/probe.ts when its output is missing or older.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('..', import.meta.url);
const source = fileURLToPath(new URL('probe/probe.ts', folder));

/** The bytes of the probe in base64, so that they travel to a process or a page the same way. */
export interface ProbeModules {
  readonly simd: string;
  readonly relaxed: string;
}

export function probeModules(): ProbeModules {
  return {
    simd: compiled('probe', ['simd', 'bulk-memory']),
    relaxed: compiled('probe-relaxed', ['simd', 'bulk-memory', 'relaxed-simd']),
  };
}

function compiled(name: string, features: readonly string[]): string {
  const output = fileURLToPath(new URL(`build/${name}.wasm`, folder));
  if (!existsSync(output) || statSync(output).mtimeMs < statSync(source).mtimeMs) {
    mkdirSync(new URL('build', folder), { recursive: true });
    const compiler = fileURLToPath(import.meta.resolve('assemblyscript/asc')).replace(
      /dist[\\/]asc\.js$/,
      'bin/asc.js',
    );
    const enable = features.flatMap((feature) => ['--enable', feature]);
    const options = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', ...enable];
    execFileSync(process.execPath, [compiler, source, '--outFile', output, ...options], { stdio: 'pipe' });
  }
  return readFileSync(output).toString('base64');
}
