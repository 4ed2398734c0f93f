// Custom operations by name, with lists of inputs, outputs and arguments.

import { describeValue, ND4JIllegalArgumentException } from '../../core/errors.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { INDArray } from '../ndarray.ts';
import type { Optional } from './arrayOp.ts';
import { ListOp } from './customOp.ts';
import type { Arguments, Rows } from './named.ts';
import { namedConvolutions } from './namedConvolutions.ts';
import { namedElementwise } from './namedElementwise.ts';
import { namedLayers } from './namedLayers.ts';
import { namedPooling } from './namedPooling.ts';
import { namedReductions } from './namedReductions.ts';
import { namedShapes } from './namedShapes.ts';

const ROWS: Rows = {
  ...namedConvolutions,
  ...namedPooling,
  ...namedElementwise,
  ...namedReductions,
  ...namedLayers,
  ...namedShapes,
};

type Arrays = INDArray | readonly INDArray[] | null;

function listOf(arrays: Arrays | undefined): INDArray[] {
  if (arrays === null || arrays === undefined) return [];
  return arrays instanceof ArrayHandle ? [arrays as INDArray] : [...(arrays as readonly INDArray[])];
}

/** What a builder collects. */
interface Options {
  inputs: INDArray[];
  outputs: INDArray[];
  floats: number[];
  ints: number[];
  booleans: boolean[];
  isInPlace: boolean;
}

/**
 * An operation of libnd4j by its name, such as 'conv2d'. Outputs that are given are written, the others are new arrays.
 * @see org.nd4j.linalg.api.ops.DynamicCustomOp
 */
export class DynamicCustomOp extends ListOp {
  readonly #floats: number[];
  readonly #ints: number[];
  readonly #booleans: boolean[];
  readonly #isInPlace: boolean;

  /**
   * @param tArgs numbers @param iArgs whole numbers, in the order of libnd4j's operation
   * @throws {ND4JIllegalArgumentException} for an unknown name; the message has the nearest known ones.
   */
  constructor(
    name: string,
    inputs: Arrays,
    outputs: Arrays = null,
    tArgs: readonly number[] | null = [],
    iArgs: readonly number[] | null = [],
    bArgs: readonly boolean[] | null = [],
    inPlace = false,
  ) {
    const row = Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
    if (row === undefined) throw unknown(name);
    const lists = { floats: [...(tArgs ?? [])], ints: [...(iArgs ?? [])], booleans: [...(bArgs ?? [])] };
    const given = listOf(inputs);
    super(name, {
      inputs: given,
      outputs: inPlace ? given.slice(0, 1) : listOf(outputs),
      compute: (all: readonly INDArray[], out: readonly Optional[]) =>
        row({ name, inputs: all, outputs: out, ...lists } satisfies Arguments),
    });
    this.#floats = lists.floats;
    this.#ints = lists.ints;
    this.#booleans = lists.booleans;
    this.#isInPlace = inPlace;
  }

  /** Whether the first result replaces the first input. */
  isInplaceCall(): boolean {
    return this.#isInPlace;
  }

  iArgs(): number[] {
    return [...this.#ints];
  }

  tArgs(): number[] {
    return [...this.#floats];
  }

  bArgs(): boolean[] {
    return [...this.#booleans];
  }

  /** Appends integer arguments. */
  addIArgument(...values: number[]): void {
    this.#ints.push(...values);
  }

  /** Appends numbers. */
  addTArgument(...values: number[]): void {
    this.#floats.push(...values);
  }

  /** Appends booleans. */
  addBArgument(...values: boolean[]): void {
    this.#booleans.push(...values);
  }

  /** `DynamicCustomOp.builder('add').addInputs(x, y).build()` @throws {ND4JIllegalArgumentException} for an unknown name */
  static builder(name: string): DynamicCustomOpsBuilder {
    if (!Object.hasOwn(ROWS, name)) throw unknown(name);
    return new DynamicCustomOpsBuilder(name);
  }
}

/** Collects what an operation needs. All methods append. @see org.nd4j.linalg.api.ops.DynamicCustomOp.DynamicCustomOpsBuilder */
export class DynamicCustomOpsBuilder {
  readonly #name: string;
  readonly #options: Options = { inputs: [], outputs: [], floats: [], ints: [], booleans: [], isInPlace: false };

  constructor(name: string) {
    this.#name = name;
  }

  /** Appends inputs (in 1.0.0-M2.1 a second call replaces the first). */
  addInputs(...arrays: INDArray[]): this {
    this.#options.inputs.push(...arrays);
    return this;
  }

  /** Appends outputs (in 1.0.0-M2.1 a second call replaces the first). */
  addOutputs(...arrays: INDArray[]): this {
    this.#options.outputs.push(...arrays);
    return this;
  }

  addIntegerArguments(...values: number[] | [readonly number[]]): this {
    this.#options.ints.push(...numbers('addIntegerArguments', values, true));
    return this;
  }

  addFloatingPointArguments(...values: number[] | [readonly number[]]): this {
    this.#options.floats.push(...numbers('addFloatingPointArguments', values, false));
    return this;
  }

  addBooleanArguments(...values: boolean[]): this {
    this.#options.booleans.push(...values);
    return this;
  }

  /** Whether the first result replaces the first input. */
  callInplace(inPlace: boolean): this {
    this.#options.isInPlace = inPlace;
    return this;
  }

  build(): DynamicCustomOp {
    const { inputs, outputs, floats, ints, booleans, isInPlace } = this.#options;
    return new DynamicCustomOp(this.#name, inputs, outputs, floats, ints, booleans, isInPlace);
  }
}

/** @throws {TypeError} for others than numbers, or whole numbers. */
function numbers(method: string, values: readonly (number | readonly number[])[], areWhole: boolean): number[] {
  const all = values.flat() as number[];
  const wrong = all.find((each) => (areWhole ? !Number.isInteger(each) : typeof each !== 'number'));
  if (wrong === undefined) return all;
  throw new TypeError(`Cannot ${method} ${describeValue(wrong)}: needed are ${areWhole ? 'whole ' : ''}numbers`);
}

function unknown(name: string): Error {
  const nearest = Object.keys(ROWS)
    .map((known) => ({ known, distance: distance(known, String(name)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ known }) => known);
  return new ND4JIllegalArgumentException(
    `Unknown custom operation ${describeValue(name)}: the nearest known ones are ${nearest.join(', ')}`,
  );
}

/** How many letters must change to turn one name into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}
