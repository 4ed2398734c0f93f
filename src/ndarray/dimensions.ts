// The arguments of reductions: leading booleans, a result array, then dimensions as numbers or one list.

import { describeValue } from '../core/errors.ts';
import { ArrayHandle } from './arrayHandle.ts';

/** Dimensions as single numbers or as one list. */
export type Dimensions = (number | readonly number[])[];

/** What stood before the dimensions, and the dimensions. */
export interface ReductionArguments {
  readonly flags: readonly boolean[];
  readonly result: ArrayHandle | undefined;
  readonly dimensions: readonly number[];
}

/** Splits the arguments of a reduction that takes up to `flagCount` booleans first. @throws {TypeError} for anything else */
export function readArguments(name: string, args: readonly unknown[], flagCount: number): ReductionArguments {
  const flags: boolean[] = [];
  let at = 0;
  while (at < flagCount && typeof args[at] === 'boolean') flags.push(args[at++] as boolean);
  let result: ArrayHandle | undefined;
  if (args[at] instanceof ArrayHandle) result = args[at++] as ArrayHandle;
  const rest = args.slice(at).flat() as unknown[];
  for (const each of rest) {
    if (typeof each !== 'number') {
      throw new TypeError(`Cannot ${name} along ${describeValue(each)}: dimensions must be numbers`);
    }
  }
  return { flags, result, dimensions: rest as number[] };
}
