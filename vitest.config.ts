import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string): string => fileURLToPath(new URL(`src/${file}`, import.meta.url));

export default defineConfig({
  resolve: {
    // Examples and README snippets import the package by its name; tests run them on the sources.
    alias: [
      { find: /^ndarena\/ops$/, replacement: source('operations.ts') },
      { find: /^ndarena\/progress$/, replacement: source('progress.ts') },
      { find: /^ndarena$/, replacement: source('index.ts') },
    ],
  },
  oxc: { target: 'es2022' },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // The out-of-memory and 3 GiB tests need the address space of a process of their own.
    pool: 'forks',
    execArgv: ['--expose-gc'],
  },
});
