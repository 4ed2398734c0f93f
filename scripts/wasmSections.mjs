// The sections of a WebAssembly module.
// @see https://webassembly.github.io/spec/core/binary/modules.html#sections

const HEADER_BYTES = 8;
const CUSTOM = 0;

/** Reads numbers and texts one after another. */
class Reader {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  get atEnd() {
    return this.#at >= this.#bytes.length;
  }
  get rest() {
    return this.#bytes.subarray(this.#at);
  }

  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  skip(bytes) {
    this.#at += bytes;
  }

  bytes(count) {
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  text() {
    return new TextDecoder().decode(this.bytes(this.number()));
  }
}

/** Sections in order: id, name (of custom ones), all bytes with the head, and a reader of the contents. */
export function sectionsOf(module) {
  const sections = [];
  const all = new Reader(module.subarray(HEADER_BYTES));
  while (!all.atEnd) {
    const start = module.length - all.rest.length;
    const id = all.number();
    const reader = new Reader(all.bytes(all.number()));
    const bytes = module.subarray(start, module.length - all.rest.length);
    sections.push({ id, name: id === CUSTOM ? reader.text() : '', bytes, reader });
  }
  return sections;
}

/** The module without custom sections: names of functions and tools are for people, not for the engine. */
export function withoutNames(module) {
  const kept = sectionsOf(module).filter(({ id }) => id !== CUSTOM);
  return Buffer.concat([module.subarray(0, HEADER_BYTES), ...kept.map(({ bytes }) => bytes)]);
}
