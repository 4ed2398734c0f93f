// In which order DL4J's DataSet.shuffle and Nd4j.shuffle put examples: every even row trades places with one odd row.

import { JavaRandom, javaShuffle } from './javaRandom.ts';

/**
 * For each new place the old row: even row 2i trades with the i-th of the shuffled odd rows. With an odd count the last row
 * trades instead of one even row chosen at random, which stays.
 * @see org.nd4j.linalg.dataset.DataSet#shuffle (not a uniform permutation)
 */
export function shuffledRows(count: number, seed: number | bigint | JavaRandom): number[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  if (count < 2) return rows;
  const random = seed instanceof JavaRandom ? seed : new JavaRandom(seed);
  const odds = Array.from({ length: Math.floor(count / 2) }, (_, index) => 2 * index + 1);
  const evens = odds.map((odd) => odd - 1);
  javaShuffle(odds, random);
  const staying = count % 2 === 1 ? (evens[random.nextInt(evens.length)] as number) : -1;
  for (const [index, even] of evens.entries()) {
    const row = even === staying ? count - 1 : even;
    const partner = odds[index] as number;
    rows[row] = partner;
    rows[partner] = row;
  }
  return rows;
}
