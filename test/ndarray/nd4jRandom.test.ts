// Random arrays: ND4J's numbers for a seed through every overload, distributions by their moments, shuffles by DL4J's recorded ones.

import { describe, expect, test } from 'vitest';
import { JavaRandom } from '../../src/core/javaRandom.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import { build } from '../support/arrayCases.ts';
import { goldenFiles } from '../support/golden.ts';
import { type GoldenArray, numbersOf } from '../support/goldenArray.ts';

const seeded = (draw: () => INDArray): unknown => {
  Nd4j.getRandom().setSeed(42);
  return draw().toArray();
};

describe('rand() and randn()', () => {
  test('draw the same numbers through every overload', () => {
    const uniform = seeded(() => Nd4j.rand(2, 3));
    expect(seeded(() => Nd4j.rand([2, 3]))).toEqual(uniform);
    expect(seeded(() => Nd4j.rand('FLOAT', 2, 3))).toEqual(uniform);
    expect(seeded(() => Nd4j.rand('FLOAT', [2, 3], 'c'))).toEqual(uniform);
    expect(Nd4j.rand(42, [2, 3]).toArray()).toEqual(uniform);
    expect(seeded(() => Nd4j.rand(Nd4j.zeros(2, 3)))).toEqual(uniform);
    expect(Nd4j.rand([2, 3], Nd4j.getRandomFactory().getNewRandomInstance(42)).toArray()).toEqual(uniform);
    expect(Nd4j.rand(0, 1, Nd4j.getRandomFactory().getNewRandomInstance(42), [2, 3]).toArray()).toEqual(uniform);
    const normal = seeded(() => Nd4j.randn(2, 3));
    expect(Nd4j.randn(42, [2, 3]).toArray()).toEqual(normal);
    expect(seeded(() => Nd4j.randn(0, 1, [2, 3]))).toEqual(normal);
    expect(seeded(() => Nd4j.getDistributions().createNormal(0, 1).sample(2, 3))).toEqual(normal);
  });

  test('lay out f orders and stay in their bounds', () => {
    expect(Nd4j.rand('f', 2, 3).ordering()).toBe('f');
    const x = Nd4j.rand([1000], 5, 7);
    expect(x.minNumber()).toBeGreaterThanOrEqual(5);
    expect(x.maxNumber()).toBeLessThan(7);
    expect(Math.abs(Number(Nd4j.randn(100_000).meanNumber()))).toBeLessThan(0.02);
  });

  test('refuse shapes and types that cannot be drawn', () => {
    expect(() => Nd4j.rand(-1)).toThrow(RangeError);
    expect(() => Nd4j.rand('INT', 2)).toThrow('must have one of floating point types');
    expect(() => Nd4j.rand('FOO' as 'FLOAT', 2)).toThrow('Unknown data type "FOO"');
  });
});

describe('the other distributions', () => {
  test('have the right means', () => {
    expect(Nd4j.randomBernoulli(0.25, 10_000).meanNumber()).toBeCloseTo(0.25, 1);
    expect(Nd4j.randomBinomial(10, 0.5, [10_000]).meanNumber()).toBeCloseTo(5, 0);
    expect(Nd4j.randomExponential(2, 10_000).meanNumber()).toBeCloseTo(0.5, 1);
    expect(Nd4j.getDistributions().createUniform(2, 4).sample([10_000]).meanNumber()).toBeCloseTo(3, 1);
    expect(Nd4j.getDistributions().createTruncatedNormal(0, 1).sample(10_000).maxNumber()).toBeLessThanOrEqual(2);
    expect(Nd4j.getDistributions().createLogNormal(0, 1).sample(1000).minNumber()).toBeGreaterThan(0);
    expect(Nd4j.getDistributions().createBinomial(3, 0.5).sample(1000).maxNumber()).toBe(3);
  });

  test('choose elements by probability', () => {
    const source = Nd4j.create([5, 6, 7]);
    expect(Nd4j.choice(source, Nd4j.create([0, 1, 0]), 4).toArray()).toEqual([6, 6, 6, 6]);
    const target = Nd4j.zeros(2, 2);
    expect(Nd4j.choice(source, Nd4j.create([0, 0, 1]), target)).toBe(target);
    expect(target.getDouble(3)).toBe(7);
  });

  test.each<() => unknown>([
    () => Nd4j.randomBernoulli(2, 3),
    () => Nd4j.randomBernoulli(Number.NaN, 3),
    () => Nd4j.randomBinomial(-1, 0.5, 3),
    () => Nd4j.randomExponential(0, 3),
    () => Nd4j.choice(Nd4j.zeros(2), Nd4j.zeros(3), 1),
    () => Nd4j.choice(Nd4j.zeros(2), Nd4j.zeros(2), -1),
  ])('refuse parameters out of range: %s', (draw) => {
    expect(draw).toThrow(RangeError);
  });
});

describe('shuffle()', () => {
  interface ShuffleFile {
    sequences: {
      seed: string;
      calls: { op: string; args: [GoldenArray, string, number | number[]]; result: GoldenArray }[];
    }[];
  }
  const file = goldenFiles('arrays')
    .find(({ name }) => name === 'rng-shuffle')
    ?.read() as ShuffleFile | undefined;
  const calls = (file?.sequences ?? []).flatMap((sequence) => sequence.calls);
  const recorded = calls.filter(({ op }) => op === 'Nd4j.shuffle(array, java.util.Random, dims)');

  test.skipIf(file === undefined)('puts rows where DL4J puts them for a java.util.Random, as recorded', () => {
    expect(recorded.length).toBeGreaterThan(0);
    for (const { args, result } of recorded) {
      const [golden, seed, dimensions] = args;
      const x = build(golden) as INDArray;
      Nd4j.shuffle(x, new JavaRandom(BigInt(seed)), ...[dimensions].flat());
      expect(Array.from(x.reshape(x.length()).toDoubleVector())).toEqual(numbersOf(result));
    }
  });

  test('keeps rows whole, in views too', () => {
    const x = Nd4j.arange(12).reshape(3, 4).transpose();
    Nd4j.shuffle(x, 1);
    const rows = x.toArray() as number[][];
    expect(rows.map(([first]) => first).sort()).toEqual([0, 1, 2, 3]);
    for (const [a, b, c] of rows as [number, number, number][]) expect([b, c]).toEqual([a + 4, a + 8]);
    expect(() => Nd4j.shuffle(x, 5)).toThrow(RangeError);
  });
});
