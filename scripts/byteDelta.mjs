// Describes one build as pieces of the other: they differ only where a fused multiply-add stands.
//
// A delta is a run of triples in LEB128: where to copy from, how many bytes to copy, how many bytes follow to insert.
// src/wasm/delta.ts applies it.

const BLOCK = 12;

function* leb128(value) {
  let rest = value;
  do {
    const low = rest & 127;
    rest = Math.floor(rest / 128);
    yield rest > 0 ? low | 128 : low;
  } while (rest > 0);
}

/** The bytes that make `target` out of `source`. Greedy: the longest match of the candidates at each place. */
export function makeDelta(source, target) {
  const places = new Map();
  for (let at = 0; at + BLOCK <= source.length; at++) {
    const key = source.toString('latin1', at, at + BLOCK);
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else if (known.length < 16) known.push(at);
  }
  const delta = [];
  let inserted = [];
  let pending = { from: 0, length: 0 };
  const flush = () => {
    if (pending.length > 0 || inserted.length > 0)
      delta.push(...leb128(pending.from), ...leb128(pending.length), ...leb128(inserted.length), ...inserted);
    inserted = [];
  };
  let expected = 0;
  for (let at = 0; at < target.length; ) {
    let best = { from: 0, length: 0 };
    const candidates = [expected, ...(places.get(target.toString('latin1', at, at + BLOCK)) ?? [])];
    for (const from of candidates) {
      let length = 0;
      while (
        from + length < source.length &&
        at + length < target.length &&
        source[from + length] === target[at + length]
      )
        length++;
      if (length > best.length) best = { from, length };
    }
    if (best.length >= BLOCK) {
      flush();
      pending = best;
      at += best.length;
      expected = best.from + best.length;
    } else {
      inserted.push(target[at++]);
      expected++;
    }
  }
  flush();
  return Buffer.from(delta);
}
