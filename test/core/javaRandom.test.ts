import { describe, expect, test } from 'vitest';
import { JavaRandom, javaShuffle } from '../../src/core/javaRandom.ts';

const draw = (random: JavaRandom, count: number, bound?: number): number[] =>
  Array.from({ length: count }, () => random.nextInt(bound));

describe('JavaRandom', () => {
  test('nextInt() gives the integers of java.util.Random', () => {
    expect(draw(new JavaRandom(42), 2)).toEqual([-1170105035, 234785527]);
  });

  test('nextInt(bound) gives the integers of java.util.Random below the bound', () => {
    expect(draw(new JavaRandom(42), 5, 100)).toEqual([30, 63, 48, 84, 70]);
  });

  test('nextInt(bound) takes the upper bits when the bound is a power of two', () => {
    const upper = draw(new JavaRandom(7), 20).map((value) => value >>> 29);
    expect(draw(new JavaRandom(7), 20, 8)).toEqual(upper);
  });

  test('negative and large seeds are taken modulo 2^48', () => {
    expect(draw(new JavaRandom(-1n), 3)).toEqual(draw(new JavaRandom((1n << 48n) - 1n), 3));
  });

  test('the other draws give those of java.util.Random', () => {
    const random = new JavaRandom(1);
    expect([random.nextInt(), random.nextInt(10), random.nextDouble(), random.nextBoolean()]).toEqual([
      -1155869325,
      8,
      0.41008081149220166,
      false,
    ]);
    expect(random.nextLong()).toBe(668424937071768037n);
    expect(random.nextGaussian()).toBeCloseTo(0.962388812330478, 14);
  });

  test('nextGaussian() keeps the second half of a pair', () => {
    const one = new JavaRandom(5);
    const other = new JavaRandom(5);
    one.nextGaussian();
    for (let draws = 0; draws < 2; draws++) other.nextDouble();
    one.nextGaussian();
    expect(one.nextFloat()).toBe(other.nextFloat());
  });

  test('javaShuffle() keeps every element and repeats for one seed', () => {
    const list = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = javaShuffle([...list], new JavaRandom(3));
    expect(shuffled).not.toEqual(list);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(list);
    expect(javaShuffle([...list], new JavaRandom(3))).toEqual(shuffled);
  });
});
