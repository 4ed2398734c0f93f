// What is watched while operations run: results with NaN or infinities.

import { ND4JOpProfilerException } from '../../core/errors.ts';
import type { ArrayView } from '../../memory/view.ts';
import { reduceAll } from '../../ops/reduce.ts';
import { Condition, Reduce } from '../../ops/reduceCodes.ts';
import { ArrayHandle } from '../arrayHandle.ts';

/** @see org.nd4j.linalg.api.ops.executioner.OpExecutioner.ProfilingMode */
export const ProfilingMode = {
  DISABLED: 'DISABLED',
  NAN_PANIC: 'NAN_PANIC',
  INF_PANIC: 'INF_PANIC',
  ANY_PANIC: 'ANY_PANIC',
  OPERATIONS: 'OPERATIONS',
  METHODS: 'METHODS',
  ALL: 'ALL',
  SCOPE_PANIC: 'SCOPE_PANIC',
  BANDWIDTH: 'BANDWIDTH',
} as const;
export type ProfilingMode = keyof typeof ProfilingMode;

/** The state of this realm. */
export const profiler = {
  verbose: false,
  debug: false,
  /** Whether results are looked at: the one test that an operation makes. */
  panics: false,
  nan: false,
  infinity: false,
};

/** Watches for NaN and infinities from now on, or not. */
export function watch(nan: boolean, infinity: boolean): void {
  profiler.nan = nan;
  profiler.infinity = infinity;
  profiler.panics = nan || infinity;
}

/**
 * The result of an operation; a fresh one is released when it is refused.
 * @throws {ND4JOpProfilerException} when it has elements that are watched for.
 */
export function verified<T extends ArrayView>(op: string, z: T, isFresh = false): T {
  if (profiler.panics) examine(op, z, isFresh);
  return z;
}

function examine(op: string, z: ArrayView, isFresh: boolean): void {
  if (!z.buffer.info.isFloating || z.geometry.length === 0) return;
  const count = (condition: Condition): number => reduceAll(Reduce.COUNT_MATCHES, z, condition);
  const found: [number, string][] = [];
  if (profiler.nan) found.push([count(Condition.IS_NAN), 'NaN']);
  if (profiler.infinity) found.push([count(Condition.IS_INFINITE), 'Inf']);
  const [bad] = found.filter(([times]) => times > 0);
  if (bad === undefined) return;
  if (isFresh && !z.buffer.isAttached) z.buffer.close();
  throw new ND4JOpProfilerException(
    `P.A.N.I.C.! Op.Z() contains ${bad[0]} ${bad[1]} value(s)\nOp [${op}], result of shape [${z.geometry.shape.join(', ')}], ${z.buffer.info.name}: the elements are written already; look at what the operation read.`,
  );
}

type Functions = Record<string, (...args: unknown[]) => unknown>;

/** The functions of a namespace, each looking at the arrays that it gives. */
export function watched<T extends object>(namespace: T): T {
  const functions = Object.entries(namespace as Functions).map(([name, run]) => [
    name,
    (...args: unknown[]): unknown => {
      const result = run.apply(namespace, args);
      for (const each of [result].flat()) if (each instanceof ArrayHandle) verified(name, each);
      return result;
    },
  ]);
  return Object.fromEntries(functions) as T;
}
