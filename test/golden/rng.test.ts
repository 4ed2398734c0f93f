// Every recorded call on ND4J's generator, replayed: values, and the state after each call.

import { afterEach, describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import type { NativeRandom } from '../../src/ops/random.ts';
import { expectClose } from '../support/close.ts';
import { goldenFiles } from '../support/golden.ts';
import { type GoldenArray, isGoldenArray, numbersOf } from '../support/goldenArray.ts';
import { differenceOf } from './differences.ts';
import { operations } from './rngOperations.ts';

interface Call {
  op: string;
  args: unknown[];
  result?: unknown;
  resultOrder?: string;
  throws?: { class: string };
  rootState: string;
  nodeState: string;
}
interface Sequence {
  name: string;
  seed: string;
  getSeed: string;
  rootState: string;
  nodeState: string;
  calls: Call[];
}
interface RngFile {
  kind: string;
  sequences: Sequence[];
}

/** Exact but where logarithms, cosines and decompositions come in; README of the recordings. */
function toleranceOf({ op, args }: Call, type: DataType): number {
  if (!/randn|Gaussian|Normal|Exponential|Orthogonal/.test(op)) return 0;
  const numbers = args.filter((each) => typeof each === 'number');
  return (type === 'FLOAT' ? 2e-6 : 1e-14) * Math.max(1, ...numbers);
}

function compareArray(call: Call, expected: GoldenArray, actual: INDArray): void {
  expect(actual.shape(), call.op).toEqual(expected.shape);
  expect(actual.dataType(), call.op).toBe(expected.type);
  if (call.resultOrder !== undefined) expect(actual.ordering()).toBe(call.resultOrder);
  const abs = toleranceOf(call, expected.type);
  const rel = /LogNormal/.test(call.op) ? abs : 0;
  // A copy: the next array may grow the memory.
  const numbers = Array.from(actual.dup('c').castTo('DOUBLE').buffer.window() as Float64Array);
  expectClose(numbers, numbersOf(expected), { abs, rel }, call.op);
}

function compare(call: Call, actual: unknown): void {
  const { result: expected, op } = call;
  if (expected === undefined) return;
  if (isGoldenArray(expected)) compareArray(call, expected, actual as INDArray);
  else if (Array.isArray(expected) && expected.every(isGoldenArray)) {
    for (const [index, each] of expected.entries()) compareArray(call, each, (actual as INDArray[])[index] as INDArray);
  } else if (op === 'nextGaussian()') expectClose([actual as number], [expected as number], { abs: 1e-14 }, op);
  else if (op === 'java.util.Random') expectClose(wordsOf(actual), wordsOf(expected), { rel: 1e-15 }, op);
  else expect(actual, op).toEqual(expected);
}

/** The words of a text as numbers; false and true as 0 and 1. */
function wordsOf(text: unknown): number[] {
  return String(text)
    .split(' ')
    .map((word) => (word === 'false' ? 0 : word === 'true' ? 1 : Number(word)));
}

const stateOf = (random: NativeRandom): string[] => [String(random.rootState()), String(random.nodeState())];

function replay(sequence: Sequence, fileName: string): void {
  const random = Nd4j.getRandom();
  random.setSeed(BigInt(sequence.seed));
  const type = /double/.test(sequence.name) ? 'DOUBLE' : 'FLOAT';
  Nd4j.setDefaultDataTypes(type, type);
  expect(String(random.getSeed())).toBe(sequence.getSeed);
  expect(stateOf(random)).toEqual([sequence.rootState, sequence.nodeState]);
  for (const call of sequence.calls) {
    const operation = operations[call.op];
    if (operation === undefined) random.setStates(BigInt(call.rootState), BigInt(call.nodeState));
    else if (call.throws !== undefined) expect(() => operation(random, call.args as never), call.op).toThrow();
    else {
      const actual = operation(random, call.args as never);
      if (differenceOf('arrays', `${fileName}/${call.op}`) === undefined) compare(call, actual);
    }
    expect(stateOf(random), `state after ${call.op}`).toEqual([call.rootState, call.nodeState]);
  }
}

/** nextInt(shape) and nextBytes throw in DL4J too: nothing is missing where they do not exist. */
const isRefusal = (op: string): boolean => /^nextInt\(.*shape\)$|^nextBytes$/.test(op);

afterEach(() => {
  Nd4j.setDefaultDataTypes('FLOAT', 'FLOAT');
});

for (const file of goldenFiles('arrays')) {
  const content = file.read() as RngFile;
  if (content.kind !== 'rng') continue;
  describe(file.name, () => {
    for (const [index, sequence] of content.sequences.entries()) {
      test(`${sequence.name} of seed ${sequence.seed} (${index}) is DL4J's`, () => replay(sequence, file.name));
    }
    const named = [...new Set(content.sequences.flatMap(({ calls }) => calls.map(({ op }) => op)))];
    for (const op of named.filter((each) => operations[each] === undefined && !isRefusal(each))) {
      test.skip(`${op}: not there yet`, () => {});
    }
  });
}
