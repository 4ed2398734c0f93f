// Custom operations by name: what a row of the tables says, and how a call is checked against it.

import { ND4JIllegalArgumentException } from '../../core/errors.ts';
import type { INDArray } from '../ndarray.ts';
import type { Optional } from './arrayOp.ts';

/** A call of a custom operation by name. */
export interface Call {
  readonly name: string;
  readonly inputs: readonly INDArray[];
  /** Arrays given for the results. */
  readonly outputs: readonly Optional[];
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly booleans: readonly boolean[];
  /** Integer arguments by the names of the row; those left out are missing. */
  readonly int: Readonly<Record<string, number>>;
}

/** Arguments of a custom operation. */
export type Arguments = Omit<Call, 'int'>;

/** One custom operation: from a checked call to its results. */
export type Row = (args: Arguments) => INDArray[];
/** Custom operations by name. */
export type Rows = Readonly<Record<string, Row>>;

/**
 * A row: names of the inputs and of the integer arguments, such as 'input weights [bias]'. Names in brackets may be left out, '...' stands for
 * any number of more.
 */
export function row(inputs: string, ints: string, run: (call: Call) => INDArray | INDArray[]): Row {
  return (args) => {
    const { name } = args;
    checkCount(name, 'inputs', inputs, args.inputs.length);
    const names = checkCount(name, 'integer arguments', ints, args.ints.length);
    const int = Object.fromEntries(args.ints.slice(0, names.length).map((value, i) => [names[i], value]));
    const results = run({ ...args, int });
    return Array.isArray(results) ? results : [results];
  };
}

/** @returns the plain names of a list. @throws {ND4JIllegalArgumentException} when there are fewer or more arguments than the list has. */
function checkCount(op: string, what: string, list: string, count: number): string[] {
  const words = list.split(' ').filter(Boolean);
  const names = words.filter((word) => word !== '...');
  const least = names.filter((word) => !word.startsWith('[')).length;
  const most = words.length > names.length ? Number.POSITIVE_INFINITY : names.length;
  if (count < least || count > most) {
    throw new ND4JIllegalArgumentException(
      `Cannot execute ${op} with ${count} ${what}: needed are ${list === '' ? 'none' : `(${words.join(', ')})`}`,
    );
  }
  return names.map((word) => word.replace(/[[\]]/g, ''));
}

/** The value of an integer argument in a list of words. @throws {ND4JIllegalArgumentException} */
export function wordOf<T>(call: Call, argument: string, words: readonly T[]): T {
  const value = call.int[argument] ?? 0;
  const word = words[value];
  if (word !== undefined) return word;
  throw new ND4JIllegalArgumentException(
    `Cannot execute ${call.name} with ${argument} ${value}: needed is a whole number from 0 to ${words.length - 1}, for ${words.join(', ')}`,
  );
}

/** An integer argument that is 0 or 1. */
export function flag(call: Call, argument: string): boolean {
  return wordOf(call, argument, [false, true]);
}

/** The integer arguments but some. */
export function without(call: Call, ...names: string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(call.int).filter(([name]) => !names.includes(name)));
}
