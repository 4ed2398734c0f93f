// ND4J's generator as its formulas stand, in BigInt: the oracle of src/ops/random.ts.

const MASK = (1n << 64n) - 1n;
const low = (x: bigint): bigint => x & 0xffffffffn;
const rotate32 = (x: bigint, k: bigint): bigint => low((x << k) | (x >> (32n - k)));

export interface State {
  root: bigint;
  node: bigint;
}

export function seeded(seed: bigint): State {
  return { root: seed & MASK, node: (seed ^ 0xffffffffdeadbeefn) & MASK };
}

export function hash32({ root, node }: State, index: number): bigint {
  const k = BigInt(index) + 2n;
  const s0 = (root | (k * (node + 24243287n))) & MASK;
  const s1 = (node ^ (k * (s0 + 723829n))) & MASK;
  return low(rotate32(low(low(s0 ^ s1) * 0x9e3779bbn), 5n) * 5n);
}

/** Uniform on [0, 1), 23 bits. */
export function unit(state: State, index: number): number {
  return Number(hash32(state, index) >> 9n) / 2 ** 23;
}

export function rewind(state: State, length: number): State {
  const first = low(state.node);
  const second = low(state.node >> 32n) ^ first;
  const a = low(rotate32(first, 26n) ^ second ^ (second << 9n));
  return { root: state.root, node: (((rotate32(second, 13n) << 32n) | a) ^ (BigInt(length) ^ 0xdeadbeefn)) & MASK };
}

/** Box–Muller over (e, e + ⌈length/2⌉) in double precision. */
export function gaussians(state: State, length: number): number[] {
  const middle = Math.ceil(length / 2);
  const inner = (index: number): number => 1e-5 + unit(state, index) * (1 - 1e-5);
  return Array.from({ length }, (_, e) => {
    const first = e < middle ? e : e - middle;
    const angle = 2 * Math.PI * inner(first + middle);
    return Math.sqrt(-2 * Math.log(inner(first))) * (e < middle ? Math.cos(angle) : Math.sin(angle));
  });
}
