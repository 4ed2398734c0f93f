// The package as users get it: packed, installed into an empty project, imported by name; and the budgets of its size.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.mjs';
import { expectSmoke, type SmokeReport } from '../support/smoke.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const npm = (args: string[], cwd: string): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describe('the packed package', () => {
  let project: string;
  let files: string[];
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'ndarena-package-'));
    const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', project], root)) as [
      { filename: string; files: { path: string }[] },
    ];
    files = packed.files.map(({ path }) => path);
    writeFileSync(join(project, 'package.json'), '{ "name": "user", "private": true, "type": "module" }');
    npm(['install', '--no-audit', '--no-fund', '--prefer-offline', join(project, packed.filename)], project);
  });
  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  test('holds only what users need', () => {
    const unexpected = files.filter(
      (path) => !/^(dist\/|README\.md$|LICENSE$|NOTICE$|CHANGELOG\.md$|DIFFERENCES\.md$|package\.json$)/.test(path),
    );
    expect(unexpected).toEqual([]);
    expect(files).toContain('dist/index.js');
    expect(files).toContain('dist/types/index.d.ts');
    expect(files.filter((path) => /test|bench|examples|\.map$/.test(path))).toEqual([]);
  });

  test('works in an empty project', () => {
    const page = readFileSync(join(root, 'test/platform/smokePage.js'), 'utf8');
    writeFileSync(
      join(project, 'smoke.js'),
      `${page}\nimport * as ndarena from 'ndarena';\nconsole.log(JSON.stringify(await smoke(ndarena)));\n`,
    );
    expectSmoke(
      JSON.parse(execFileSync(process.execPath, ['smoke.js'], { cwd: project, encoding: 'utf8' })) as SmokeReport,
    );
  });

  test('executes operations of ndarena/ops on arrays of ndarena', () => {
    writeFileSync(
      join(project, 'operations.js'),
      `import { Nd4j } from 'ndarena';
       import { DynamicCustomOp, LessThan, MulOp, Sum } from 'ndarena/ops';
       const x = Nd4j.create([1, 2, 3]);
       const results = [
         Nd4j.exec(new MulOp(x, x, x))[0] === x,
         Nd4j.exec(new Sum(x)).getDouble(0),
         Nd4j.exec(new LessThan(x, Nd4j.ones(3).addi(4)))[0].toArray(),
         Nd4j.exec(DynamicCustomOp.builder('softmax').addInputs(x).build())[0].sumNumber(),
       ];
       try { Nd4j.exec(new Sum(3)); } catch (error) { results.push(error.name, error.message); }
       console.log(JSON.stringify(results));`,
    );
    const printed = execFileSync(process.execPath, ['operations.js'], { cwd: project, encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual([
      true,
      14,
      [true, true, false],
      expect.closeTo(1, 6),
      'TypeError',
      'Cannot execute reduce_sum with x null: needed is an array',
    ]);
  });

  test('brings its types', () => {
    writeFileSync(
      join(project, 'user.ts'),
      "import { Nd4j, type INDArray } from 'ndarena';\nimport { AddOp } from 'ndarena/ops';\nexport const results: INDArray[] = Nd4j.exec(new AddOp(Nd4j.ones(2), Nd4j.ones(2)));\nconst a: INDArray = Nd4j.zeros(2, 3).add(1);\nexport const sum: number = a.sumNumber();\n",
    );
    const options = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--lib',
      'es2022,dom',
      '--module',
      'nodenext',
      '--moduleResolution',
      'nodenext',
      '--types',
      '',
    ];
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'user.ts'], {
      cwd: project,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  });
});

describe('sizes', () => {
  const dist = join(root, 'dist');
  const zipped = (name: string): number => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length;

  /** The files that an entry imports, itself included. */
  function loadedBy(entry: string, found = new Set<string>()): Set<string> {
    if (found.has(entry)) return found;
    found.add(entry);
    const imports = readFileSync(join(dist, entry), 'utf8').matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g);
    for (const [, name] of imports) loadedBy(name as string, found);
    return found;
  }

  test('gzip of all JavaScript that ndarena loads, with both WebAssembly builds, stays within 200 KB', () => {
    const files = [...loadedBy('index.js')];
    expect(files.length).toBeGreaterThan(1);
    expect(files.reduce((sum, name) => sum + zipped(name), 0)).toBeLessThanOrEqual(200 * 1024);
  });

  test.each([
    ['operations.js', 12],
    ['progress.js', 1],
  ])('gzip of what %s adds to it stays within %i KB', (entry, limit) => {
    const base = loadedBy('index.js');
    const added = [...loadedBy(entry)].filter((name) => !base.has(name));
    expect(added).toContain(entry);
    expect(added.reduce((sum, name) => sum + zipped(name), 0)).toBeLessThanOrEqual(limit * 1024);
  });

  test('every script belongs to an entry', () => {
    const all = ['index.js', 'operations.js', 'progress.js'].flatMap((entry) => [...loadedBy(entry)]);
    expect(readdirSync(dist).filter((name) => name.endsWith('.js') && !all.includes(name))).toEqual([]);
  });

  test('without the operation namespaces it stays within 150 KB', async () => {
    const without: Plugin = {
      name: 'without operation namespaces',
      setup: ({ onLoad }) => {
        onLoad({ filter: /nd4jNamespaces\.ts$/ }, () => ({ contents: 'export const nd4jNamespaces = {};' }));
      },
    };
    const [script] = await bundle([join(root, 'src/index.ts')], [without]);
    expect(script?.contents.length).toBeGreaterThan(100_000);
    expect(gzipSync(script?.contents ?? '', { level: 9 }).length).toBeLessThanOrEqual(150 * 1024);
  });

  test.each(['simd', 'relaxed'])('the %s build stays within 120 KB, 45 KB gzipped', (build) => {
    const path = join(root, 'build', `${build}.wasm`);
    expect(statSync(path).size).toBeLessThanOrEqual(120 * 1024);
    expect(gzipSync(readFileSync(path), { level: 9 }).length).toBeLessThanOrEqual(45 * 1024);
  });
});
