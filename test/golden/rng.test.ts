// Every recorded call on ND4J's generator, replayed: values, and the state after each call.

import { describe, expect, test } from 'vitest';
import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { denseGeometry, type Order } from '../../src/core/geometry.ts';
import { JavaRandom, javaShuffle } from '../../src/core/javaRandom.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { readElement, writeElement } from '../../src/memory/element.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { NativeRandom } from '../../src/ops/random.ts';
import { goldenFiles } from '../support/golden.ts';
import { type GoldenArray, isGoldenArray } from '../support/goldenArray.ts';
import { differenceOf } from './differences.ts';

interface Call {
  op: string;
  args: unknown[];
  result?: unknown;
  resultOrder?: Order;
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

function make(type: DataType, shape: number[], order: Order = 'c'): ArrayView {
  const geometry = denseGeometry(shape, order);
  return { buffer: DataBuffer.allocateDetached(dataTypeInfo(type), geometry.length, true), offset: 0, geometry };
}

function viewOf(golden: GoldenArray): ArrayView {
  const view = make(golden.type, golden.shape);
  elementsOf(golden).forEach((value, index) => {
    writeElement(view.buffer, index, value);
  });
  return view;
}

/** Elements of the file's array in 'c' order. */
function elementsOf(golden: GoldenArray): (number | bigint)[] {
  const view = make(golden.type, golden.shape);
  const { buffer } = view;
  const bytes = Buffer.from(golden.data ?? '', 'base64');
  const window = buffer.window();
  new Uint8Array(window.buffer, window.byteOffset, window.byteLength).set(bytes);
  return Array.from({ length: buffer.length }, (_, index) => readElement(buffer, index));
}

/** Elements of a view in 'c' order. */
function read(view: ArrayView): (number | bigint)[] {
  const { shape, strides, length } = view.geometry;
  return Array.from({ length }, (_, index) => {
    let rest = index;
    let offset = view.offset;
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      const size = shape[dimension] as number;
      offset += (rest % size) * (strides[dimension] as number);
      rest = Math.floor(rest / size);
    }
    return readElement(view.buffer, offset);
  });
}

type Draw = (random: NativeRandom, out: ArrayView) => void;

/** The array that a call makes, filled. */
function filled(random: NativeRandom, type: DataType, shape: number[], draw: Draw, order: Order = 'c'): ArrayView {
  const out = make(type, shape, order);
  draw(random, out);
  return out;
}

const uniform: Draw = (random, out) => random.fillUniform(out);
const gaussian: Draw = (random, out) => random.fillGaussian(out);
const probability = (p: unknown): number | ArrayView => (isGoldenArray(p) ? viewOf(p) : (p as number));

