// A WebAssembly module without its custom sections (names of functions, tools): they are for people, not for the engine.
// @see https://webassembly.github.io/spec/core/binary/modules.html#sections

const HEADER_BYTES = 8;
const CUSTOM = 0;

/** The unsigned LEB128 number at `offset`, and where it ends. */
function readNumber(bytes, offset) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[offset++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value: value >>> 0, end: offset };
  }
}

export function withoutNames(module) {
  const kept = [module.subarray(0, HEADER_BYTES)];
  for (let at = HEADER_BYTES; at < module.length; ) {
    const size = readNumber(module, at + 1);
    const end = size.end + size.value;
    if (module[at] !== CUSTOM) kept.push(module.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
