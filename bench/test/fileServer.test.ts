import { expect, test } from 'vitest';
import { fileOf, serveFiles } from '../harness/fileServer.ts';

test('files outside the served folders are not served', () => {
  expect(fileOf('/modules/../package.json')).toBeUndefined();
  expect(fileOf('/modules/../../package.json')).toBeUndefined();
  expect(fileOf('/package.json')).toBeUndefined();
  expect(fileOf('/modules/')).toBeUndefined();
  expect(fileOf('/modules/ml-matrix/package.json')).toMatch(/node_modules.ml-matrix.package\.json$/);
});

test('pages are isolated, for the finer clock, and load one subject', async () => {
  const server = await serveFiles();
  try {
    const page = await fetch(`${server.address}/?subject=some.mjs`);
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(await page.text()).toContain('src="/subjects/some.mjs"');
    expect((await fetch(`${server.address}/modules/%2e%2e/package.json`)).status).toBe(404);
  } finally {
    server.close();
  }
});
