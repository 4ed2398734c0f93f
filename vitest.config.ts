import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // The out-of-memory and 3 GiB tests need the address space of a process of their own.
    pool: 'forks',
    execArgv: ['--expose-gc'],
  },
});
