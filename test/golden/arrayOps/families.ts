// The families of array operations, in the order in which they are asked for an operation's name.

import type { Family } from '../../support/arrayCases.ts';
import { shape } from './shape.ts';

export const families: readonly Family[] = [shape];

/** The family that knows the operation; undefined when it is not built yet. */
export function familyOf(op: string): Family | undefined {
  return families.find((family) => Object.hasOwn(family.operations, op));
}
