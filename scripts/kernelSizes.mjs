// Prints how many bytes of the plain build each family of kernels takes, as the table of assembly/README.md: node scripts/kernelSizes.mjs
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { functionSizes } from './functionSizes.mjs';

const module = fileURLToPath(new URL('../build/simd.names.wasm', import.meta.url));

/** Families in the order of assembly/README.md: the beginnings of their functions' names. */
const FAMILIES = [
  ['heap, arenas, workspaces', ['memory/heap', 'memory/arena', 'memory/learning', 'memory/outside', '~lib/rt']],
  ['casts and strided walks', ['memory/convert', 'kernels/strided', 'kernels/copyStrided', 'kernels/mask']],
  ['elementary functions', ['simd/', '~lib/math']],
  [
    'elementwise operators',
    [
      'kernels/elementwise',
      'kernels/arithmetic',
      'kernels/division',
      'kernels/map',
      'kernels/scalarFunctions',
      'kernels/transforms',
    ],
  ],
  ['activations and their gradients', ['kernels/activation']],
  ['matrix product', ['kernels/gem']],
  ['convolution', ['kernels/convolution', 'kernels/patches', 'kernels/winograd']],
  ['pooling', ['kernels/pool']],
  ['normalization', ['kernels/normalization']],
  ['recurrent cells', ['kernels/lstm']],
  ['softmax', ['kernels/softmax']],
  ['reductions, sorting', ['kernels/reduce', 'kernels/cumulative', 'kernels/condition', 'kernels/sort']],
  ['random draws', ['kernels/random', 'kernels/gaussian']],
  ['updaters', ['kernels/updater']],
];

const sizes = functionSizes(await readFile(module));
const rows = [...FAMILIES.map(([name]) => [name, 0]), ['other', 0]];
for (const { name, bytes } of sizes) {
  const path = name.replace(/^assembly\//, '');
  const family = FAMILIES.findIndex(([, prefixes]) => prefixes.some((prefix) => path.startsWith(prefix)));
  rows.at(family)[1] += bytes;
}
console.log('| Family | KB |\n|---|---|');
for (const [name, bytes] of rows) console.log(`| ${name} | ${(bytes / 1024).toFixed(1)} |`);
