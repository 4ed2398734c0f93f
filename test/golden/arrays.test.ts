// Every recorded array operation of DL4J, run and compared: values, shape, type, order, strides, identity, and what became of the arguments.

import { afterEach, describe, expect, test } from 'vitest';
import { dataTypeInfo, FLOAT } from '../../src/core/dataType.ts';
import { defaultTypes } from '../../src/ndarray/defaultTypes.ts';
import { type ArrayCase, checkBreakage, checkCase, describeCase } from '../support/arrayCases.ts';
import { goldenFiles } from '../support/golden.ts';
import { familyOf } from './arrayOps/families.ts';
import { differenceOf } from './differences.ts';

interface ArrayFile {
  readonly kind: string;
  readonly cases: readonly ArrayCase[];
}

afterEach(() => {
  defaultTypes.any = FLOAT;
  defaultTypes.floating = FLOAT;
});

function run(each: ArrayCase, family: NonNullable<ReturnType<typeof familyOf>>): void {
  const type = dataTypeInfo(each.defaultType ?? 'FLOAT');
  defaultTypes.any = type;
  defaultTypes.floating = type;
  checkCase(each, family);
}

/** Cases that are meant to differ, by reason. */
const found = new Map<string, (() => void)[]>();

for (const file of goldenFiles('arrays')) {
  const { kind, cases } = file.read() as ArrayFile;
  if (kind !== 'array-ops') continue;
  describe(file.name, () => {
    for (const [index, each] of cases.entries()) {
      const family = familyOf(each.op);
      const words = describeCase(each, family);
      const name = `${index}: ${words}`;
      const difference = differenceOf('arrays', `${file.name}/${words}`);
      if (family === undefined) test.skip(`${name}: op ${each.op} is not built yet`, () => {});
      else if (difference !== undefined) {
        found.set(difference, [...(found.get(difference) ?? []), () => run(each, family)]);
        test(`${name} differs on purpose: ${difference}`, () => checkBreakage(() => run(each, family)));
      } else test(`${name} is DL4J's`, () => run(each, family));
    }
  });
}

describe('the table of differences', () => {
  for (const [reason, cases] of found) {
    test(`is needed where ${reason}`, () => {
      const agreeing = cases.filter((check) => {
        try {
          check();
          return true;
        } catch {
          return false;
        }
      });
      expect(agreeing.length, 'not all cases agree with M2.1').toBeLessThan(cases.length);
    });
  }
});
