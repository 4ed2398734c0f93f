// How each recorded call on ND4J's generator is made here.

import type { DataType } from '../../src/core/dataType.ts';
import { JavaRandom, javaShuffle } from '../../src/core/javaRandom.ts';
import { DataSet } from '../../src/data/dataSet.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import type { NativeRandom } from '../../src/ops/random.ts';
import { arrayOf, type GoldenArray, isGoldenArray } from '../support/goldenArray.ts';

/** `random` is the realm's generator. */
type Operation = (random: NativeRandom, args: never) => unknown;
type Typed = [DataType, number[], number, number];
type Shape = number[];

/** An array of the file, in the layout that it was given in. */
const array = (golden: GoldenArray & { layout?: 'f' }): INDArray => arrayOf(golden).dup(golden.layout ?? 'c');
/** A new array, filled. */
function made(type: DataType, shape: Shape, fill: (out: INDArray) => void): INDArray {
  const out = Nd4j.create(type, shape);
  fill(out);
  return out;
}
/** A new array of the default type, filled. */
const plain = (shape: Shape, fill: (out: INDArray) => void): INDArray => made(Nd4j.dataType(), shape, fill);
/** A new array like a golden one, filled. */
const like = (golden: GoldenArray, fill: (out: INDArray) => void): INDArray => made(golden.type, golden.shape, fill);
const numbersOrArray = (p: number | GoldenArray): number | INDArray => (isGoldenArray(p) ? array(p) : p);
const dataSet = (features: GoldenArray, labels: GoldenArray): DataSet => new DataSet(array(features), array(labels));

const scalars: Record<string, Operation> = {
  'nextInt()': (r) => r.nextInt(),
  'nextInt(n)': (r, [n]: [number]) => r.nextInt(n),
  'nextInt(from, to)': (r, [from, to]: [number, number]) => r.nextInt(from, to),
  'nextLong()': (r) => String(r.nextLong()),
  'nextFloat()': (r) => r.nextFloat(),
  'nextDouble()': (r) => r.nextDouble(),
  'nextBoolean()': (r) => r.nextBoolean(),
  'nextGaussian()': (r) => r.nextGaussian(),
  'getPosition()': (r) => String(r.getPosition()),
  'getSeed()': (r) => String(r.getSeed()),
  'setSeed(long)': (r, [seed]: [string]) => r.setSeed(BigInt(seed)),
  'setSeed(int)': (r, [seed]: [number]) => r.setSeed(seed),
  'reSeed(long)': (r, [seed]: [number]) => r.reSeed(seed),
  setStates: (r, [root, node]: [number, number]) => r.setStates(root, node),
  'java.util.Random': (_, [seed]: [string]) => {
    const java = new JavaRandom(BigInt(seed));
    const drawn = [java.nextInt(), java.nextInt(10), java.nextDouble(), java.nextBoolean(), java.nextLong()];
    return [...drawn, java.nextGaussian()].join(' ');
  },
};

