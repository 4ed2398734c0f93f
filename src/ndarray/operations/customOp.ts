// Operations with lists of inputs and outputs as objects.

import type { CustomOp } from '../execution/executioner.ts';
import type { INDArray } from '../ndarray.ts';
import { type Optional, operand } from './arrayOp.ts';
import { delivered } from './delivering.ts';

/** The results of an operation. `outputs` may be written, but need not: what is not there yet is copied. */
export type ComputeAll = (inputs: readonly INDArray[], outputs: readonly Optional[]) => INDArray[];

/** Lists of arrays, and what makes the second from the first. */
export interface Lists {
  readonly inputs: readonly INDArray[];
  /** Null for one that the operation makes itself. */
  readonly outputs?: readonly Optional[];
  readonly compute: ComputeAll;
}

/** An operation with a list of inputs and a list of outputs. @see org.nd4j.linalg.api.ops.CustomOp */
export class ListOp implements CustomOp {
  readonly #name: string;
  readonly #compute: ComputeAll;
  #inputs: INDArray[];
  #outputs: Optional[];

  constructor(name: string, { inputs, outputs = [], compute }: Lists) {
    this.#name = name;
    this.#compute = compute;
    this.#inputs = [...inputs];
    this.#outputs = [...outputs];
  }

  opName(): string {
    return this.#name;
  }

  inputArguments(): INDArray[] {
    return [...this.#inputs];
  }

  /** The outputs: those given, and after the operation has run, all. */
  outputArguments(): INDArray[] {
    return this.#outputs.filter((each) => each !== null);
  }

  getInputArgument(index: number): INDArray | null {
    return this.#inputs[index] ?? null;
  }

  getOutputArgument(index: number): INDArray | null {
    return this.#outputs[index] ?? null;
  }

  numInputArguments(): number {
    return this.#inputs.length;
  }

  numOutputArguments(): number {
    return this.outputArguments().length;
  }

  /** Appends inputs. */
  addInputArgument(...arrays: INDArray[]): void {
    this.#inputs.push(...arrays);
  }

  /** Appends outputs. */
  addOutputArgument(...arrays: INDArray[]): void {
    this.#outputs.push(...arrays);
  }

  setInputArgument(index: number, array: INDArray): void {
    this.#inputs[index] = array;
  }

  setOutputArgument(index: number, array: INDArray): void {
    this.#outputs[index] = array;
  }

  /** Forgets all arrays. */
  clearArrays(): void {
    this.#inputs = [];
    this.#outputs = [];
  }

  /**
   * Computes the results, into the outputs given; the others are new arrays.
   * @throws {TypeError} for operands that are no arrays. @throws {ND4JIllegalStateException} for types, shapes and memory that do not fit.
   */
  execute(): INDArray[] {
    const inputs = this.#inputs.map((each) => operand(this.#name, 'X', each));
    const outputs = this.#outputs.map((each) => (each === null ? null : operand(this.#name, 'Z', each)));
    const results = this.#compute(inputs, outputs);
    this.#outputs = delivered(this.#name, results, outputs, inputs);
    return this.outputArguments();
  }
}

/** A class of operations. */
export type CustomOpClass<A extends unknown[]> = new (...args: A) => ListOp;

/** The class of operations of one name; `sort` says which argument of the constructor is what. */
export function customOpClass<A extends unknown[]>(name: string, sort: (...args: A) => Lists): CustomOpClass<A> {
  return class extends ListOp {
    constructor(...args: A) {
      super(name, sort(...args));
    }
  };
}
