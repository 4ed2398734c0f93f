// Every operation that touches elements of arrays, as rows: name, the letters of its array arguments, and how to call it.
// The arrays handed in are 4 x 4 matrices of FLOAT unless a letter is a row vector 'v', a vector 'r' of rank 1, or a BOOL matrix 'b'.

import { BooleanIndexing } from '../../src/ndarray/booleanIndexing.ts';
import { Broadcast } from '../../src/ndarray/broadcast.ts';
import { Conditions } from '../../src/ndarray/conditions.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import { NDArrayIndex } from '../../src/ndarray/ndArrayIndex.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { Transforms } from '../../src/ndarray/transforms.ts';

/** Kinds of operands: matrix, row `[1, 4]`, vector `[4]`, column `[4, 1]`, BOOL matrix. */
export type OperandKind = 'matrix' | 'row' | 'vector' | 'column' | 'mask';

export interface ArrayOperation {
  readonly name: string;
  /** The letter that messages give each argument; '?' where any letter is right. */
  readonly letters: readonly ('X' | 'Y' | 'Z' | '?')[];
  readonly kinds: readonly OperandKind[];
  readonly call: (...arrays: NDArray[]) => unknown;
}

type Method = (...args: unknown[]) => unknown;
const method = (array: NDArray, name: string): Method =>
  ((array as unknown as Record<string, Method>)[name] as Method).bind(array);
const matrices = (count: number): OperandKind[] => Array.from({ length: count }, () => 'matrix');
const unary = (name: string, call: (x: NDArray) => unknown): ArrayOperation => ({
  name,
  letters: ['X'],
  kinds: ['matrix'],
  call,
});
const pair = (
  name: string,
  call: (x: NDArray, y: NDArray) => unknown,
  second: OperandKind = 'matrix',
): ArrayOperation => ({
  name,
  letters: ['X', 'Y'],
  kinds: ['matrix', second],
  call,
});

const ARITHMETIC = ['add', 'sub', 'mul', 'div', 'rsub', 'rdiv', 'fmod', 'remainder'];
const ALONG = ['add', 'sub', 'mul', 'div', 'rsub', 'rdiv'];
const COMPARISONS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq', 'eps'];
const REDUCTIONS = [
  'sum',
  'mean',
  'prod',
  'max',
  'min',
  'amax',
  'amin',
  'amean',
  'std',
  'var',
  'norm1',
  'norm2',
  'normmax',
  'entropy',
  'logEntropy',
  'shannonEntropy',
  'median',
];
const MAPS = [
  'abs',
  'neg',
  'ceil',
  'floor',
  'round',
  'sign',
  'step',
  'timesOneMinus',
  'relu',
  'relu6',
  'leakyRelu',
  'exp',
  'expm1',
  'log',
  'log1p',
  'sqrt',
  'reciprocal',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'erf',
  'sigmoid',
  'softPlus',
  'softsign',
  'hardTanh',
  'elu',
  'sigmoidDerivative',
  'tanhDerivative',
  'hardTanhDerivative',
  'softsignDerivative',
  'leakyReluDerivative',
  'softmax',
];
const DISTANCES = [
  'cosineSim',
  'cosineDistance',
  'euclideanDistance',
  'manhattanDistance',
  'hammingDistance',
  'jaccardDistance',
];
const PAIR_DISTANCES = ['allEuclideanDistances', 'allManhattanDistances', 'allCosineSimilarities'];
const table = (holder: object): Record<string, Method> => holder as Record<string, Method>;

const arithmetic: ArrayOperation[] = [
  ...ARITHMETIC.flatMap((name) => [
    pair(`${name}(array)`, (x, y) => method(x, name)(y)),
    pair(`${name}i(array)`, (x, y) => method(x, `${name}i`)(y)),
    unary(`${name}(number)`, (x) => method(x, name)(2)),
    unary(`${name}i(number)`, (x) => method(x, `${name}i`)(2)),
    {
      name: `${name}(array, result)`,
      letters: ['X', 'Y', 'Z'] as const,
      kinds: matrices(3),
      call: (x: NDArray, y: NDArray, z: NDArray) => method(x, name)(y, z),
    },
  ]),
  ...ALONG.flatMap((name) => [
    pair(`${name}RowVector`, (x, y) => method(x, `${name}RowVector`)(y), 'row'),
    pair(`${name}iRowVector`, (x, y) => method(x, `${name}iRowVector`)(y), 'row'),
    pair(`${name}ColumnVector`, (x, y) => method(x, `${name}ColumnVector`)(y), 'column'),
    pair(`${name}iColumnVector`, (x, y) => method(x, `${name}iColumnVector`)(y), 'column'),
  ]),
  ...COMPARISONS.flatMap((name) => [
    pair(`${name}(array)`, (x, y) => method(x, name)(y)),
    unary(`${name}(number)`, (x) => method(x, name)(2)),
  ]),
  ...['add', 'mul', 'max', 'gt'].map(
    (name): ArrayOperation => ({
      name: `Broadcast.${name}`,
      letters: ['X', 'Y', '?'],
      kinds: ['matrix', 'vector', name === 'gt' ? 'mask' : 'matrix'],
      call: (x, y, z) => table(Broadcast)[name]?.(x, y, z, 1),
    }),
  ),
  unary('neg()', (x) => x.neg()),
  unary('negi()', (x) => x.negi()),
];

