// The invariants of the code base that a machine can judge. src/README.md explains them.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesUnder(folder: string, pattern = /\.ts$/): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name) && !name.endsWith('embedded.ts'))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .sort();
}
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
/** Source without comments and string contents, so that words in prose do not count. */
const code = (file: string): string =>
  text(file)
    .replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found = [...text(file).matchAll(/^(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gm)];
  return found.map(([, , type, target]) => ({
    from: file,
    to: relative(root, join(root, dirname(file), target as string)).replaceAll('\\', '/'),
    typeOnly: type !== undefined,
  }));
}

const sources = filesUnder('src');
const imports = sources.flatMap(importsOf);
const runtimeImports = imports.filter((each) => !each.typeOnly);

/** Rows of the layer table: a folder imports from rows below it and from itself. */
const ROWS: readonly [string, number][] = [
  ['src/nn/network', 9],
  ['src/nn/vertices', 8],
  ['src/nn/layers', 7],
  ['src/nn/workspace', 6],
  ['src/nn/conf', 6],
  ['src/listeners', 10],
  ['src/learning', 5],
  ['src/data', 5],
  ['src/evaluation', 5],
  ['src/serialization', 5],
  ['src/ndarray', 4],
  ['src/ops', 3],
  ['src/memory', 2],
  ['src/wasm', 1],
  ['src/core', 0],
];
const TYPE_BACK_EDGES = ['src/ndarray', 'src/memory'];

function placeOf(file: string): [string, number] {
  return ROWS.find(([folder]) => file.startsWith(`${folder}/`)) ?? ['src', 12];
}

