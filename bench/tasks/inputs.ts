// Operands, the same numbers for every subject.

export type Vector = Float32Array | Float64Array;

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Numbers in [low, high). */
export function floats(length: number, seed: number, low = -0.5, high = 0.5): Float32Array {
  const next = uniform(seed);
  return Float32Array.from({ length }, () => low + (high - low) * next());
}

export function doubles(length: number, seed: number, low = -0.5, high = 0.5): Float64Array {
  const next = uniform(seed);
  return Float64Array.from({ length }, () => low + (high - low) * next());
}

export const lengthOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
