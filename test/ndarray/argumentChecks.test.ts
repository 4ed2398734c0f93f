// Every operation looks at the memory of every argument before anything else, and names the culprit by its letter.

import { describe, expect, test } from 'vitest';
import { ND4JIllegalStateException } from '../../src/core/errors.ts';
import { heapUse } from '../../src/memory/heap.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { BooleanIndexing } from '../../src/ndarray/booleanIndexing.ts';
import { Broadcast } from '../../src/ndarray/broadcast.ts';
import { Conditions } from '../../src/ndarray/conditions.ts';
import { InvertMatrix } from '../../src/ndarray/invertMatrix.ts';
import { nd4jLinear } from '../../src/ndarray/nd4jLinear.ts';
import { nd4jReductions } from '../../src/ndarray/nd4jReductions.ts';
import { nd4jSelection } from '../../src/ndarray/nd4jSelection.ts';
import { nd4jSorting } from '../../src/ndarray/nd4jSorting.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { Transforms } from '../../src/ndarray/transforms.ts';
import { random } from '../support/arrays.ts';

type Call = (x: NDArray, y: NDArray, z: NDArray) => unknown;
const above = Conditions.greaterThan(0);

/** Operations of one array. */
const unary: Record<string, Call> = { diagonal: (x) => x.neg() };
for (const name of [
  'sum',
  'mean',
  'max',
  'norm2',
  'std',
  'argMax',
  'amean',
  'neg',
  'negi',
  'isNaN',
  'any',
  'all',
  'none',
] as const) {
  unary[name] = (x) => x[name]();
}
for (const name of ['sumNumber', 'meanNumber', 'stdNumber', 'medianNumber', 'median'] as const)
  unary[name] = (x) => x[name]();
for (const name of [
  'add',
  'addi',
  'rdiv',
  'gt',
  'eq',
  'cumsum',
  'cumsumi',
  'percentile',
  'percentileNumber',
] as const) {
  unary[`${name} with a number`] = (x) => x[name](1);
}
for (const name of Object.keys(Transforms)) {
  const transform = Transforms[name as 'exp'];
  if (!/istance|imilarit|Sim$|dot|^(and|or|xor|max|min|pow|atan2|stabilize|greater|less)/.test(name)) {
    unary[`Transforms.${name}`] = (x) => transform(x);
  }
}
Object.assign(unary, {
  cond: (x) => x.cond(above),
  scan: (x) => x.scan(above),
  replaceWhere: (x) => BooleanIndexing.replaceWhere(x, 1, above),
  firstIndex: (x) => BooleanIndexing.firstIndex(x, above),
  and: (x) => BooleanIndexing.and(x, above),
  invert: (x) => InvertMatrix.invert(x),
  sort: (x) => nd4jSorting.sort(x, true),
  sortRows: (x) => nd4jSorting.sortRows(x, 0, true),
  sortWithIndices: (x) => nd4jSorting.sortWithIndices(x, 0, true),
  clearNans: (x) => nd4jSelection.clearNans(x),
  averageAndPropagate: (x) => nd4jReductions.averageAndPropagate([x]),
} satisfies Record<string, Call>);

/** Operations of two arrays, and of three whose last one is the result. */
const binary: Record<string, Call> = {};
for (const name of ['add', 'divi', 'rsub', 'fmod', 'gt', 'neq', 'mmul', 'mmuli', 'distance1', 'distance2'] as const) {
  binary[name] = (x, y) => x[name](y);
}
for (const name of ['addRowVector', 'muliColumnVector'] as const) binary[name] = (x, y) => x[name](y.getRow(0));
for (const name of ['and', 'max', 'pow', 'dot', 'cosineSim', 'hammingDistance', 'allEuclideanDistances'] as const) {
  binary[`Transforms.${name}`] = (x, y) => Transforms[name](x, y);
}
Object.assign(binary, {
  match: (x, y) => x.match(y, above),
  replaceWhere: (x, y) => x.replaceWhere(y, above),
  applyMask: (x, y) => BooleanIndexing.applyMask(x, y, above),
  chooseFrom: (x, y) => BooleanIndexing.chooseFrom([x, y], above),
  equals: (x, y) => x.equals(y),
  gemm: (x, y) => nd4jLinear.gemm(x, y, false, false),
  tensorMmul: (x, y) => nd4jLinear.tensorMmul(x, y, [[0], [0]]),
} satisfies Record<string, Call>);
const ternary: Record<string, Call> = {
  add: (x, y, z) => x.add(y, z),
  mmul: (x, y, z) => x.mmul(y, z),
  gemm: (x, y, z) => nd4jLinear.gemm(x, y, z, false, false, 1, 1),
  'Broadcast.add': (x, y, z) => Broadcast.add(x, y, z, 0, 1),
  sum: (x, _, z) => x.sum(z, 0),
  where: (x, y, z) => nd4jSelection.where(x, y, z),
};

/** An array whose workspace was closed behind it. */
function leaked(): NDArray {
  const workspace = workspaceManager.getAndActivateWorkspace({ initialSize: 4096 }, 'LEAK');
  const array = random([3, 3], 1).dup();
  workspace.close();
  return array;
}

function expectRefused(call: () => unknown, letter: string, open: readonly NDArray[]): void {
  const before = open.map((each) => each.dup());
  const blocks = heapUse.blocks;
  expect(call).toThrow(ND4JIllegalStateException);
  expect(call).toThrow(new RegExp(`${letter} argument uses leaked workspace pointer from workspace \\[LEAK\\]`));
  expect(heapUse.blocks - blocks, 'blocks left behind').toBe(0);
  open.forEach((each, i) => {
    expect(each.equals(before[i])).toBe(true);
  });
}

describe('a leaked argument is refused, nothing changed and nothing kept', () => {
  const fine = random([3, 3], 2);
  const gone = leaked();
  for (const [name, call] of Object.entries(unary)) {
    test(`X of ${name}`, () => expectRefused(() => call(gone, fine, fine), 'X', [fine]));
  }
  for (const [name, call] of Object.entries(binary)) {
    test(`X and Y of ${name}`, () => {
      expectRefused(() => call(gone, fine, fine), 'X', [fine]);
      expectRefused(() => call(fine, gone, fine), '[XY]', [fine]);
    });
  }
  for (const [name, call] of Object.entries(ternary)) {
    test(`Z of ${name}`, () => expectRefused(() => call(fine, fine, gone), 'Z', [fine]));
  }
});

test('the operation is named', () => {
  expect(() => leaked().add(1)).toThrow(/^Op \[add\] X argument/);
  expect(() => random([3, 3]).mmul(leaked())).toThrow(/^Op \[mmul\] Y argument/);
  expect(() => leaked().sum(0)).toThrow(/^Op \[sum\] X/);
});