const factories: Record<string, Operation> = {
  'nextGaussian(shape)': (r, [shape]: [Shape]) => plain(shape, (out) => r.fillGaussian(out)),
  'nextDouble(shape)': (r, [shape]: [Shape]) => plain(shape, (out) => r.fillUniform(out)),
  'nextFloat(shape)': (r, [shape]: [Shape]) => plain(shape, (out) => r.fillUniform(out)),
  'Nd4j.rand(shape)': (_, [shape]: [Shape]) => Nd4j.rand(shape),
  'Nd4j.rand(scalar shape)': (_, [type, shape]: [DataType, Shape]) => Nd4j.rand(type, shape),
  'Nd4j.rand(type HALF)': (_, [type, shape]: [DataType, Shape]) => Nd4j.rand(type, shape),
  'Nd4j.rand(array)': (_, [type, shape]: [DataType, Shape]) => Nd4j.rand(Nd4j.create(type, shape)),
  'Nd4j.rand(type, shape)': (_, args: [DataType, Shape] | [DataType, string, Shape]) =>
    args.length === 3 ? Nd4j.rand(args[0], args[2], 'f') : Nd4j.rand(args[0], args[1]),
  'Nd4j.rand(min, max, rng, shape)': (r, [min, max, shape]: [number, number, Shape]) => Nd4j.rand(min, max, r, shape),
  'Nd4j.rand(shape, min, max, rng)': (r, [shape, min, max]: [Shape, number, number]) => Nd4j.rand(shape, min, max, r),
  'Nd4j.rand(seed, shape)': (_, [seed, shape]: [number, Shape]) => Nd4j.rand(seed, shape),
  'Nd4j.randn(seed, shape)': (_, [seed, shape]: [number, Shape]) => Nd4j.randn(seed, shape),
  'Nd4j.randn(shape)': (_, [shape]: [Shape]) => Nd4j.randn(shape),
  'Nd4j.randn(type, shape)': (_, [type, shape]: [DataType, Shape]) => Nd4j.randn(type, shape),
  'Nd4j.randn(order, shape)': (_, [, shape]: [string, Shape]) => Nd4j.randn('f', ...shape),
  'Nd4j.randn(mean, std, shape, rng)': (r, [mean, std, shape]: [number, number, Shape]) =>
    Nd4j.randn(mean, std, shape, r),
  'Nd4j.randomBernoulli': (_, [p, shape]: [number, Shape]) => Nd4j.randomBernoulli(p, shape),
  'Nd4j.randomBinomial': (_, [trials, p, shape]: [number, number, Shape]) => Nd4j.randomBinomial(trials, p, shape),
  'Nd4j.randomExponential': (_, [lambda, shape]: [number, Shape]) => Nd4j.randomExponential(lambda, shape),
  'Nd4j.choice': (_, [source, p, count]: [GoldenArray, GoldenArray, number]) =>
    Nd4j.choice(array(source), array(p), count),
  'Nd4j.rand(distribution)': (_, [, shape]: [string, Shape]) =>
    Nd4j.getDistributions().createUniform(0, 2).sample(shape),
  'getDistributions().createNormal(0,1).sample': (_, [mean, std, shape]: [number, number, Shape]) =>
    Nd4j.getDistributions().createNormal(mean, std).sample(shape),
  'createNormal(mean array)': (r, [means, std, shape]: [GoldenArray, number, Shape]) =>
    plain(shape, (out) => r.fillGaussian(out, array(means), std)),
  'createUniform(-1,1).sample': (_, [min, max, shape]: [number, number, Shape]) =>
    Nd4j.getDistributions().createUniform(min, max).sample(shape),
  'createBinomial(5,0.5).sample': (_, [trials, p, shape]: [number, number, Shape]) =>
    Nd4j.getDistributions().createBinomial(trials, p).sample(shape),
  'createTruncatedNormal(0,1).sample': (_, [mean, std, shape]: [number, number, Shape]) =>
    Nd4j.getDistributions().createTruncatedNormal(mean, std).sample(shape),
  'createLogNormal(0,1).sample': (_, [mean, std, shape]: [number, number, Shape]) =>
    Nd4j.getDistributions().createLogNormal(mean, std).sample(shape),
  'createOrthogonal(1).sample': (_, [gain, shape]: [number, Shape]) =>
    Nd4j.getDistributions().createOrthogonal(gain).sample(shape),
  'createConstant(2).sample': (_, [value, shape]: [number, Shape]) =>
    Nd4j.getDistributions().createConstant(value).sample(shape),
};