const reductions: ArrayOperation[] = [
  ...REDUCTIONS.flatMap((name) => [
    unary(`${name}()`, (x) => method(x, name)()),
    unary(`${name}(0)`, (x) => method(x, name)(0)),
    unary(`${name}(1)`, (x) => method(x, name)(1)),
    unary(`${name}Number()`, (x) => method(x, `${name}Number`)()),
  ]),
  unary('argMax()', (x) => x.argMax()),
  unary('argMax(1)', (x) => x.argMax(1)),
  unary('Nd4j.argMin', (x) => Nd4j.argMin(x, 0)),
  unary('cumsum(0)', (x) => x.cumsum(0)),
  unary('cumsumi(1)', (x) => x.cumsumi(1)),
  unary('percentile', (x) => x.percentile(50)),
  unary('percentileNumber', (x) => x.percentileNumber(50)),
  unary('scan', (x) => x.scan(Conditions.greaterThan(0))),
  unary('any()', (x) => x.any()),
  unary('all()', (x) => x.all()),
  unary('none()', (x) => x.none()),
  pair('distance1', (x, y) => x.distance1(y)),
  pair('distance2', (x, y) => x.distance2(y)),
  pair('squaredDistance', (x, y) => x.squaredDistance(y)),
  pair('equals', (x, y) => x.equals(y)),
  ...DISTANCES.map((name) => pair(`Transforms.${name}`, (x, y) => table(Transforms)[name]?.(x, y))),
  ...PAIR_DISTANCES.map((name) => pair(`Transforms.${name}`, (x, y) => table(Transforms)[name]?.(x, y, 1))),
  pair('Transforms.dot', (x, y) => Transforms.dot(x, y)),
];

const transforms: ArrayOperation[] = [
  ...MAPS.map((name) => unary(`Transforms.${name}`, (x) => table(Transforms)[name]?.(x))),
  ...MAPS.map((name) => unary(`Transforms.${name} in place`, (x) => table(Transforms)[name]?.(x, false))),
  unary('Transforms.stabilize', (x) => Transforms.stabilize(x, 1)),
  unary('Transforms.pow(number)', (x) => Transforms.pow(x, 2)),
  unary('Transforms.isMax', (x) => Transforms.isMax(x)),
  unary('Transforms.reverse', (x) => Transforms.reverse(x)),
  unary('Transforms.unitVec', (x) => Transforms.unitVec(x)),
  unary('Transforms.normalizeZeroMeanAndUnitVariance', (x) => Transforms.normalizeZeroMeanAndUnitVariance(x)),
  ...['pow', 'max', 'min', 'atan2', 'greaterThanOrEqual', 'lessThanOrEqual', 'and', 'or', 'xor'].map((name) =>
    pair(`Transforms.${name}`, (x, y) => table(Transforms)[name]?.(x, y)),
  ),
  unary('Transforms.not', (x) => Transforms.not(x)),
  unary('Nd4j.clearNans', (x) => Nd4j.clearNans(x)),
];

const products: ArrayOperation[] = [
  pair('mmul', (x, y) => x.mmul(y)),
  pair('mmuli', (x, y) => x.mmuli(y)),
  {
    name: 'mmul(result)',
    letters: ['X', 'Y', 'Z'],
    kinds: matrices(3),
    call: (x, y, z) => x.mmul(y as NDArray, z as NDArray),
  },
  {
    name: 'Nd4j.gemm',
    letters: ['X', 'Y', 'Z'],
    kinds: matrices(3),
    call: (x, y, z) => Nd4j.gemm(x as NDArray, y as NDArray, z as NDArray, false, false, 1, 0),
  },
  {
    name: 'Nd4j.matmul',
    letters: ['X', 'Y', 'Z'],
    kinds: matrices(3),
    call: (x, y, z) => Nd4j.matmul(x as NDArray, y as NDArray, z),
  },
  pair('Nd4j.tensorMmul', (x, y) => Nd4j.tensorMmul(x, y, [[1], [0]])),
];

