// Descriptions: immutable objects that say what a part of a network is, without computing anything. Each class lists its fields once;
// construction from a plain object, copies with changes, equality and DL4J's JSON follow from the list.

import { DL4JInvalidConfigException } from './errors.ts';
import { type Field, type Kind, Place } from './fields.ts';
import { formatJson, isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** The fields of a class, by name. */
export type Fields = Readonly<Record<string, Field>>;

/** A class of descriptions as a family and a builder see it. */
export interface DescriptionClass<T extends Description = Description> {
  // A family constructs with an object of its own making, whose fields the constructor checks.
  new (options: never): T;
  readonly javaName: string;
  readonly fields: Fields;
}

/**
 * A part of a configuration. Immutable: `with` gives a changed copy.
 *
 * A subclass declares its fields (`declare readonly rho: number`), lists them in `static fields` and names its DL4J class in `static javaName`.
 */
export abstract class Description {
  /** Name of the DL4J class that the description stands for in files. */
  static readonly javaName: string = '';
  static readonly fields: Fields = {};
  /** What was given explicitly, as it was understood; the other fields have their defaults. */
  declare protected readonly given: Readonly<Record<string, unknown>>;

  /** @throws {TypeError} for an unknown field or a wrong type. @throws {DL4JInvalidConfigException} for a value out of range. */
  constructor(options: object = {}) {
    const { fields } = this.#class;
    const place = new Place(this.simpleName);
    const given: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined) continue;
      const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (known === undefined || known.isDerived === true) {
        throw new TypeError(
          `Unknown field ${this.simpleName}.${name}: known are ${Object.keys(fields).join(', ') || 'none'}`,
        );
      }
      given[name] = known.kind.read(value, place.at(name));
    }
    Object.defineProperty(this, 'given', { value: Object.freeze(given) });
    for (const [name, { initial, isDerived }] of Object.entries(fields)) {
      if (isDerived !== true)
        Object.defineProperty(this, name, { value: name in given ? given[name] : initial, enumerable: true });
    }
    this.validate();
    Object.freeze(this);
  }

  /** Checks what single fields cannot: settings that contradict each other. */
  protected validate(): void {}

  get #class(): DescriptionClass {
    return this.constructor as DescriptionClass;
  }

  /** The DL4J class's name without its package. */
  get simpleName(): string {
    const { javaName } = this.#class;
    return javaName.slice(javaName.lastIndexOf('.') + 1);
  }

  /** A copy in which some fields have other values. */
  with(changes: object): this {
    return new this.#class({ ...this.given, ...changes } as never) as this;
  }

  /** An equal description. Descriptions are immutable, so this one is as good; kept for code that comes from DL4J. */
  clone(): this {
    return this;
  }

  /** Same class and same values in all fields. */
  equals(other: unknown): boolean {
    if (this === other) return true;
    return (
      other instanceof Description &&
      other.constructor === this.constructor &&
      formatJson(this.toJsonObject()) === formatJson(other.toJsonObject())
    );
  }

  /** DL4J's JSON, as data: names sorted, without the class. */
  toJsonObject(): JsonObject {
    const names = Object.entries(this.#class.fields).map(([name, known]) => [known.json ?? name, name, known] as const);
    names.sort(([left], [right]) => (left < right ? -1 : 1));
    const entries = new Map<string, JsonValue>();
    for (const [json, name, { kind }] of names) {
      const value = kind.encode(this[name as keyof this]);
      if (value !== undefined) entries.set(json, value);
    }
    return entries;
  }

  toString(): string {
    return `${this.simpleName}(${Object.entries(this.#class.fields)
      .filter(([, { isDerived }]) => isDerived !== true)
      .map(([name]) => `${name}=${this[name as keyof this]}`)
      .join(', ')})`;
  }
}

/** Options for the constructor of a class from a JSON object. */
function decodeFields(target: DescriptionClass, object: JsonObject, place: Place): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [name, known] of Object.entries(target.fields)) {
    if (known.isDerived === true) continue;
    const json = [known.json ?? name, ...(known.aliases ?? [])].find((each) => object.has(each));
    if (json !== undefined) options[name] = known.kind.decode(object.get(json) as JsonValue, place.at(json));
    else if (known.absent !== undefined) options[name] = known.absent;
  }
  return options;
}

/** The description from DL4J's JSON, for a class that always stands in the same place and needs no name there. */
export function decodeAs<T extends Description>(target: DescriptionClass<T>, value: JsonValue, place: Place): T {
  return isJsonObject(value) ? construct(target, value, place) : place.wrongType(value, 'an object');
}

