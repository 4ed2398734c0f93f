// The state of ND4J's generator and its scalar draws. A draw is a hash of (root, node, index): of the two 64-bit words it sees only
// the low halves. The same seed gives the same numbers as ND4J on the JVM.

import { describeValue } from '../core/errors.ts';

const INT_MAX = 0x7fffffff;
const LONG_MAX = 2n ** 63n - 1n;
/** ND4J's substitute for node state 0. */
const NODE_OF_ZERO = 1298567341n;
/** What ND4J's Java side xors with the seed: an int, so its sign fills the upper half. */
const SEED_SALT = BigInt.asIntN(64, 0xffffffffdeadbeefn);
const MOVE_SALT = 0xdeadbeef | 0;

const word = new Uint32Array(1);
const single = new Float32Array(word.buffer);

/**
 * Two 64-bit words: `root` (the seed) and `node` (the place in the sequence, moved by every draw).
 * @see org.nd4j.linalg.api.rng.Random
 */
export class RandomState {
  #seed = 0n;
  /** Low half of the root state, as a draw takes it. */
  protected rootLow = 0;
  #rootHigh = 0;
  /** Low half of the node state, as a draw takes it. */
  protected nodeLow = 0;
  #nodeHigh = 0;
  /** The second half of a Gaussian pair; as in ND4J it survives setSeed. */
  #kept = Number.NaN;

  /** @param seed 0 or left out: the time in milliseconds. */
  constructor(seed: number | bigint = Date.now()) {
    this.setSeed(seed);
  }

  /** Starts the sequence of a seed. 0 means the time in milliseconds, and so does an array, as in ND4J. */
  setSeed(seed: number | bigint | readonly number[]): void {
    const long = typeof seed === 'object' ? 0n : toLong(seed, 'seed');
    this.#seed = long;
    this.setStates(long, long ^ SEED_SALT);
  }

  /** setSeed; without an argument the time in milliseconds. */
  reSeed(seed: number | bigint = Date.now()): void {
    this.setSeed(seed);
  }

  /** The seed given last: a bigint beyond ±2⁵³. */
  getSeed(): number | bigint {
    const seed = Number(this.#seed);
    return Number.isSafeInteger(seed) ? seed : this.#seed;
  }

  /** Both words of the state, as signed 64-bit numbers. A root of 0 becomes the time, a node of 0 a constant. */
  setStates(root: number | bigint, node: number | bigint): void {
    const rootWord = toLong(root, 'root state') || BigInt(Date.now());
    const nodeWord = toLong(node, 'node state') || NODE_OF_ZERO;
    this.rootLow = Number(BigInt.asIntN(32, rootWord));
    this.#rootHigh = Number(rootWord >> 32n);
    this.nodeLow = Number(BigInt.asIntN(32, nodeWord));
    this.#nodeHigh = Number(nodeWord >> 32n);
  }

  /** The first word of the state, a signed 64-bit number. */
  rootState(): bigint {
    return joinWords(this.#rootHigh, this.rootLow);
  }

  /** The second word of the state, a signed 64-bit number. */
  nodeState(): bigint {
    return joinWords(this.#nodeHigh, this.nodeLow);
  }

  /** Always 0: the state knows no position. */
  getPosition(): number {
    return 0;
  }

  /**
   * A whole number: without arguments from 0 to 2³¹ − 1, with one below it, with two from the first to below the second.
   * @throws {RangeError} when there is no such number.
   */
  nextInt(from?: number, to?: number): number {
    if (from === undefined) return this.#nextInt();
    if (to !== undefined) return from + this.nextInt(to - from);
    if (!(Number.isInteger(from) && from > 0)) {
      throw new RangeError(
        `Cannot draw an integer below ${describeValue(from)}: the bound must be a whole number above 0`,
      );
    }
    let drawn = this.#nextInt();
    if ((from & -from) === from) return Math.floor((from * drawn) / 2 ** 31);
    let value = drawn % from;
    // The last, incomplete run of remainders is drawn anew.
    while (drawn - value + (from - 1) > INT_MAX) {
      drawn = this.#nextInt();
      value = drawn % from;
    }
    return value;
  }

  /** A whole number from 0 to 2⁶³ − 1. */
  nextLong(): bigint {
    const value = (BigInt(this.#hash(1)) << 32n) + BigInt(this.#hash(0));
    this.#turn();
    return value > LONG_MAX ? value % LONG_MAX : value;
  }

  /** True or false with equal chance. */
  nextBoolean(): boolean {
    return this.#nextInt() % 2 === 0;
  }

  /** Uniform on [0, 1), 23 random bits. */
  nextFloat(): number {
    word[0] = 0x3f800000 | (this.#hash(1) >>> 9);
    this.#turn();
    return (single[0] as number) - 1;
  }

  /** Uniform on [0, 1), 23 random bits as in ND4J. */
  nextDouble(): number {
    return this.nextFloat();
  }

  /** Normal with mean 0 and deviation 1; every second call returns the kept half of a pair. */
  nextGaussian(): number {
    const kept = this.#kept;
    if (!Number.isNaN(kept)) {
      this.#kept = Number.NaN;
      return kept;
    }
    let first: number;
    let second: number;
    do {
      first = this.nextDouble();
      second = this.nextDouble();
    } while (first <= 1e-15);
    const radius = Math.sqrt(-2 * Math.log(first));
    this.#kept = radius * Math.sin(2 * Math.PI * second);
    return radius * Math.cos(2 * Math.PI * second);
  }

  /** Moves the node state on by the draws of a fill of `length` elements. */
  protected moveBy(length: number): void {
    this.#turn();
    this.nodeLow ^= (length % 2 ** 32) ^ MOVE_SALT;
    this.#nodeHigh ^= Math.floor(length / 2 ** 32);
  }

  /** What a scalar draw does to the node state. */
  #turn(): void {
    const low = this.nodeLow;
    const high = this.#nodeHigh ^ low;
    this.nodeLow = ((low << 26) | (low >>> 6)) ^ high ^ (high << 9);
    this.#nodeHigh = (high << 13) | (high >>> 19);
  }

  /** 32 random bits for an index, unsigned; the same function as unit4 in assembly/kernels/random.ts. */
  #hash(index: number): number {
    const k = index + 2;
    const s0 = this.rootLow | Math.imul(k, this.nodeLow + 24243287);
    const s1 = this.nodeLow ^ Math.imul(k, s0 + 723829);
    const mixed = Math.imul(s0 ^ s1, 0x9e3779bb);
    return Math.imul((mixed << 5) | (mixed >>> 27), 5) >>> 0;
  }

  #nextInt(): number {
    const value = this.#hash(1);
    this.#turn();
    return value > INT_MAX ? value % INT_MAX : value;
  }
}

function joinWords(high: number, low: number): bigint {
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));
}

/** A signed 64-bit number; larger ones wrap. @throws {TypeError | RangeError} when the value is not a whole number. */
function toLong(value: number | bigint, what: string): bigint {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value);
  if (typeof value !== 'number')
    throw new TypeError(`Invalid ${what} ${describeValue(value)}: needed is a whole number`);
  if (!Number.isInteger(value))
    throw new RangeError(`Invalid ${what} ${describeValue(value)}: needed is a whole number`);
  return BigInt.asIntN(64, BigInt(value));
}
