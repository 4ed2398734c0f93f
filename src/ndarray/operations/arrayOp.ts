// Operations with one result as objects: x, y and z, and how z comes about.

import { describeValue } from '../../core/errors.ts';
import { checkArgument } from '../../memory/validity.ts';
import type { NativeRandom } from '../../ops/random.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { Op } from '../execution/executioner.ts';
import type { INDArray } from '../ndarray.ts';
import { delivered } from './delivering.ts';

/** An argument that may be missing. */
export type Optional = INDArray | null;

/** The result of an operation: written into z, or a new array when z is null. */
export type Compute = (x: INDArray, y: Optional, z: Optional, random?: NativeRandom) => INDArray;

/** Arguments of a constructor, sorted. */
export interface Operands {
  readonly x: Optional;
  readonly y?: Optional;
  readonly z?: Optional;
  readonly compute: Compute;
}

/** An operation with operands x and y and the result z. @see org.nd4j.linalg.api.ops.BaseOp */
export class ArrayOp implements Op {
  readonly #name: string;
  readonly #compute: Compute;
  #x: Optional;
  #y: Optional;
  #z: Optional;

  constructor(name: string, { x, y = null, z = null, compute }: Operands) {
    this.#name = name;
    this.#compute = compute;
    this.#x = x;
    this.#y = y;
    this.#z = z;
  }

  opName(): string {
    return this.#name;
  }

  x(): Optional {
    return this.#x;
  }

  y(): Optional {
    return this.#y;
  }

  /** The result: the array given for it, or null until the operation has run. */
  z(): Optional {
    return this.#z;
  }

  setX(x: Optional): void {
    this.#x = x;
  }

  setY(y: Optional): void {
    this.#y = y;
  }

  setZ(z: Optional): void {
    this.#z = z;
  }

  /** Forgets all arrays. */
  clearArrays(): void {
    this.#x = this.#y = this.#z = null;
  }

  /**
   * Computes z, and gives it. Random operations draw from `random`, or from the generator of the realm.
   * @throws {TypeError} for operands that are no arrays. @throws {ND4JIllegalStateException} for types, shapes and memory that do not fit.
   */
  execute(random?: NativeRandom): INDArray {
    const x = operand(this.#name, 'X', this.#x) as INDArray;
    const y = this.#y === null ? null : operand(this.#name, 'Y', this.#y);
    const z = this.#z === null ? null : operand(this.#name, 'Z', this.#z);
    const result = this.#compute(x, y, z, random);
    const [given] = delivered(this.#name, [result], [z], [x, y]);
    this.#z = given as INDArray;
    return this.#z;
  }
}

/** @throws {TypeError} when it is no array. @throws {ND4JIllegalStateException} when its memory is not its own any more. */
export function operand(name: string, letter: 'X' | 'Y' | 'Z', value: unknown): INDArray {
  if (!(value instanceof ArrayHandle)) {
    throw new TypeError(
      `Cannot execute ${name} with ${letter.toLowerCase()} ${describeValue(value)}: needed is an array`,
    );
  }
  checkArgument(name, letter, value);
  return value as INDArray;
}

/** A class of operations. */
export type OpClass<A extends unknown[]> = new (...args: A) => ArrayOp;

/** The class of operations of one name; `sort` says which argument of the constructor is what. */
export function opClass<A extends unknown[]>(name: string, sort: (...args: A) => Operands): OpClass<A> {
  return class extends ArrayOp {
    constructor(...args: A) {
      super(name, sort(...args));
    }
  };
}

/** Arguments of a constructor by their kind: arrays (or null for a missing one), booleans, numbers. @throws {TypeError} for others */
export function sorted(
  name: string,
  args: readonly unknown[],
): { arrays: Optional[]; flags: boolean[]; numbers: number[] } {
  const arrays: Optional[] = [];
  const flags: boolean[] = [];
  const numbers: number[] = [];
  for (const each of args.flat() as unknown[]) {
    if (each === null || each === undefined) arrays.push(null);
    else if (each instanceof ArrayHandle) arrays.push(each as INDArray);
    else if (typeof each === 'boolean') flags.push(each);
    else if (typeof each === 'number') numbers.push(each);
    else
      throw new TypeError(
        `Cannot make operation ${name} with ${describeValue(each)}: needed are arrays, booleans and numbers`,
      );
  }
  return { arrays, flags, numbers };
}
