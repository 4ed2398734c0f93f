// The façade's price.

import { type Asked, type Case, row, type TimedSuite } from '../harness/suite.ts';
import type { DispatchParameters } from '../tasks/dispatch.ts';

const add = (name: string, parameters: Omit<DispatchParameters, 'operation'>, asked: readonly Asked[] = []): Case =>
  row({ name, task: 'dispatch', parameters: { operation: 'add', ...parameters }, measure: 'µs', asked });
const garbage = (name: string, shape: readonly number[]): Case =>
  row({ name, task: 'dispatch', parameters: { operation: 'garbage', shape }, measure: 'bytes' });

export const dispatch: TimedSuite = {
  name: 'dispatch',
  title: 'The price of a call',
  cases: [
    add('add of two 4×4 arrays in a workspace', { shape: [4, 4] }, [{ measure: 'µs', atMost: 0.4 }]),
    add('add of two 1-element arrays in a workspace', { shape: [1] }, [{ measure: 'µs', atMost: 0.35 }]),
    add('chain of 100 adds of 4×4 arrays', { shape: [4, 4], chain: 100 }),
    add('addi of two 4×4 arrays', { shape: [4, 4], memory: 'in place' }),
    add('add and close of two 4×4 arrays on the heap', { shape: [4, 4], memory: 'heap' }),
    row({
      name: 'entering and leaving a scope',
      task: 'dispatch',
      parameters: { operation: 'scope', shape: [1] },
      measure: 'µs',
    }),
    garbage('garbage of an add of two 4×4 arrays', [4, 4]),
    garbage('garbage of an add of two 1-element arrays', [1]),
  ],
};