function construct<T extends Description>(target: DescriptionClass<T>, object: JsonObject, place: Place): T {
  const options = decodeFields(target, object, place);
  try {
    return new target(options as never);
  } catch (error) {
    // Contradictions between fields are found by the constructor, which does not know the place in the file.
    if (!(error instanceof DL4JInvalidConfigException) && !(error instanceof TypeError)) throw error;
    const prefix = place.path === '' ? '' : `Invalid ${place.path}: `;
    throw new DL4JInvalidConfigException(`${prefix}${error.message}`, { cause: error });
  }
}

/** Classes of which a field holds one: the table through which class names in files pass, and nothing else. */
export class Family<T extends Description> implements Kind<T> {
  readonly #classes = new Map<string, DescriptionClass<T>>();

  /**
   * @param noun what the classes are, for messages
   * @param type the abstract class of all of them
   * @param typeKey the name under which files keep the class
   */
  constructor(
    private readonly noun: string,
    private readonly type: abstract new (options: never) => T,
    private readonly typeKey: '@class' | 'type' = '@class',
  ) {}

  add(...classes: readonly DescriptionClass<T>[]): this {
    for (const each of classes) this.#classes.set(each.javaName, each);
    return this;
  }

  /** Whether a class of this name is in the table. */
  knows(javaName: string): boolean {
    return this.#classes.has(javaName);
  }

  read(value: unknown, place: Place): T {
    return value instanceof this.type ? value : place.wrongType(value, this.noun);
  }

  decode(value: JsonValue, place: Place): T {
    if (!isJsonObject(value)) return place.wrongType(value, `an object with ${this.noun}`);
    const name = value.get(this.typeKey);
    if (typeof name !== 'string') return place.at(this.typeKey).wrongType(name, 'the name of a class');
    const target = this.#classes.get(name);
    if (target === undefined) return this.#unknown(name, place);
    return construct(target, value, place);
  }

  encode(value: T): JsonValue {
    const { javaName } = value.constructor as DescriptionClass<T>;
    return new Map<string, JsonValue>([[this.typeKey, javaName], ...value.toJsonObject()]);
  }

  #unknown(name: string, place: Place): never {
    const short = (full: string): string => full.slice(full.lastIndexOf('.') + 1);
    throw new DL4JInvalidConfigException(
      `Invalid ${place.path}: ${this.noun} of type ${name.slice(0, 200)} is not supported yet; known are ${[...this.#classes.keys()].map(short).join(', ')}`,
    );
  }
}

/** A kind that takes the description itself or another spelling of it, which `convert` knows. */
export function spelled<T>(kind: Kind<T>, convert: (value: unknown, place: Place) => unknown): Kind<T> {
  return {
    ...kind,
    read: (value, place) => kind.read(convert(value, place), place),
    decode: (value, place) => kind.decode(value, place),
    encode: (value) => kind.encode(value),
  };
}

/** Whether an argument is an object of options rather than the first positional argument. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The options of a constructor that takes either one plain object or DL4J's positional arguments, named in order. */
export function optionsOf(args: readonly unknown[], names: readonly string[]): Record<string, unknown> {
  if (isPlainObject(args[0])) {
    if (args.slice(1).some((value) => value !== undefined))
      throw new TypeError('Cannot take both an object of options and positional arguments');
    return { ...args[0] };
  }
  return Object.fromEntries(names.map((name, index) => [name, args[index]]).filter(([, value]) => value !== undefined));
}

/** A builder with one method for each option. */
export type FieldBuilder<O, T> = { readonly [K in keyof O]-?: (value: NonNullable<O[K]>) => FieldBuilder<O, T> } & {
  build(): T;
};
/** The class of a builder, as in `new Adam.Builder()`. */
export type FieldBuilderClass<O, T> = new () => FieldBuilder<O, T>;

/** The builder class of a description: a method for each field. */
export function builderOf<O extends object, T extends Description>(
  target: () => DescriptionClass<T>,
): FieldBuilderClass<O, T> {
  class Builder {
    constructor() {
      const options: Record<string, unknown> = {};
      const methods: Record<string, unknown> = { build: () => new (target())(options as never) };
      for (const name of Object.keys(target().fields)) {
        methods[name] = (value: unknown) => {
          options[name] = value;
          return this;
        };
      }
      Object.assign(this, methods);
    }
  }
  return Builder as unknown as FieldBuilderClass<O, T>;
}
