// Describes one build as pieces of the other: they differ only where a fused multiply-add stands.
//
// A delta is a run of triples in LEB128: how far to move from the end of the last copy (zigzag: 2n forward, 2n − 1 back), how many bytes
// to copy, how many bytes follow to insert. src/wasm/delta.ts applies it.

/** Near is so many bytes around the place where the last copy would go on. */
const NEAR = 64;
/** Shorter copies cost more than the bytes themselves. */
const SHORTEST_NEAR = 6;
const SHORTEST = 16;
/** A far copy must be that much longer than a near one, for the length of its distance. */
const DISTANCE_COST = 4;
const CANDIDATES = 64;

function* leb128(value) {
  let rest = value;
  do {
    const low = rest & 127;
    rest = Math.floor(rest / 128);
    yield rest > 0 ? low | 128 : low;
  } while (rest > 0);
}

const zigzag = (value) => (value < 0 ? -2 * value - 1 : 2 * value);

/** Where each run of SHORTEST bytes begins. */
function placesIn(source) {
  const places = new Map();
  for (let at = 0; at + SHORTEST <= source.length; at++) {
    const key = source.toString('latin1', at, at + SHORTEST);
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else if (known.length < CANDIDATES) known.push(at);
  }
  return places;
}

/** The bytes that make `target` out of `source`. Greedy: the longest match of the candidates at each place. */
export function makeDelta(source, target) {
  const places = placesIn(source);
  const matched = (from, at) => {
    let length = 0;
    while (
      from + length < source.length &&
      at + length < target.length &&
      source[from + length] === target[at + length]
    )
      length++;
    return length;
  };
  /** The copy to make at `at`, of length 0 if none is worth it. */
  const choose = (at, expected) => {
    let best = { from: expected, length: 0 };
    for (let from = Math.max(0, expected - NEAR); from <= expected + NEAR; from++) {
      const length = matched(from, at);
      const isCloser = Math.abs(from - expected) < Math.abs(best.from - expected);
      if (length > best.length || (length === best.length && isCloser)) best = { from, length };
    }
    let shortest = SHORTEST_NEAR;
    for (const from of places.get(target.toString('latin1', at, at + SHORTEST)) ?? []) {
      const length = matched(from, at);
      if (length <= best.length + DISTANCE_COST) continue;
      best = { from, length };
      shortest = SHORTEST;
    }
    return best.length >= shortest ? best : { from: expected, length: 0 };
  };
  const delta = [];
  let copied = { from: 0, length: 0 };
  let inserted = [];
  let end = 0;
  const flush = () => {
    if (copied.length + inserted.length === 0) return;
    delta.push(...leb128(zigzag(copied.from - end)), ...leb128(copied.length), ...leb128(inserted.length), ...inserted);
    end = copied.from + copied.length;
    inserted = [];
  };
  for (let at = 0; at < target.length; ) {
    const copy = choose(at, copied.from + copied.length + inserted.length);
    if (copy.length === 0) {
      inserted.push(target[at++]);
      continue;
    }
    flush();
    copied = copy;
    at += copy.length;
  }
  flush();
  return Buffer.from(delta);
}
