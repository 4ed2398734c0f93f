// The operation namespaces (`Nd4j.nn()`, `Nd4j.cnn()` …), which a build may not have yet.

import { type INDArray, Nd4j } from 'ndarena';
import { Cannot } from '../../harness/subject.ts';

type Operation = (...args: unknown[]) => INDArray | readonly INDArray[];

/** An operation of a namespace. @throws {Cannot} when this build has none */
export function operation(namespace: string, name: string): Operation {
  const factory = (Nd4j as unknown as Record<string, (() => Record<string, unknown>) | undefined>)[namespace];
  const owner = factory?.call(Nd4j);
  const found = owner?.[name];
  if (typeof found !== 'function') throw new Cannot('not in this build');
  return (...args) => (found as Operation).apply(owner, args);
}

/** The first of the results of an operation that has one or several. */
export const firstOf = (results: INDArray | readonly INDArray[]): INDArray =>
  (Array.isArray(results) ? results[0] : results) as INDArray;
