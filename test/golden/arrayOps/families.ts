// The families of array operations, in the order in which they are asked for an operation's name.

import type { Family } from '../../support/arrayCases.ts';
import { arithmetic } from './arithmetic.ts';
import { combining } from './combining.ts';
import { comparisons } from './comparisons.ts';
import { creation } from './creation.ts';
import { indexing } from './indexing.ts';
import { linear } from './linear.ts';
import { questions } from './questions.ts';
import { reductions } from './reductions.ts';
import { shape } from './shape.ts';
import { sorting } from './sorting.ts';
import { text } from './text.ts';
import { transforms } from './transforms.ts';

export const families: readonly Family[] = [
  text,
  questions,
  indexing,
  creation,
  combining,
  shape,
  arithmetic,
  comparisons,
  linear,
  reductions,
  sorting,
  transforms,
];

/** The family that knows the operation; undefined when it is not built yet. */
export function familyOf(op: string): Family | undefined {
  return families.find((family) => Object.hasOwn(family.operations, op));
}