const executed: Record<string, Operation> = {
  'exec UniformDistribution': (r, [type, shape, min, max]: Typed) =>
    made(type, shape, (out) => r.fillUniform(out, min, max)),
  'exec UniformDistribution (integers)': (r, [type, shape, min, max]: Typed) =>
    made(type, shape, (out) => r.fillUniform(out, min, max)),
  'exec GaussianDistribution': (r, [type, shape, mean, std]: Typed) =>
    made(type, shape, (out) => r.fillGaussian(out, mean, std)),
  'exec GaussianDistribution(means)': (r, [type, shape, means, std]: [DataType, Shape, GoldenArray, number]) =>
    made(type, shape, (out) => r.fillGaussian(out, array(means), std)),
  'exec TruncatedNormalDistribution': (r, [type, shape, mean, std]: Typed) =>
    made(type, shape, (out) => r.fillTruncatedNormal(out, mean, std)),
  'exec LogNormalDistribution': (r, [type, shape, mean, std]: Typed) =>
    made(type, shape, (out) => r.fillLogNormal(out, mean, std)),
  'exec BernoulliDistribution': (r, [type, shape, p]: Typed) => made(type, shape, (out) => r.fillBernoulli(out, p)),
  'exec BernoulliDistribution(probabilities)': (r, [type, shape, p]: [DataType, Shape, GoldenArray]) =>
    made(type, shape, (out) => r.fillBernoulli(out, array(p))),
  'exec BinomialDistribution': (r, [type, shape, trials, p]: Typed) =>
    made(type, shape, (out) => r.fillBinomial(out, trials, p)),
  'exec BinomialDistribution(probabilities)': (r, [type, shape, trials, p]: [DataType, Shape, number, GoldenArray]) =>
    made(type, shape, (out) => r.fillBinomial(out, trials, array(p))),
  'exec BinomialDistributionEx': (r, [type, shape, trials, p]: [DataType, Shape, number, number | GoldenArray]) =>
    made(type, shape, (out) => r.fillBinomialEach(out, trials, numbersOrArray(p))),
  'exec Choice': (r, [source, p, shape]: [GoldenArray, GoldenArray, Shape]) =>
    made(source.type, shape, (out) => r.choose(out, array(source), array(p))),
  'exec DropOut': (r, [x, p]: [GoldenArray, number]) => like(x, (out) => r.dropOut(out, array(x), p)),
  'exec DropOutInverted': (r, [x, p]: [GoldenArray, number]) => like(x, (out) => r.dropOutInverted(out, array(x), p)),
  'exec DropOutInverted in place': (r, [golden, p]: [GoldenArray, number]) => {
    const x = array(golden);
    r.dropOutInverted(x, x, p);
    return x;
  },
  'exec AlphaDropOut': (r, [x, p, a, alphaPrime, b]: [GoldenArray, number, number, number, number]) =>
    like(x, (out) => r.alphaDropOut(out, array(x), p, a, alphaPrime, b)),
  'exec ProbablisticMerge': (r, [x, y, p]: [GoldenArray, GoldenArray, number]) =>
    like(x, (out) => r.merge(out, array(x), array(y), p)),
};

const shuffles: Record<string, Operation> = {
  'Collections.shuffle(0..9)': (_, [seed]: [string]) =>
    javaShuffle(
      Array.from({ length: 10 }, (_each, index) => index),
      new JavaRandom(BigInt(seed)),
    ),
  'Nd4j.shuffle(array, java.util.Random, dims)': (
    _,
    [golden, seed, dims]: [GoldenArray, string, number | number[]],
  ) => {
    const x = array(golden);
    Nd4j.shuffle(x, new JavaRandom(BigInt(seed)), ...[dims].flat());
    return x;
  },
  'Nd4j.shuffle(array, dims)': (_, [golden, dims]: [GoldenArray, number | number[]]) =>
    Nd4j.shuffle(array(golden), ...[dims].flat()),
  'DataSet.shuffle(seed)': (_, [features, labels, seed]: [GoldenArray, GoldenArray, string]) => {
    const data = dataSet(features, labels);
    data.shuffle(BigInt(seed));
    return [data.getFeatures(), data.getLabels()];
  },
  'DataSet.splitTestAndTrain(0.6) after shuffle': (_, [features, labels, seed]: [GoldenArray, GoldenArray, string]) => {
    const data = dataSet(features, labels);
    data.shuffle(BigInt(seed));
    const parts = data.splitTestAndTrain(0.6);
    return [parts.getTrain().getFeatures(), parts.getTest().getFeatures()];
  },
};

export const operations: Readonly<Record<string, Operation>> = { ...scalars, ...factories, ...executed, ...shuffles };
