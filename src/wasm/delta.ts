// Rebuilds one WebAssembly build from the other and a delta (scripts/byteDelta.mjs makes it): both together weigh little more than one.

/** The target of `length` bytes: runs of `source` to copy, between bytes that stand in the delta itself. */
export function applyDelta(source: Uint8Array, delta: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(length);
  let at = 0;
  let from = 0;
  let to = 0;
  const next = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = delta[at++] as number;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  while (at < delta.length) {
    const move = next();
    from += move % 2 === 0 ? move / 2 : -(move + 1) / 2;
    const copied = next();
    const inserted = next();
    target.set(source.subarray(from, from + copied), to);
    from += copied;
    to += copied;
    target.set(delta.subarray(at, at + inserted), to);
    to += inserted;
    at += inserted;
  }
  return target;
}
