// Makes the publishable dist/: WebAssembly builds, bundled and minified ES modules, and type declarations.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const run = (command, ...args) =>
  execFileSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });

run(process.execPath, 'scripts/buildWasm.mjs');
await rm('dist', { recursive: true, force: true });
await mkdir('dist');
for (const { path, contents } of await bundle(['src/index.ts', 'src/operations.ts', 'src/progress.ts']))
  await writeFile(path, contents);
for (const name of ['simd', 'relaxed']) await copyFile(`build/${name}.wasm`, `dist/${name}.wasm`);
run('npx', 'tsc', '-p', 'scripts/tsconfig.types.json');
