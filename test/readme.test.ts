// Every snippet of README.md that imports the package runs as it stands.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)]
  .map(([, code]) => code as string)
  .filter((code) => code.includes("from 'ndarena'"));

describe('README snippets', () => {
  const folder = mkdtempSync(fileURLToPath(new URL('./readme-snippets-', import.meta.url)));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('there are snippets', () => expect(snippets.length).toBeGreaterThan(5));

  test.each(
    snippets.map(
      (code, index) =>
        [code.split('\n').find((line) => line && !line.startsWith('import')) ?? '', index, code] as const,
    ),
  )('runs: %s', async (_name, index, code) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const file = join(folder, `snippet${index}.ts`);
    writeFileSync(file, code);
    await import(file);
    if (code.includes('console.log')) expect(log).toHaveBeenCalled();
    log.mockRestore();
  });
});
