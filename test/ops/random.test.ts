import { describe, expect, test } from 'vitest';
import { NativeRandom, realmRandom } from '../../src/ops/random.ts';
import { seeded, unit } from '../reference/random.ts';
import { emptyOf, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

const units = Array.from({ length: 12 }, (_, e) => unit(seeded(42n), e));

describe('targets', () => {
  test('an array in f order is filled as it lies in memory', () => {
    const out = emptyOf('FLOAT', [2, 3], { order: 'f' });
    new NativeRandom(42).fillUniform(out);
    expect(valuesOf(out)).toEqual([0, 2, 4, 1, 3, 5].map((e) => units[e]));
    release(out);
  });

  test('a strided array is filled in c order, and nothing between its elements', () => {
    const out = emptyOf('DOUBLE', [2, 3], { strides: [2, 5], offset: 1 });
    new NativeRandom(42).fillUniform(out);
    expect(valuesOf(out)).toEqual(units.slice(0, 6));
    expect(strayWrites(out)).toEqual([]);
    release(out);
  });

  test('a strided array drops out in place', () => {
    const x = viewOf('FLOAT', [1, 2, 3, 4, 5, 6], [2, 3], { strides: [1, 2] });
    const out = viewOf('FLOAT', [1, 2, 3, 4, 5, 6], [2, 3], { strides: [7, 2] });
    new NativeRandom(42).dropOut(out, out, 0.5);
    expect(valuesOf(out)).toEqual([1, 2, 3, 4, 5, 6].map((v, e) => ((units[e] as number) < 0.5 ? v : 0)));
    new NativeRandom(42).dropOut(out, x, 0.5);
    expect(valuesOf(out)).toEqual([1, 2, 3, 4, 5, 6].map((v, e) => ((units[e] as number) < 0.5 ? v : 0)));
    release(x, out);
  });

  test('a HALF array gets the float draws, rounded', () => {
    const out = emptyOf('HALF', [4]);
    const wide = emptyOf('FLOAT', [4]);
    new NativeRandom(42).fillUniform(out);
    new NativeRandom(42).fillUniform(wide);
    expect(new Set(valuesOf(out)).size).toBe(4);
    expect(valuesOf(wide)).toEqual(units.slice(0, 4));
    release(out, wide);
  });

  test('an integer array is refused, and the state stays', () => {
    const random = new NativeRandom(42);
    const out = emptyOf('INT', [4]);
    const before = random.nodeState();
    expect(() => random.fillUniform(out)).toThrow(
      'Cannot fill an array of type INT with random numbers: Op.Z must have one of floating point types',
    );
    expect(random.nodeState()).toBe(before);
    release(out);
  });
});

describe('arguments', () => {
  test('a closed array is refused, whichever argument it is', () => {
    const random = new NativeRandom(42);
    const closed = emptyOf('FLOAT', [4]);
    const out = emptyOf('FLOAT', [4]);
    closed.buffer.close();
    expect(() => random.fillUniform(closed)).toThrow('Op.Z argument was closed before call');
    expect(() => random.fillBernoulli(closed, 0.5)).toThrow('Op.Z argument was closed before call');
    expect(() => random.dropOut(out, closed, 0.5)).toThrow('Op.X argument was closed before call');
    expect(() => random.merge(out, out, closed, 0.5)).toThrow('Op.Y argument was closed before call');
    expect(() => random.choose(out, closed, out)).toThrow('argument was closed before call');
    release(out);
  });

  test('inputs of another size are refused with both shapes', () => {
    const random = new NativeRandom(42);
    const out = emptyOf('FLOAT', [2, 2]);
    const x = emptyOf('FLOAT', [3]);
    expect(() => random.dropOutInverted(out, x, 0.5)).toThrow(
      'Cannot dropout_inverted shape [3] into shape [2, 2]: both must have the same number of elements',
    );
    expect(() => random.fillBinomial(out, 5, x)).toThrow(
      'Cannot distribution_binomial with probabilities of shape [3]: needed are 5 elements',
    );
    expect(() => random.choose(out, out, x)).toThrow('needed are 4 elements');
    release(out, x);
  });
});

describe('state', () => {
  test('setSeed() starts the same sequence again', () => {
    const random = new NativeRandom(7);
    const first = [random.nextInt(), random.nextLong(), random.nextFloat(), random.nextInt(3, 9), random.nextBoolean()];
    random.setSeed(7n);
    expect([
      random.nextInt(),
      random.nextLong(),
      random.nextFloat(),
      random.nextInt(3, 9),
      random.nextBoolean(),
    ]).toEqual(first);
    expect(random.getSeed()).toBe(7);
  });

  test('seed 0 and an array of seeds mean the time', () => {
    const random = new NativeRandom(0);
    expect(random.getSeed()).toBe(0);
    expect(Math.abs(Number(random.rootState()) - Date.now())).toBeLessThan(60_000);
    random.setSeed([1, 2, 3]);
    expect(random.getSeed()).toBe(0);
  });

  test('negative and 64-bit seeds keep their bits', () => {
    const random = new NativeRandom(-1);
    expect(random.rootState()).toBe(-1n);
    random.setSeed(0x7fffffffffffffffn);
    expect(random.getSeed()).toBe(0x7fffffffffffffffn);
    expect(random.rootState()).toBe(0x7fffffffffffffffn);
  });

  test('nextGaussian() keeps the second half of a pair across setSeed()', () => {
    const random = new NativeRandom(3);
    random.nextGaussian();
    const state = random.nodeState();
    random.setSeed(9);
    random.nextGaussian();
    expect(random.nodeState()).not.toBe(state);
    expect(random.nodeState()).toBe(new NativeRandom(9).nodeState());
  });

  test('nextInt() refuses bounds without a number below them', () => {
    const random = new NativeRandom(3);
    expect(() => random.nextInt(0)).toThrow('Cannot draw an integer below 0: the bound must be a whole number above 0');
    expect(() => random.nextInt(4, 4)).toThrow(RangeError);
    expect(() => random.setSeed(1.5)).toThrow('Invalid seed 1.5: needed is a whole number');
  });

  test('realmRandom() is one generator', () => {
    expect(realmRandom()).toBe(realmRandom());
  });
});
