// One file for each subject: our sources bundled as the package is, peers left to Node's resolution or bundled for the browser.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { SubjectProcess } from './subjects.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Bundles a subject for Node and gives the file's name. @throws when a package it needs is not installed */
export async function bundleForNode(subject: SubjectProcess): Promise<string> {
  const outfile = outputOf(subject, 'node');
  await bundle(subject, outfile, 'serveInNode', './harness/nodeMain.ts', {
    platform: 'node',
    external: ['@tensorflow/*', 'onnxruntime-web', '@jax-js/jax', 'ml-matrix'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return outfile;
}

/** Bundles a subject with its peers for a page. onnxruntime-web finds its own files, so it is loaded from where they are served. */
export async function bundleForBrowser(subject: SubjectProcess): Promise<string> {
  const outfile = outputOf(subject, 'browser');
  await bundle(subject, outfile, 'serveInPage', './harness/pageMain.ts', {
    platform: 'browser',
    external: ['node:*'],
    plugins: [SERVED_ONNXRUNTIME],
  });
  return outfile;
}

const SERVED_ONNXRUNTIME: Plugin = {
  name: 'served-onnxruntime',
  setup({ onResolve }) {
    const path = '/modules/onnxruntime-web/dist/ort.wasm.min.mjs';
    onResolve({ filter: /^onnxruntime-web$/ }, () => ({ path, external: true }));
  },
};

function outputOf({ module }: SubjectProcess, place: string): string {
  mkdirSync(`${folder}build/${place}`, { recursive: true });
  return `${folder}build/${place}/${module.replaceAll('/', '-').replace(/ts$/, 'mjs')}`;
}

async function bundle(
  { module }: SubjectProcess,
  outfile: string,
  serve: string,
  main: string,
  options: Parameters<typeof build>[0],
): Promise<void> {
  await build({
    stdin: {
      contents: `import { ${serve} } from '${main}'; import { subject } from './subjects/${module}'; ${serve}(subject);`,
      resolveDir: folder,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'silent',
    ...options,
    alias: { ndarena: `${folder}../src/index.ts` },
  });
}