const copies: ArrayOperation[] = [
  unary('assign(number)', (x) => x.assign(3)),
  pair('assign(array)', (x, y) => x.assign(y)),
  unary('castTo(DOUBLE)', (x) => x.castTo('DOUBLE')),
  unary('ravel(f)', (x) => x.ravel('f')),
  unary('repeat', (x) => x.repeat(0, 2)),
  unary('getRows', (x) => x.getRows(0, 2)),
  unary('getColumns', (x) => x.getColumns(1, 3)),
  unary('getDouble', (x) => x.getDouble(1, 2)),
  unary('getInt', (x) => x.getInt(1, 2)),
  unary('putScalar', (x) => x.putScalar(1, 2, 7)),
  pair('putRow', (x, y) => x.putRow(0, y), 'row'),
  pair('putColumn', (x, y) => x.putColumn(0, y), 'column'),
  pair('put(indices, array)', (x, y) => x.put([NDArrayIndex.point(0), NDArrayIndex.all()], y), 'vector'),
  unary('put(indices, number)', (x) => x.put([NDArrayIndex.point(0), NDArrayIndex.all()], 4)),
  unary('get(specified)', (x) => x.get(NDArrayIndex.indices(0, 2), NDArrayIndex.all())),
  {
    name: 'Nd4j.where',
    letters: ['X', '?', '?'],
    kinds: matrices(3),
    call: (c, x, y) => Nd4j.where(c as NDArray, x as NDArray, y as NDArray),
  },
  ...(['concat', 'pile', 'hstack', 'vstack', 'toFlattened', 'accumulate'] as const).map(
    (name): ArrayOperation => ({
      name: `Nd4j.${name}`,
      letters: ['?', '?', '?'],
      kinds: matrices(3),
      call: (...arrays) => (name === 'concat' ? Nd4j.concat(0, ...arrays) : table(Nd4j)[name]?.(...arrays)),
    }),
  ),
  {
    name: 'Nd4j.stack',
    letters: ['?', '?'],
    kinds: matrices(2),
    call: (x, y) => Nd4j.stack(0, x as NDArray, y as NDArray),
  },
  {
    name: 'Nd4j.averageAndPropagate',
    letters: ['?', '?'],
    kinds: matrices(2),
    call: (x, y) => Nd4j.averageAndPropagate([x as NDArray, y as NDArray]),
  },
  unary('Nd4j.tile', (x) => Nd4j.tile(x, 2, 2)),
  unary('Nd4j.pad', (x) =>
    Nd4j.pad(x, [
      [1, 1],
      [0, 0],
    ]),
  ),
  unary('Nd4j.diag', (x) => Nd4j.diag(x)),
  unary('Nd4j.rot90', (x) => Nd4j.rot90(x)),
  unary('Nd4j.reverse', (x) => Nd4j.reverse(x)),
  unary('Nd4j.sort', (x) => Nd4j.sort(x, 1, true)),
  unary('Nd4j.sortRows', (x) => Nd4j.sortRows(x, 0, true)),
  unary('Nd4j.pullRows', (x) => Nd4j.pullRows(x, 1, [0, 2])),
  unary('Nd4j.shuffle', (x) => Nd4j.shuffle(x, 1)),
  unary('BooleanIndexing.and', (x) => BooleanIndexing.and(x, Conditions.greaterThan(0))),
  unary('BooleanIndexing.replaceWhere', (x) => BooleanIndexing.replaceWhere(x, 1, Conditions.lessThan(0))),
  pair('BooleanIndexing.assignIf', (x, y) => BooleanIndexing.assignIf(x, y, Conditions.greaterThan(0))),
  unary('BooleanIndexing.firstIndex', (x) => BooleanIndexing.firstIndex(x, Conditions.greaterThan(0))),
];

/** All rows. */
export const arrayOperations: readonly ArrayOperation[] = [
  ...arithmetic,
  ...reductions,
  ...transforms,
  ...products,
  ...copies,
];
