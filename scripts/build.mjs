// Makes the publishable dist/: WebAssembly builds, bundled and minified ES modules with source maps, and type declarations.
import { execFileSync } from 'node:child_process';
import { copyFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const run = (command, ...args) =>
  execFileSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });

run(process.execPath, 'scripts/buildWasm.mjs');
await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/index.ts', 'src/progress.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['import'],
  external: ['cli-progress'],
  minify: true,
  legalComments: 'linked',
});
for (const name of ['simd', 'relaxed']) await copyFile(`build/${name}.wasm`, `dist/${name}.wasm`);
run('npx', 'tsc', '-p', 'scripts/tsconfig.types.json');
