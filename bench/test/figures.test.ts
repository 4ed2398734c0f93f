import { describe, expect, test } from 'vitest';
import type { Measure } from '../harness/suite.ts';
import { bestPeer, boundOf, describeAsked, figure, rounded, verdicts } from '../report/figures.ts';
import type { CaseRecord, Entry } from '../report/record.ts';
import { broadcast, entry, plain, product } from './support/record.ts';

const suite = [product, plain, broadcast];
const of = (each: CaseRecord, subject: string): Entry => each.entries.find((one) => one.subject === subject) as Entry;
const read = (measure: Measure, each: CaseRecord, subject = 'ndarena'): number | undefined =>
  figure(measure, of(each, subject), { each, suite });

describe('figure()', () => {
  test('turns nanoseconds into rates and times', () => {
    expect(read('GFLOP/s', product)).toBe(5);
    expect(read('GB/s', product)).toBe(2);
    expect(read('ns/element', plain)).toBe(0.25);
    expect(read('µs', product)).toBe(0.2);
    expect(read('ms', product)).toBe(0.0002);
  });

  test('compares with what the machine allows: the later of computing and copying', () => {
    expect(boundOf(product)).toBe(100);
    expect(boundOf(plain)).toBe(20);
    expect(read('% of bound', product)).toBe(50);
    expect(read('% of copy', plain)).toBe(80);
  });

  test('compares with the best peer and with the plain case', () => {
    expect(bestPeer(product)?.subject).toBe('tfjs-wasm');
    expect(read('× best peer', product)).toBe(2);
    expect(read('× plain', broadcast)).toBe(1.4);
  });

  test('is undefined where something it needs was not measured', () => {
    expect(read('× best peer', plain)).toBeUndefined();
    expect(read('× plain', plain)).toBeUndefined();
    expect(read('GFLOP/s', product, 'jax-js')).toBeUndefined();
    const bare: CaseRecord = { name: 'fact', measure: 'bytes', entries: [entry('ndarena', 7)] };
    expect(figure('GFLOP/s', entry('ndarena', 7), { each: bare, suite: [bare] })).toBeUndefined();
    expect(boundOf(bare)).toBeUndefined();
  });
});

describe('verdicts()', () => {
  test('judges each build by what is asked of it', () => {
    const found = verdicts({ each: product, suite }).map(({ subject, found, isReached }) => [
      subject,
      found,
      isReached,
    ]);
    expect(found).toEqual([
      ['ndarena', 5, true],
      ['ndarena (relaxed)', 8, false],
      ['ndarena', 2, true],
      ['ndarena (relaxed)', 3.2, true],
    ]);
  });

  test('counts an upper limit, and what could not be measured, as missed', () => {
    expect(verdicts({ each: broadcast, suite })[0]).toMatchObject({ found: 1.4, isReached: false });
    const refused: CaseRecord = {
      ...broadcast,
      entries: [{ subject: 'ndarena', failure: { kind: 'cannot', message: 'not in this build' } }],
    };
    expect(verdicts({ each: refused, suite })[0]).toMatchObject({ found: undefined, isReached: false });
  });

  test('is empty where nothing is asked', () => {
    expect(verdicts({ each: plain, suite })).toEqual([]);
  });
});

test('describeAsked() says the limit, the measure and the build', () => {
  expect(describeAsked({ measure: 'GFLOP/s', atLeast: 44, build: 'simd' })).toBe('≥ 44 GFLOP/s (simd)');
  expect(describeAsked({ measure: 'µs', atMost: 0.4 })).toBe('≤ 0.4 µs');
});

test('rounded() keeps three digits', () => {
  expect([0.12345, 12.345, 123.45, 12345.6].map(rounded)).toEqual(['0.123', '12.3', '123', '12,346']);
});
