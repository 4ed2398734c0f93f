// Custom operations by name against 1.0.0-M2.1: order of inputs and arguments, number, type, shape and values of the results.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import { DynamicCustomOp } from '../../src/operations.ts';
import { goldenFiles } from '../support/golden.ts';

/** `name|inputs|integers|numbers|booleans`; inputs are `type:shape[:values]`, apart by semicolons. */
interface Case {
  readonly case: string;
  readonly results: readonly { type: string; shape: number[]; values: (number | string)[] }[];
}
const cases = goldenFiles('operations').flatMap((file) => file.read() as Case[]);

const TYPES: Record<string, 'DOUBLE' | 'INT' | 'BOOL'> = { D: 'DOUBLE', I: 'INT', B: 'BOOL' };
/** Numbers that libnd4j rounds to float32 on their way: the slope of lrelu, 1/n of mergeavg. */
const SINGLE = new Set(['lrelu', 'mergeavg']);

/** Without values, the ones that the recording program computed. */
function arrayFrom(text: string): INDArray {
  const [type = '', sizes = '', values] = text.split(':');
  const shape = sizes === '' ? [] : sizes.split(',').map(Number);
  const length = shape.reduce((product, size) => product * size, 1);
  const given = values?.split(',').map(Number);
  const data = Float64Array.from({ length }, (_, k) => given?.[k] ?? (((k * 7 + length * 3) % 11) - 5) / 4);
  const array = shape.length === 0 ? Nd4j.scalar(data[0] as number) : Nd4j.create(data, shape);
  return array.castTo(TYPES[type] as 'DOUBLE');
}

const list = <T>(text: string | undefined, convert: (word: string) => T): T[] =>
  text === undefined || text === '' ? [] : text.split(',').map(convert);

function operation(text: string): DynamicCustomOp {
  const [name = '', inputs = '', ints, floats, booleans] = text.split('|');
  return DynamicCustomOp.builder(name)
    .addInputs(...(inputs === '' ? [] : inputs.split(';').map(arrayFrom)))
    .addIntegerArguments(...list(ints, Number))
    .addFloatingPointArguments(...list(floats, Number))
    .addBooleanArguments(...list(booleans, (word) => word === 'true'))
    .build();
}

const numbersOf = (x: INDArray): number[] => [...x.castTo('DOUBLE').dup().reshape(x.length()).toDoubleVector()];

describe('recorded custom operations', () => {
  test.each(cases)('$case', ({ case: text, results }) => {
    const found = Nd4j.exec(operation(text));
    expect(found.map((each) => [each.dataType(), each.shape()])).toEqual(
      results.map(({ type, shape }) => [type, shape]),
    );
    const eps = SINGLE.has(text.split('|')[0] as string) ? 1e-6 : 1e-12;
    found.forEach((each, i) => {
      const expected = (results[i]?.values ?? []).map(Number);
      numbersOf(each).forEach((value, k) => {
        const wanted = expected[k] as number;
        if (Number.isNaN(wanted)) expect(value).toBeNaN();
        else expect(Math.abs(value - wanted)).toBeLessThanOrEqual(eps * Math.max(1, Math.abs(wanted)));
      });
    });
  });

  test('write into outputs of their shapes and types, and leave others alone', () => {
    for (const { case: text } of cases) {
      const fresh = Nd4j.exec(operation(text));
      const op = operation(text);
      const outputs = fresh.map((each) => each.ulike().assign(0));
      op.addOutputArgument(...outputs);
      const written = Nd4j.exec(op);
      expect(written.map((each, i) => each === outputs[i])).toEqual(fresh.map(() => true));
      expect(written.map(numbersOf)).toEqual(fresh.map(numbersOf));
    }
  });
});
