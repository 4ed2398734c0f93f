// Matrix products: cubes from the L1 cache to memory, the shapes of layers, every orientation.

import { type Asked, type Case, row, type TimedSuite } from '../harness/suite.ts';
import type { MatmulParameters } from '../tasks/matmul.ts';

/** No peer has the order 'f'. */
const ALONE: readonly Asked[] = [
  { measure: 'GFLOP/s', atLeast: 44, build: 'simd' },
  { measure: 'GFLOP/s', atLeast: 51, build: 'relaxed' },
];
const LARGE: readonly Asked[] = [...ALONE, { measure: '× best peer', atLeast: 1.35 }];
const atLeast = (gflops: number): readonly Asked[] => [{ measure: 'GFLOP/s', atLeast: gflops }];

const product = (name: string, parameters: MatmulParameters, asked: readonly Asked[] = []): Case =>
  row({ name, task: 'matmul', parameters, measure: 'GFLOP/s', asked });
const cube = (n: number, asked: readonly Asked[] = []): Case => product(`mmul ${n}³`, { m: n, k: n, n }, asked);

const SIDE = { m: 512, k: 512, n: 512 };
const FIRST_LAYER = { k: 784, n: 1000 };

export const gemm: TimedSuite = {
  name: 'gemm',
  title: 'Matrix products',
  cases: [
    cube(64, atLeast(30)),
    cube(128),
    cube(256, LARGE),
    cube(512, LARGE),
    cube(1024, LARGE),
    cube(2048, LARGE),
    product('mmul 512³, A transposed', { ...SIDE, transposeA: true }, LARGE),
    product('mmul 512³, B transposed', { ...SIDE, transposeB: true }, LARGE),
    product('mmul 512³, A and B transposed', { ...SIDE, transposeA: true, transposeB: true }, LARGE),
    product("mmul 512³, orders 'f' and 'c'", { ...SIDE, orderA: 'f' }, ALONE),
    product("mmul 512³, orders 'c' and 'f'", { ...SIDE, orderB: 'f' }, ALONE),
    product("mmul 512³, orders 'f' and 'f'", { ...SIDE, orderA: 'f', orderB: 'f' }, ALONE),
    product('mmul 128×1152×256', { m: 128, k: 1152, n: 256 }, atLeast(40)),
    product('mmul 3136×576×64', { m: 3136, k: 576, n: 64 }, atLeast(40)),
    product('mmul 1×784×1000', { m: 1, ...FIRST_LAYER }, atLeast(24)),
    product('mmul 32×784×1000', { m: 32, ...FIRST_LAYER }, atLeast(39)),
    product('mmul 1×784×1000, constant weights', { m: 1, ...FIRST_LAYER, isConstant: true }, atLeast(33)),
    product('mmul 32×784×1000, constant weights', { m: 32, ...FIRST_LAYER, isConstant: true }, atLeast(45)),
    product('mmul 512³ float64', { ...SIDE, type: 'double' }, atLeast(22)),
  ],
};
