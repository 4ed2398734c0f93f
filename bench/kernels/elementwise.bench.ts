// Functions of a million elements, and the operations that only move memory.

import { type Asked, type Case, row, type TimedSuite } from '../harness/suite.ts';
import type { BinaryParameters, UnaryParameters } from '../tasks/elementwise.ts';

/** 4 MB an array: beyond the caches of a core, within a large last-level cache. */
const MILLION = [1000, 1000] as const;
const atMost = (nanoseconds: number): readonly Asked[] => [{ measure: 'ns/element', atMost: nanoseconds }];
const COPY_SPEED: readonly Asked[] = [{ measure: '% of copy', atLeast: 90 }];

const map = (name: UnaryParameters['function'], nanoseconds: number): Case =>
  row({
    name: `${name}, 1 M`,
    task: 'unary',
    parameters: { function: name, shape: MILLION },
    measure: 'ns/element',
    asked: atMost(nanoseconds),
  });
const softmax = (rows: number, columns: number): Case =>
  row({
    name: `softmax of ${rows} rows of ${columns}`,
    task: 'softmax',
    parameters: { rows, columns },
    measure: 'ns/element',
    asked: atMost(1.3),
  });
const move = (name: 'relu' | 'copy'): Case =>
  row({
    name: `${name}, 1 M`,
    task: 'unary',
    parameters: { function: name, shape: MILLION },
    measure: 'GB/s',
    asked: COPY_SPEED,
  });
const pair = (operation: BinaryParameters['operation']): Case =>
  row({
    name: `${operation}, 1 M`,
    task: 'binary',
    parameters: { operation, left: MILLION, right: MILLION },
    measure: 'GB/s',
    asked: COPY_SPEED,
  });
const broadcast = (name: string, left: readonly number[], right: readonly number[]): Case =>
  row({
    name,
    task: 'binary',
    parameters: { operation: 'add', left, right },
    measure: 'GB/s',
    asked: [{ measure: '× plain', atMost: 1.2 }],
    plain: 'add, 1 M',
  });

export const elementwise: TimedSuite = {
  name: 'elementwise',
  title: 'Elementwise operations',
  cases: [
    map('exp', 1.3),
    map('tanh', 1.6),
    map('sigmoid', 1.1),
    map('log', 1.9),
    softmax(128, 1000),
    softmax(1000, 1000),
    map('erf', 2),
    map('gelu', 2.5),
    pair('add'),
    pair('mul'),
    move('relu'),
    pair('axpy'),
    move('copy'),
    broadcast('add of a row, 1 M', MILLION, [1, 1000]),
    broadcast('add of a column, 1 M', MILLION, [1000, 1]),
    broadcast('add of a column and a row, 1 M', [1000, 1], [1, 1000]),
    broadcast('add of [1, 64, 1, 1] to [16, 64, 31, 31]', [16, 64, 31, 31], [1, 64, 1, 1]),
  ],
};
