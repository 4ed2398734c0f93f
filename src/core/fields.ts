// The fields of descriptions (updaters, layers, …): what each accepts, its default, and how it stands in DL4J's JSON.
// Constructors from plain objects, builders and files all pass through here, so that one rule guards all three.

import { DL4JInvalidConfigException, describeValue } from './errors.ts';
import { isJsonObject, type JsonValue } from './json.ts';

/** Where a value stands, for messages: `DenseLayer.nOut` or, in a file, `confs[2].layer.nin`. */
export class Place {
  constructor(
    readonly path: string,
    /** A value from a file is wrong data, not a wrong argument: the class of the error differs. */
    readonly isFile = false,
  ) {}

  at(key: string | number): Place {
    const suffix = typeof key === 'number' ? `[${key}]` : this.path === '' ? key : `.${key}`;
    return new Place(this.path + suffix, this.isFile);
  }

  /** @throws {TypeError} or, for a file, DL4JInvalidConfigException. */
  wrongType(found: unknown, needed: string): never {
    const message = this.#message(found, needed);
    throw this.isFile ? new DL4JInvalidConfigException(message) : new TypeError(message);
  }

  /** @throws {DL4JInvalidConfigException} */
  outOfRange(found: unknown, needed: string): never {
    throw new DL4JInvalidConfigException(this.#message(found, needed));
  }

  #message(found: unknown, needed: string): string {
    const value = isJsonObject(found as JsonValue) ? 'an object' : describeValue(found);
    return `Invalid ${this.path}: found ${value}, needed is ${needed}`;
  }
}

/** The values a field can have. */
export interface Kind<T> {
  /** Checks (and where several spellings are allowed, converts) a value given in code. */
  read(value: unknown, place: Place): T;
  /** The value from a file. */
  decode(value: JsonValue, place: Place): T;
  /** The value for a file; undefined leaves the name out. */
  encode(value: T): JsonValue | undefined;
}

/** One field of a description. */
export interface Field {
  readonly kind: Kind<unknown>;
  /** Value when none is given. */
  readonly initial: unknown;
  /** Name in files; undefined means that of the field. */
  readonly json?: string;
  /** Other names that files of some releases use. */
  readonly aliases?: readonly string[];
  /** Value when a file lacks the name, where that is not `initial`. */
  readonly absent?: unknown;
  /** Worked out from other fields: written, never read. */
  readonly isDerived?: boolean;
}

/** A field of a kind with its default. */
export function field<T>(kind: Kind<T>, initial: T, rest: Omit<Field, 'kind' | 'initial'> = {}): Field {
  return { kind: kind as Kind<unknown>, initial, ...rest };
}

/** A kind whose file form is the value itself. */
function plain<T extends JsonValue>(read: (value: unknown, place: Place) => T): Kind<T> {
  return { read, decode: read, encode: (value) => value };
}

const WORDS = new Map<JsonValue, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** A number that satisfies `accepts`; `needed` says so in words. Files spell NaN and Infinity as strings. */
export function real(needed: string, accepts: (value: number) => boolean): Kind<number> {
  const read = (value: unknown, place: Place): number => {
    if (typeof value !== 'number') return place.wrongType(value, needed);
    return accepts(value) ? value : place.outOfRange(value, needed);
  };
  return { read, decode: (value, place) => read(WORDS.get(value) ?? value, place), encode: (value) => value };
}

export const finite = real('a finite number', Number.isFinite);
export const notNegative = real(
  'a finite number of at least 0',
  (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
);
export const fraction = real('a number from 0 to 1', (value) => value >= 0 && value <= 1);

/** A kind that also takes NaN, for a number whose place a schedule takes. */
export function orNaN(kind: Kind<number>): Kind<number> {
  const isUnset = (value: unknown): boolean => Number.isNaN(value);
  return {
    read: (value, place) => (isUnset(value) ? Number.NaN : kind.read(value, place)),
    decode: (value, place) => (isUnset(WORDS.get(value) ?? value) ? Number.NaN : kind.decode(value, place)),
    encode: (value) => value,
  };
}

/** A kind whose value files may leave unset, as null or NaN: the field then has its default. */
export function unsettable<T>(kind: Kind<T>): Kind<T> {
  const isUnset = (value: JsonValue): boolean => value === null || value === 'NaN' || Number.isNaN(value);
  return {
    read: (value, place) => kind.read(value, place),
    // Undefined is what a constructor takes for a field that is not given.
    decode: (value, place) => (isUnset(value) ? (undefined as T) : kind.decode(value, place)),
    encode: (value) => kind.encode(value),
  };
}

/** Java's int, from `least` on. Files may write it as `3.0`. */
export function integer(least: number, greatest = 2 ** 31 - 1): Kind<number> {
  const needed = `an integer from ${least} to ${greatest}`;
  return plain((value, place) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return place.wrongType(value, needed);
    const number = Number(value);
    return Number.isInteger(number) && number >= least && number <= greatest ? number : place.outOfRange(value, needed);
  });
}

export const flag: Kind<boolean> = plain((value, place) =>
  typeof value === 'boolean' ? value : place.wrongType(value, 'true or false'),
);

export const text: Kind<string> = plain((value, place) =>
  typeof value === 'string' ? value : place.wrongType(value, 'a string'),
);

/** One of the names of an enumeration. */
export function choice<E extends Readonly<Record<string, string>>>(names: E): Kind<E[keyof E]> {
  const allowed = Object.values(names);
  return plain((value, place) =>
    allowed.includes(value as string) ? (value as E[keyof E]) : place.wrongType(value, `one of ${allowed.join(', ')}`),
  );
}

/** The kind, or null. */
export function nullable<T>(kind: Kind<T>): Kind<T | null> {
  return {
    read: (value, place) => (value === null ? null : kind.read(value, place)),
    decode: (value, place) => (value === null ? null : kind.decode(value, place)),
    encode: (value) => (value === null ? null : kind.encode(value)),
  };
}

/** The kind, or null, which files leave out. */
export function optional<T>(kind: Kind<T>): Kind<T | null> {
  return { ...nullable(kind), encode: (value) => (value === null ? undefined : kind.encode(value)) };
}

/** An array of a kind; files may write null for an empty one. */
export function list<T>(kind: Kind<T>): Kind<readonly T[]> {
  const each = <V>(value: unknown, place: Place, read: (item: V, at: Place) => T): readonly T[] =>
    Array.isArray(value)
      ? Object.freeze(value.map((item, index) => read(item, place.at(index))))
      : place.wrongType(value, 'an array');
  return {
    read: (value, place) => each<unknown>(value, place, (item, at) => kind.read(item, at)),
    decode: (value, place) => each<JsonValue>(value ?? [], place, (item, at) => kind.decode(item, at)),
    encode: (values) => values.map((value) => kind.encode(value) ?? null),
  };
}
