// Bytes as Java's data streams write them: big-endian numbers, texts with a length of two bytes.

import { describeValue, ND4JIllegalStateException } from './errors.ts';

/**
 * Reads numbers, texts and runs of bytes one after the other. The bytes are shared with the caller, not copied.
 * @see java.io.DataInputStream
 */
export class DataInputStream {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array | ArrayBuffer) {
    if (!(bytes instanceof Uint8Array) && !(bytes instanceof ArrayBuffer))
      throw new TypeError(`Cannot read ${describeValue(bytes)}: needed are bytes, a Uint8Array or an ArrayBuffer`);
    this.#bytes = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
  }

  /** Bytes that have been read. */
  get position(): number {
    return this.#position;
  }

  /** Bytes that are left. */
  available(): number {
    return this.#bytes.length - this.#position;
  }

  /** @throws {ND4JIllegalStateException} when the stream ends first; also for the methods below. */
  readInt(): number {
    return this.#view.getInt32(this.#advance(4, 'a number of 4 bytes'));
  }

  /** A whole number of 8 bytes, rounded beyond ±2⁵³. */
  readLong(): number {
    return Number(this.#view.getBigInt64(this.#advance(8, 'a number of 8 bytes')));
  }

  /** A text: its length in two bytes, then UTF-8. */
  readUTF(): string {
    const length = this.#view.getUint16(this.#advance(2, 'the length of a text'));
    const from = this.#advance(length, `a text of ${length} bytes`);
    return new TextDecoder().decode(this.#bytes.subarray(from, from + length));
  }

  /** The next bytes: a window on them, not a copy. `what` names them in the error. */
  readBytes(length: number, what: string): Uint8Array {
    const from = this.#advance(length, what);
    return this.#bytes.subarray(from, from + length);
  }

  #advance(length: number, what: string): number {
    const from = this.#position;
    if (length > this.available()) {
      throw new ND4JIllegalStateException(
        `Unexpected end of data: found ${this.available()} bytes at byte ${from}, needed are ${length} for ${what}`,
      );
    }
    this.#position = from + length;
    return from;
  }
}

/** Collects what is written to it in memory that grows. @see java.io.DataOutputStream */
export class DataOutputStream {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** Bytes that have been written. */
  size(): number {
    return this.#length;
  }

  /** Appends a copy of bytes. */
  write(bytes: Uint8Array): void {
    this.extend(bytes.length).set(bytes);
  }

  /** Appends a whole number as 8 bytes. */
  writeLong(value: number): void {
    this.#window(8).setBigInt64(0, BigInt(value));
  }

  /** Appends a text of at most 65,535 bytes of UTF-8, behind its length. */
  writeUTF(text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.#window(2).setUint16(0, encoded.length);
    this.write(encoded);
  }

  /** Appends zeros and gives the window on them, to be filled before the next call. */
  extend(length: number): Uint8Array {
    const from = this.#length;
    this.#length = from + length;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, from));
      this.#bytes = larger;
    }
    return this.#bytes.subarray(from, this.#length);
  }

  /** A copy of all that was written. */
  toByteArray(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #window(length: number): DataView {
    const { buffer, byteOffset } = this.extend(length);
    return new DataView(buffer, byteOffset, length);
  }
}
