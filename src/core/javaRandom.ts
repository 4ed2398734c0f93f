// java.util.Random: the 48-bit linear congruential generator of the Java platform, for orders that a JVM must reproduce.

const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/** The same sequence as `new java.util.Random(seed)`. @see java.util.Random (its documentation specifies the algorithm) */
export class JavaRandom {
  #state: bigint;
  /** The second half of a Gaussian pair. */
  #kept: number | null = null;

  constructor(seed: number | bigint) {
    this.#state = (BigInt(seed) ^ MULTIPLIER) & MASK;
  }

  /** The top `bits` bits of the next state, signed. */
  #next(bits: number): number {
    this.#state = (this.#state * MULTIPLIER + 0xbn) & MASK;
    return Number(BigInt.asIntN(32, this.#state >> BigInt(48 - bits)));
  }

  /** A whole number from 0 to bound − 1; without a bound any 32-bit integer. */
  nextInt(bound?: number): number {
    if (bound === undefined) return this.#next(32);
    let bits = this.#next(31);
    if ((bound & -bound) === bound) return Math.floor((bound * bits) / 2 ** 31);
    let value = bits % bound;
    while (bits - value + (bound - 1) > 0x7fffffff) {
      bits = this.#next(31);
      value = bits % bound;
    }
    return value;
  }

  /** Any signed 64-bit integer that 48 bits of state can give. */
  nextLong(): bigint {
    return BigInt.asIntN(64, (BigInt(this.#next(32)) << 32n) + BigInt(this.#next(32)));
  }

  /** Uniform on [0, 1), 24 random bits. */
  nextFloat(): number {
    return this.#next(24) / 2 ** 24;
  }

  /** Uniform on [0, 1), 53 random bits. */
  nextDouble(): number {
    return (this.#next(26) * 2 ** 27 + this.#next(27)) / 2 ** 53;
  }

  nextBoolean(): boolean {
    return this.#next(1) !== 0;
  }

  /** Normal with mean 0 and deviation 1, by the polar method; every second call returns the kept half of a pair. */
  nextGaussian(): number {
    const kept = this.#kept;
    this.#kept = null;
    if (kept !== null) return kept;
    let x: number;
    let y: number;
    let square: number;
    do {
      x = 2 * this.nextDouble() - 1;
      y = 2 * this.nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    this.#kept = y * factor;
    return x * factor;
  }
}

/** Fisher–Yates from the end, as java.util.Collections.shuffle does it; in place. */
export function javaShuffle<T>(list: T[], random: JavaRandom): T[] {
  for (let i = list.length; i > 1; i--) {
    const j = random.nextInt(i);
    [list[i - 1], list[j]] = [list[j] as T, list[i - 1] as T];
  }
  return list;
}