function cycleFrom(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  function walk(file: string): string[] | undefined {
    if (state.get(file) === 'done') return undefined;
    if (state.get(file) === 'open') return [...path.slice(path.indexOf(file)), file];
    state.set(file, 'open');
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = walk(next);
      if (cycle) return cycle;
    }
    path.pop();
    state.set(file, 'done');
    return undefined;
  }
  for (const file of graph.keys()) {
    const cycle = walk(file);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('imports', () => {
  test('there are imports to judge', () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(runtimeImports.length).toBeGreaterThan(100);
  });

  test('no runtime import cycles', () => {
    const graph = new Map(
      sources.map((file) => [file, runtimeImports.filter((each) => each.from === file).map((each) => each.to)]),
    );
    expect(cycleFrom(graph)).toBeUndefined();
  });

  test('a folder imports only from rows below it and from itself', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const [fromFolder, fromRow] = placeOf(from);
      const [toFolder, toRow] = placeOf(to);
      if (fromFolder === toFolder || fromRow > toRow) return false;
      return !(typeOnly && TYPE_BACK_EDGES.includes(fromFolder) && TYPE_BACK_EDGES.includes(toFolder));
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('only src/memory, src/ops and src/index.ts import src/wasm', () => {
    const wrong = imports.filter(
      ({ from, to }) => to.startsWith('src/wasm/') && !/^src\/(wasm|memory|ops)\/|^src\/index\.ts$/.test(from),
    );
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('src/nn/conf and src/core import nothing that makes arrays', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) =>
        /^src\/(nn\/conf|core)\//.test(from) && /^src\/(ndarray|memory|ops|wasm)\//.test(to) && !typeOnly,
    );
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

describe('kernels', () => {
  const exported = [...text('assembly/index.ts').matchAll(/^export \{([^}]*)\} from '\.\/(\w+)\/(\w+)'/gms)].flatMap(
    ([, names, folder, file]) =>
      (names as string)
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean)
        .map((name) => ({
          name: name.split(/\s+as\s+/).at(-1) as string,
          folder: folder as string,
          file: file as string,
        })),
  );
  const declared = [...text('src/wasm/kernels.ts').matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name as string);

  test('every export of assembly/index.ts is declared in src/wasm/kernels.ts, and the other way round', () => {
    expect(exported.length).toBeGreaterThan(20);
    expect([...declared].sort()).toEqual(exported.map(({ name }) => name).sort());
  });

  test('compute kernels are called only from src/ops, heap and arena kernels only from src/memory', () => {
    const folderOf = new Map(exported.map(({ name, folder }) => [name, folder]));
    const wrong = sources.flatMap((file) =>
      [...code(file).matchAll(/\bkernels\.(\w+)\(/g)]
        .map(([, name]) => name as string)
        .filter((name) => {
          if (folderOf.get(name) === 'memory') return !/^src\/(memory|ops)\//.test(file);
          return !file.startsWith('src/ops/');
        })
        .map((name) => `${file}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('every file of exported kernels has a test of its own', () => {
    const stems = filesUnder('test', /\.test\.ts$/).map((file) => file.replace(/^.*\/|\.test\.ts$/g, ''));
    const tested: Record<string, string> = {
      learning: 'workspace',
      outside: 'workspace',
      strided: 'elementwise',
      copyStrided: 'layout',
      reducePlan: 'reduce',
      sort: 'sorting',
    };
    const files = [...new Set(exported.map(({ file }) => file))];
    expect(files.filter((file) => !stems.includes(tested[file] ?? file))).toEqual([]);
  });
});

describe('files', () => {
  const product = [...sources, ...filesUnder('assembly')];

  test('no product file is longer than 400 lines', () => {
    const long = product
      .map((file) => [file, text(file).split('\n').length] as const)
      .filter(([, lines]) => lines > 400);
    expect(long).toEqual([]);
  });

  test('no file is named base, util, helper, common, misc or types', () => {
    const wrong = [...product, ...filesUnder('test')].filter((file) =>
      /\/(base|utils?|helpers?|common|misc|types|new|impl)\.(test\.)?ts$/.test(file),
    );
    expect(wrong).toEqual([]);
  });

  test('no console, any, ts-ignore or non-null assertion in src without a reason on its line', () => {
    const wrong = sources.flatMap((file) =>
      text(file)
        .split('\n')
        .map((line, index) => [`${file}:${index + 1}`, line] as const)
        .filter(
          ([, line]) =>
            /\bconsole\.|@ts-ignore|@ts-expect-error|: any\b|\bas any\b|[\w)\]]!(?:[.;,)[\]]|$)/.test(
              line.replace(/'[^']*'|`[^`]*`|\/\/.*|\*.*/g, ''),
            ) && !/biome-ignore/.test(line),
        )
        .filter(([place]) => !place.startsWith('src/core/platform.ts'))
        .map(([place]) => place),
    );
    expect(wrong).toEqual([]);
  });

  test('Node and browser APIs are reached only through src/core/platform.ts', () => {
    const hostApi =
      /(?<![.\w])((process|window|document|navigator|performance)\s*\.|(setImmediate|setTimeout|setInterval|queueMicrotask)\s*\(|new MessageChannel)|from 'node:|import\('node:/;
    const wrong = sources.filter((file) => file !== 'src/core/platform.ts' && hostApi.test(code(file)));
    expect(wrong).toEqual([]);
  });

  test('the project speaks of itself alone', () => {
    const wrong = [
      ...product,
      ...filesUnder('test'),
      ...filesUnder('examples'),
      'README.md',
      'src/README.md',
      'assembly/README.md',
      'bench/README.md',
    ].filter((file) => /\.\.\/shared|\/work\/|\bissue #?\d|helper session/i.test(text(file)));
    expect(wrong.filter((file) => file !== 'test/architecture.test.ts')).toEqual([]);
  });
});

describe('public names', () => {
  test('every declaration exported by src has a doc comment', () => {
    const missing = sources.flatMap((file) => {
      const lines = text(file).split('\n');
      return lines.flatMap((line, index) => {
        const match = /^export (?:abstract )?(?:class|function|interface) (\w+)/.exec(line);
        const previous = lines[index - 1] ?? '';
        const overload = new RegExp(`^export function ${match?.[1]}\\b`).test(previous);
        return match && !/\*\/\s*$/.test(previous) && !overload ? [`${file}: ${match[1]}`] : [];
      });
    });
    const publicFiles = new Set(importsOf('src/index.ts').map((each) => each.to));
    expect(missing.filter((each) => publicFiles.has(each.split(':')[0] as string))).toEqual([]);
  });
});
