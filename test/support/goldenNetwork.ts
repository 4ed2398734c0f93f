// Golden networks: what a file holds, which of them can be built so far, and how one is built from its file.

import { DataSet } from '../../src/data/dataSet.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import { knownLayers } from '../../src/nn/conf/layerTable.ts';
import { MultiLayerConfiguration } from '../../src/nn/conf/multiLayerConfiguration.ts';
import { MultiLayerNetwork } from '../../src/nn/network/multiLayerNetwork.ts';
import { arrayOf, type GoldenArray, numbersOf } from './goldenArray.ts';

export interface GoldenStep {
  readonly iteration: number;
  readonly score: number;
  readonly iterationCount: number;
  readonly epochCount: number;
  readonly params: GoldenArray;
}
export interface GoldenNetwork {
  readonly case: string;
  readonly kind: string;
  readonly dataType: 'DOUBLE' | 'FLOAT';
  readonly config: {
    readonly confs?: readonly { readonly layer: unknown; readonly optimizationAlgo: string }[];
    readonly inputPreProcessors?: object;
  };
  readonly paramTable: readonly (readonly [string, readonly number[]])[];
  readonly paramLayout: readonly {
    readonly key: string;
    readonly offset: number;
    readonly length: number;
    readonly order: string;
  }[];
  readonly params0: GoldenArray;
  readonly params0BySeed?: Readonly<Record<string, GoldenArray>>;
  readonly input: GoldenArray;
  readonly labels: GoldenArray;
  readonly featuresMask?: GoldenArray | null;
  readonly labelsMask?: GoldenArray | null;
  readonly output: GoldenArray;
  readonly outputWithLabelsMask?: GoldenArray;
  readonly outputTrainingSeed777?: GoldenArray;
  readonly activations?: readonly GoldenArray[];
  readonly score0?: number;
  readonly score0Training?: number;
  readonly gradientScore0?: number;
  readonly scoreExamples0?: GoldenArray;
  readonly gradient0?: GoldenArray;
  readonly inputGradient0?: GoldenArray;
  readonly stepMethod?: string;
  readonly steps?: readonly GoldenStep[];
  readonly updaterState?: GoldenArray;
  readonly outputAfter?: GoldenArray;
  readonly rngSeeds?: Readonly<Record<string, number>>;
  readonly summary?: string;
  readonly summaryWithInputType?: string;
  readonly source?: unknown;
}

/** Layers and preprocessors of a case that are not built yet; undefined when all are. */
export function missingFeature(golden: GoldenNetwork): string | undefined {
  if (golden.kind !== 'MultiLayerNetwork') return golden.kind;
  const { confs = [], inputPreProcessors = {} } = golden.config;
  const layers = confs.flatMap(({ layer }) => {
    const [own, ...inner] = classesIn(layer);
    return [own as string, ...inner.filter((name) => /\.layers\./.test(name))];
  });
  const layer = layers.find((name) => !knownLayers.knows(name));
  if (layer !== undefined) return simple(layer);
  const preProcessor = classesIn(inputPreProcessors).find(
    (name) => !/\.(CnnToFeedForward|Cnn3DToFeedForward)PreProcessor$/.test(name),
  );
  if (preProcessor !== undefined) return simple(preProcessor);
  return undefined;
}

function simple(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Every `@class` in a piece of JSON. */
function classesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = '@class' in value ? [String(value['@class'])] : [];
  return [...own, ...Object.values(value).flatMap(classesIn)];
}

/** The network of a case before training, with the file's parameters or freshly drawn ones. */
export function networkOf(golden: GoldenNetwork, seed?: string): MultiLayerNetwork {
  const config = seed === undefined ? golden.config : withSeed(golden.config, seed);
  return new MultiLayerNetwork(MultiLayerConfiguration.fromJson(JSON.stringify(config)));
}

function withSeed(config: GoldenNetwork['config'], seed: string): object {
  return { ...config, confs: config.confs?.map((conf) => ({ ...conf, seed: Number(seed) })) };
}

export function initialized(golden: GoldenNetwork): MultiLayerNetwork {
  const network = networkOf(golden);
  network.init(arrayOf(golden.params0), true);
  return network;
}

const optional = (array: GoldenArray | null | undefined): INDArray | null => (array ? arrayOf(array) : null);

export function masksOf(golden: GoldenNetwork): readonly [INDArray | null, INDArray | null] {
  return [optional(golden.featuresMask), optional(golden.labelsMask)];
}

export function dataSetOf(golden: GoldenNetwork): DataSet {
  return new DataSet(arrayOf(golden.input), arrayOf(golden.labels), ...masksOf(golden));
}

/** What the setLearningRate calls of a stepMethod do before step k. */
export function beforeStep(golden: GoldenNetwork, network: MultiLayerNetwork, step: number): void {
  for (const [, at, args] of golden.stepMethod?.matchAll(/before step (\d+) setLearningRate\(([^)]*)\)/g) ?? []) {
    if (Number(at) !== step) continue;
    const [first, second] = (args as string).split(',').map(Number) as [number, number | undefined];
    if (second === undefined) network.setLearningRate(first);
    else network.setLearningRate(first, second);
  }
}

/** The largest |actual − expected| in units of `tolerance` · (the largest of |expected| and `floor` times the array's largest number). */
export function worst(
  actual: ArrayLike<number>,
  expected: readonly number[] | GoldenArray,
  tolerance: number,
  floor = 1e-3,
): { ratio: number; index: number; actual: number; expected: number } {
  const numbers = Array.isArray(expected) ? (expected as number[]) : numbersOf(expected as GoldenArray);
  if (actual.length !== numbers.length) throw new Error(`found ${actual.length} numbers, expected ${numbers.length}`);
  const scale = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let found = { ratio: 0, index: -1, actual: 0, expected: 0 };
  numbers.forEach((value, index) => {
    const own = actual[index] as number;
    if (Object.is(own, value) || own === value) return;
    const ratio = Math.abs(own - value) / (tolerance * Math.max(Math.abs(value), scale * floor, 1e-12));
    if (!(ratio <= found.ratio)) found = { ratio, index, actual: own, expected: value };
  });
  return found;
}
