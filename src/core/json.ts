// JSON as DL4J's files need it: names keep their order (also names like "10"), 64-bit integers keep their digits, NaN and
// Infinity may stand as bare words, and nothing in a file can reach a prototype, because objects are Maps.

/** A parsed JSON value. Integers beyond 2^53 are bigint. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;
/** A parsed JSON object: names in the order of the file. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** Deepest nesting that is read; a file of brackets must not exhaust the stack. */
const MAX_DEPTH = 200;

/**
 * Reads a JSON text. Of a name that occurs twice the last value counts.
 *
 * @throws {SyntaxError} naming line and column.
 */
export function parseJson(text: string): JsonValue {
  if (typeof text !== 'string') throw new TypeError(`Cannot read JSON from ${typeof text}: needed is a string`);
  return new Reader(text).document();
}

/** Whether a value is a JSON object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

const LITERALS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

class Reader {
  #position = 0;
  #depth = 0;
  readonly #number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

  constructor(private readonly text: string) {}

  document(): JsonValue {
    const value = this.#value();
    this.#space();
    if (this.#position < this.text.length) this.#fail('the end of the text');
    return value;
  }

  #value(): JsonValue {
    this.#space();
    const first = this.text[this.#position];
    if (first === '{') return this.#nested(() => this.#object());
    if (first === '[') return this.#nested(() => this.#array());
    if (first === '"') return this.#string();
    for (const [word, value] of LITERALS) {
      if (this.text.startsWith(word, this.#position)) {
        this.#position += word.length;
        return value;
      }
    }
    return this.#numeral();
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.#fail(`at most ${MAX_DEPTH} nested levels`);
    this.#position++;
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): JsonObject {
    const entries = new Map<string, JsonValue>();
    this.#items('}', () => {
      this.#space();
      if (this.text[this.#position] !== '"') this.#fail('a name in quotes');
      const name = this.#string();
      this.#space();
      if (this.text[this.#position] !== ':') this.#fail('":"');
      this.#position++;
      entries.set(name, this.#value());
    });
    return entries;
  }

  #array(): JsonValue[] {
    const values: JsonValue[] = [];
    this.#items(']', () => values.push(this.#value()));
    return values;
  }

  /** Items with commas between them, up to and including the closing bracket. */
  #items(close: string, item: () => void): void {
    this.#space();
    if (this.text[this.#position] === close) {
      this.#position++;
      return;
    }
    for (;;) {
      item();
      this.#space();
      const next = this.text[this.#position];
      if (next !== ',' && next !== close) this.#fail(`"," or "${close}"`);
      this.#position++;
      if (next === close) return;
    }
  }

  #string(): string {
    const start = this.#position;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) this.#fail('a closing quote');
    const quoted = this.text.slice(start, end + 1);
    try {
      const value: string = JSON.parse(quoted);
      this.#position = end + 1;
      return value;
    } catch {
      return this.#fail('a string without bad escapes or control characters');
    }
  }

  #numeral(): number | bigint {
    this.#number.lastIndex = this.#position;
    const match = this.#number.exec(this.text);
    if (match === null) return this.#fail('a value');
    this.#position = this.#number.lastIndex;
    const value = Number(match[0]);
    const isInteger = match[1] === undefined && match[2] === undefined;
    // A longer run of digits than any 64-bit integer has is a number all the same, and rounded like one.
    return isInteger && !Number.isSafeInteger(value) && match[0].length <= 20 ? BigInt(match[0]) : value;
  }

  #space(): void {
    while (' \t\n\r'.includes(this.text[this.#position] ?? '?')) this.#position++;
  }

  #fail(needed: string): never {
    const before = this.text.slice(0, this.#position).split('\n');
    const found =
      this.#position < this.text.length
        ? JSON.stringify(this.text.slice(this.#position, this.#position + 12))
        : 'the end';
    throw new SyntaxError(
      `Cannot read JSON at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: found ${found}, needed is ${needed}`,
    );
  }
}

/** Writes a value as Jackson does: two spaces of indentation, arrays on one line where they hold plain values, NaN and Infinity as strings. */
export function formatJson(value: JsonValue, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[ ]';
    return `[ ${value.map((item) => formatJson(item, indent)).join(', ')} ]`;
  }
  if (isJsonObject(value)) {
    if (value.size === 0) return '{ }';
    const inner = `${indent}  `;
    const entries = [...value].map(([name, item]) => `${inner}${JSON.stringify(name)} : ${formatJson(item, inner)}`);
    return `{\n${entries.join(',\n')}\n${indent}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  return typeof value === 'bigint' ? String(value) : Object.is(value, -0) ? '-0.0' : JSON.stringify(value);
}