/** How each recorded operation is done here; `type` is the default floating type of the sequence. */
type Operation = (random: NativeRandom, args: never, type: DataType) => unknown;
type Typed = [DataType, number[], number, number];
const operations: Record<string, Operation> = {
  'nextInt()': (r) => r.nextInt(),
  'nextInt(n)': (r, [n]: [number]) => r.nextInt(n),
  'nextInt(from, to)': (r, [from, to]: [number, number]) => r.nextInt(from, to),
  'nextLong()': (r) => String(r.nextLong()),
  'nextFloat()': (r) => r.nextFloat(),
  'nextDouble()': (r) => r.nextDouble(),
  'nextBoolean()': (r) => r.nextBoolean(),
  'nextGaussian()': (r) => r.nextGaussian(),
  'nextGaussian(shape)': (r, [shape]: [number[]], type) => filled(r, type, shape, gaussian),
  'nextDouble(shape)': (r, [shape]: [number[]], type) => filled(r, type, shape, uniform),
  'nextFloat(shape)': (r, [shape]: [number[]], type) => filled(r, type, shape, uniform),
  'getPosition()': (r) => String(r.getPosition()),
  'getSeed()': (r) => String(r.getSeed()),
  'setSeed(long)': (r, [seed]: [string]) => r.setSeed(BigInt(seed)),
  'setSeed(int)': (r, [seed]: [number]) => r.setSeed(seed),
  'reSeed(long)': (r, [seed]: [number]) => r.reSeed(seed),
  setStates: (r, [root, node]: [number, number]) => r.setStates(root, node),
  'Nd4j.rand(shape)': (r, [shape]: [number[]], type) => filled(r, type, shape, uniform),
  'Nd4j.rand(scalar shape)': (r, [type, shape]: [DataType, number[]]) => filled(r, type, shape, uniform),
  'Nd4j.rand(type HALF)': (r, [type, shape]: [DataType, number[]]) => filled(r, type, shape, uniform),
  'Nd4j.rand(array)': (r, [type, shape]: [DataType, number[]]) => filled(r, type, shape, uniform),
  'Nd4j.rand(type, shape)': (r, args: [DataType, number[]] | [DataType, string, number[]]) =>
    filled(r, args[0], args.at(-1) as number[], uniform, args.length === 3 ? 'f' : 'c'),
  'Nd4j.rand(min, max, rng, shape)': (r, [min, max, shape]: [number, number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillUniform(out, min, max)),
  'Nd4j.rand(shape, min, max, rng)': (r, [shape, min, max]: [number[], number, number], type) =>
    filled(r, type, shape, (random, out) => random.fillUniform(out, min, max)),
  'Nd4j.rand(seed, shape)': (r, [seed, shape]: [number, number[]], type) => {
    r.setSeed(seed);
    return filled(r, type, shape, uniform);
  },
  'Nd4j.randn(seed, shape)': (r, [seed, shape]: [number, number[]], type) => {
    r.setSeed(seed);
    return filled(r, type, shape, gaussian);
  },
  'Nd4j.randn(shape)': (r, [shape]: [number[]], type) => filled(r, type, shape, gaussian),
  'Nd4j.randn(type, shape)': (r, [type, shape]: [DataType, number[]]) => filled(r, type, shape, gaussian),
  'Nd4j.randn(order, shape)': (r, [, shape]: [string, number[]], type) => filled(r, type, shape, gaussian, 'f'),
  'Nd4j.randn(mean, std, shape, rng)': (r, [mean, deviation, shape]: [number, number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillGaussian(out, mean, deviation)),
  'exec UniformDistribution': (r, [type, shape, from, to]: Typed) =>
    filled(r, type, shape, (random, out) => random.fillUniform(out, from, to)),
  'exec UniformDistribution (integers)': (r, [type, shape, from, to]: Typed) =>
    filled(r, type, shape, (random, out) => random.fillUniform(out, from, to)),
  'exec GaussianDistribution': (r, [type, shape, mean, deviation]: Typed) =>
    filled(r, type, shape, (random, out) => random.fillGaussian(out, mean, deviation)),
  'exec GaussianDistribution(means)': (r, [type, shape, means, deviation]: [DataType, number[], GoldenArray, number]) =>
    filled(r, type, shape, (random, out) => random.fillGaussian(out, viewOf(means), deviation)),
  'exec TruncatedNormalDistribution': (r, [type, shape, mean, deviation]: Typed) =>
    filled(r, type, shape, (random, out) => random.fillTruncatedNormal(out, mean, deviation)),
  'exec LogNormalDistribution': (r, [type, shape, mean, deviation]: Typed) =>
    filled(r, type, shape, (random, out) => random.fillLogNormal(out, mean, deviation)),
  'exec BernoulliDistribution': (r, [type, shape, p]: Typed) =>
    filled(r, type, shape, (random, out) => random.fillBernoulli(out, p)),
  'exec BernoulliDistribution(probabilities)': (r, [type, shape, p]: [DataType, number[], GoldenArray]) =>
    filled(r, type, shape, (random, out) => random.fillBernoulli(out, viewOf(p))),
  'exec BinomialDistribution': (r, [type, shape, trials, p]: Typed) =>
    filled(r, type, shape, (random, out) => random.fillBinomial(out, trials, p)),
  'exec BinomialDistribution(probabilities)': (
    r,
    [type, shape, trials, p]: [DataType, number[], number, GoldenArray],
  ) => filled(r, type, shape, (random, out) => random.fillBinomial(out, trials, viewOf(p))),
  'exec BinomialDistributionEx': (r, [type, shape, trials, p]: Typed) =>
    filled(r, type, shape, (random, out) => random.fillBinomialEach(out, trials, p)),
  'Nd4j.randomBernoulli': (r, [p, shape]: [number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillBernoulli(out, p)),
  'Nd4j.randomBinomial': (r, [trials, p, shape]: [number, number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillBinomial(out, trials, p)),
  'Nd4j.randomExponential': (r, [lambda, shape]: [number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillExponential(out, lambda)),
  'exec Choice': (r, [source, p, shape]: [GoldenArray, GoldenArray, number[]]) =>
    filled(r, source.type, shape, (random, out) => random.choose(out, viewOf(source), viewOf(p))),
  'Nd4j.choice': (r, [source, p, count]: [GoldenArray, GoldenArray, number]) =>
    filled(r, source.type, [count], (random, out) => random.choose(out, viewOf(source), viewOf(p))),
  'exec DropOut': (r, [x, p]: [GoldenArray, number]) =>
    filled(r, x.type, x.shape, (random, out) => random.dropOut(out, viewOf(x), p)),
  'exec DropOutInverted': (r, [x, p]: [GoldenArray, number]) =>
    filled(r, x.type, x.shape, (random, out) => random.dropOutInverted(out, viewOf(x), p)),
  'exec DropOutInverted in place': (r, [x, p]: [GoldenArray, number]) => {
    const view = viewOf(x);
    r.dropOutInverted(view, view, p);
    return view;
  },
  'exec AlphaDropOut': (r, [x, p, a, alphaPrime, b]: [GoldenArray, number, number, number, number]) =>
    filled(r, x.type, x.shape, (random, out) => random.alphaDropOut(out, viewOf(x), p, a, alphaPrime, b)),
  'exec ProbablisticMerge': (r, [x, y, p]: [GoldenArray, GoldenArray, number]) =>
    filled(r, x.type, x.shape, (random, out) => random.merge(out, viewOf(x), viewOf(y), p)),
  'getDistributions().createNormal(0,1).sample': (r, [mean, deviation, shape]: [number, number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillGaussian(out, mean, deviation)),
  'createUniform(-1,1).sample': (r, [from, to, shape]: [number, number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillUniform(out, from, to)),
  'createBinomial(5,0.5).sample': (r, [trials, p, shape]: [number, number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillBinomial(out, trials, probability(p))),
  'createTruncatedNormal(0,1).sample': (r, [mean, deviation, shape]: [number, number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillTruncatedNormal(out, mean, deviation)),
  'createLogNormal(0,1).sample': (r, [mean, deviation, shape]: [number, number, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillLogNormal(out, mean, deviation)),
  'Nd4j.rand(distribution)': (r, [, shape]: [string, number[]], type) =>
    filled(r, type, shape, (random, out) => random.fillUniform(out, 0, 2)),
  'java.util.Random': (_, [seed]: [string]) => {
    const java = new JavaRandom(BigInt(seed));
    return [java.nextInt(), java.nextInt(10)].join(' ');
  },
  'Collections.shuffle(0..9)': (_, [seed]: [string]) =>
    javaShuffle(
      Array.from({ length: 10 }, (_unused, index) => index),
      new JavaRandom(BigInt(seed)),
    ),
};

const isGaussian = (op: string): boolean => /randn|Gaussian|Normal|createNormal|Exponential/.test(op);

/** Absolute tolerance of a call's numbers: 0 (exact) but where ND4J's own logarithm and cosine come in. */
function toleranceOf(call: Call, type: DataType): number {
  if (!isGaussian(call.op)) return 0;
  const deviation = /mean, std|exec .*Normal|exec Gaussian/.test(call.op)
    ? Number(call.args.at(/mean, std/.test(call.op) ? 1 : -1))
    : 1;
  const unit = type === 'FLOAT' ? 2e-6 : 1e-14;
  return unit * Math.max(1, deviation);
}

function compare(call: Call, actual: unknown): void {
  const expected = call.result;
  if (!isGoldenArray(expected)) {
    if (typeof expected === 'number' && call.op === 'nextGaussian()')
      expect(Math.abs((actual as number) - expected), `${call.op}`).toBeLessThanOrEqual(1e-14);
    else if (call.op === 'java.util.Random') expect((expected as string).startsWith(actual as string)).toBe(true);
    else if (expected !== undefined) expect(actual, call.op).toEqual(expected);
    return;
  }
  const view = actual as ArrayView;
  expect(view.geometry.shape).toEqual(expected.shape);
  expect(view.buffer.info.name).toBe(expected.type);
  const numbers = read(view).map(Number);
  const tolerance = toleranceOf(call, expected.type);
  elementsOf(expected).forEach((value, index) => {
    const bound = /LogNormal/.test(call.op) ? tolerance * Math.max(1, Number(value)) : tolerance;
    expect(
      Math.abs((numbers[index] as number) - Number(value)),
      `${call.op} [${index}] ${numbers[index]} ${value}`,
    ).toBeLessThanOrEqual(bound);
  });
}

function replay(sequence: Sequence, fileName: string): string[] {
  const random = new NativeRandom(BigInt(sequence.seed));
  expect(String(random.getSeed())).toBe(sequence.getSeed);
  expect([String(random.rootState()), String(random.nodeState())]).toEqual([sequence.rootState, sequence.nodeState]);
  const missing = new Set<string>();
  const type = /double/.test(sequence.name) ? 'DOUBLE' : 'FLOAT';
  for (const call of sequence.calls) {
    const operation = operations[call.op];
    if (operation === undefined) missing.add(call.op);
    else if (call.throws !== undefined) expect(() => operation(random, call.args as never, type)).toThrow();
    else {
      const actual = operation(random, call.args as never, type);
      if (differenceOf('arrays', `${fileName}/${call.op}`) === undefined) compare(call, actual);
    }
    if (operation === undefined) random.setStates(BigInt(call.rootState), BigInt(call.nodeState));
    const state = [String(random.rootState()), String(random.nodeState())];
    expect(state, `state after ${call.op}`).toEqual([call.rootState, call.nodeState]);
  }
  return [...missing];
}

for (const file of goldenFiles('arrays')) {
  const content = file.read() as RngFile;
  if (content.kind !== 'rng') continue;
  describe(file.name, () => {
    for (const [index, sequence] of content.sequences.entries()) {
      test(`${sequence.name} of seed ${sequence.seed} (${index}) is DL4J's`, (context) => {
        const missing = replay(sequence, file.name);
        if (missing.length > 0) context.annotate?.(`not replayed: ${missing.join(', ')}`);
      });
    }
  });
}
