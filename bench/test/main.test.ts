import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const run = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'main.ts', ...args], { cwd: folder, encoding: 'utf8' });

test('an unknown suite is named, with the known ones, before anything is built', () => {
  const { status, stderr, stdout } = run('gemn');
  expect(stderr.trim()).toMatch(/^Unknown suite "gemn": choose from gemm, elementwise, reduce, .*checks$/);
  expect([status, stdout]).toEqual([2, '']);
});

test('--help prints the suites and the options', () => {
  const { status, stdout } = run('--help');
  expect(stdout).toMatch(/Suites: +gemm/);
  expect(status).toBe(0);
});
