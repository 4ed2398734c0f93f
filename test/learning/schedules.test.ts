import { describe, expect, test } from 'vitest';
import {
  ExponentialSchedule,
  FixedSchedule,
  InverseSchedule,
  PolySchedule,
  SigmoidSchedule,
  StepSchedule,
} from '../../src/learning/decaySchedules.ts';
import type { ISchedule } from '../../src/learning/schedule.ts';
import { CycleSchedule, MapSchedule, RampSchedule } from '../../src/learning/schedules.ts';

/** Values at iterations 0 … n − 1, three iterations to an epoch. */
function valuesOf(schedule: ISchedule, count: number): number[] {
  return Array.from({ length: count }, (_, i) => schedule.valueAt(i, Math.trunc(i / 3)));
}
/** Java's Math.pow and exp and the engine's may differ in the last place. */
function expectValues(schedule: ISchedule, expected: readonly number[]): void {
  const actual = valuesOf(schedule, expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] as number) - value), `at ${i}`).toBeLessThanOrEqual(4e-16 * Math.abs(value));
  });
}

// The numbers are those DL4J 1.0.0-M2.1 gives for the same constructor arguments.
describe('valueAt()', () => {
  test('of FixedSchedule is the value', () => {
    expectValues(new FixedSchedule(0.3), [0.3, 0.3, 0.3]);
  });

  test('of StepSchedule falls by decayRate every step iterations, fractions of steps included', () => {
    expectValues(
      new StepSchedule('ITERATION', 0.4, 0.5, 2.5),
      [0.4, 0.4, 0.4, 0.2, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025],
    );
  });

  test('of ExponentialSchedule falls by gamma every iteration', () => {
    expectValues(
      new ExponentialSchedule('ITERATION', 0.4, 0.9),
      [0.4, 0.36000000000000004, 0.32400000000000007, 0.2916],
    );
  });

  test('of InverseSchedule falls as a power of the iteration', () => {
    expectValues(
      new InverseSchedule('ITERATION', 0.4, 0.5, 1.5),
      [0.4, 0.21773242158072695, 0.1414213562373095, 0.10119288512538814, 0.0769800358919501],
    );
  });

  test('of PolySchedule grows as in M2.1, and is 0 from maxIter on', () => {
    expectValues(
      new PolySchedule('ITERATION', 0.4, 2, 6),
      [0.4, 0.5444444444444446, 0.7111111111111111, 0.9, 1.111111111111111, 1.3444444444444448, 0, 0],
    );
  });

  test('of SigmoidSchedule by epoch is half of the value at stepSize', () => {
    expectValues(
      new SigmoidSchedule('EPOCH', 0.4, 0.5, 3),
      [
        0.07297020952254255, 0.07297020952254255, 0.07297020952254255, 0.10757656854799806, 0.10757656854799806,
        0.10757656854799806, 0.15101626751925817, 0.15101626751925817, 0.15101626751925817, 0.2,
      ],
    );
  });

  test('of CycleSchedule rises, falls and anneals in every cycle', () => {
    expectValues(
      new CycleSchedule('ITERATION', 0.1, 0.4, 7, 2, 0.3),
      [0.1, 0.25, 0.4, 0.25, 0.33333333333333337, 0.1, 0.03, 0.1, 0.25, 0.4],
    );
  });

  test('of CycleSchedule(type, max, length) starts at a tenth of the maximum', () => {
    expectValues(
      new CycleSchedule('ITERATION', 0.4, 10),
      [
        0.04000000000000001, 0.13, 0.22, 0.31000000000000005, 0.4, 0.31000000000000005, 0.22000000000000003, 0.13,
        0.4000000000000001, 0.04000000000000001, 0.04000000000000001, 0.13,
      ],
    );
  });

  test('of MapSchedule is the value of the largest key reached', () => {
    const schedule = new MapSchedule.Builder('ITERATION').add(0, 1).add(6, 0.2).add(3, 0.5).build();
    expectValues(schedule, [1, 1, 1, 0.5, 0.5, 0.5, 0.2, 0.2]);
  });

  test('of RampSchedule grows to the base schedule, which goes on meanwhile', () => {
    expectValues(
      new RampSchedule(new StepSchedule('EPOCH', 0.4, 0.5, 2), 4),
      [0.1, 0.2, 0.30000000000000004, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.1],
    );
  });

  test('of RampSchedule with 0 iterations is the base', () => {
    expectValues(new RampSchedule(new FixedSchedule(1), 0), [1, 1]);
  });
});

describe('constructors', () => {
  test('take DL4J’s positional arguments or one object', () => {
    const named = new StepSchedule({ scheduleType: 'EPOCH', initialValue: 0.4, decayRate: 0.5, step: 2 });
    expect(named.equals(new StepSchedule('EPOCH', 0.4, 0.5, 2))).toBe(true);
    expect(named.equals(new StepSchedule('EPOCH', 0.4, 0.5, 3))).toBe(false);
    expect(
      new MapSchedule('ITERATION', { 0: 0.1, 5: 0.2 }).equals(
        new MapSchedule(
          'ITERATION',
          new Map([
            [5, 0.2],
            [0, 0.1],
          ]),
        ),
      ),
    ).toBe(true);
  });

  test('refuse a map without position 0', () => {
    expect(() => new MapSchedule('ITERATION', { 1: 0.1 })).toThrow(
      'Invalid MapSchedule.values: found [1], needed is a value for position 0',
    );
  });

  test('refuse unknown types, NaN and steps of 0', () => {
    expect(() => new StepSchedule('BATCH' as 'EPOCH', 0.4, 0.5, 2)).toThrow(
      new TypeError('Invalid StepSchedule.scheduleType: found "BATCH", needed is one of ITERATION, EPOCH'),
    );
    expect(() => new ExponentialSchedule('EPOCH', Number.NaN, 0.5)).toThrow(
      'Invalid ExponentialSchedule.initialValue: found NaN, needed is a finite number',
    );
    expect(() => new StepSchedule('EPOCH', 0.4, 0.5, 0)).toThrow('needed is a finite number above 0');
    expect(() => new CycleSchedule('EPOCH', 0.1, 0.4, 5, 4, 0.1)).toThrow(
      'Invalid CycleSchedule.annealingLength: found 4 of 5',
    );
  });

  test('refuse unknown fields by name', () => {
    expect(() => new FixedSchedule({ val: 1 } as never)).toThrow(
      new TypeError('Unknown field FixedSchedule.val: known are value'),
    );
  });
});
