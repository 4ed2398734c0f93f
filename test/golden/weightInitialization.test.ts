// Initial parameters of recorded networks, drawn by layer: schemes, distributions, fans and the order of draws.

import { describe, test } from 'vitest';
import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { Place } from '../../src/core/fields.ts';
import { type Order, vectorGeometry } from '../../src/core/geometry.ts';
import { type JsonValue, parseJson } from '../../src/core/json.ts';
import { weightInitFamily } from '../../src/learning/weightInit.ts';
import { initializeWeights } from '../../src/learning/weightInitialization.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { NativeRandom } from '../../src/ops/random.ts';
import { expectClose } from '../support/close.ts';
import { goldenFiles } from '../support/golden.ts';
import type { GoldenArray } from '../support/goldenArray.ts';
import { differenceOf } from './differences.ts';

interface Layer {
  '@class': string;
  nin: number;
  nout: number;
  weightInitFn: unknown;
  biasInit: number;
}
interface Network {
  family: string;
  kind: string;
  seed?: number;
  dataType: DataType;
  config: { confs?: { layer: Layer; variables: string[] }[] };
  paramTable: [string, number[]][];
  paramLayout: { key: string; offset: number; length: number; order: Order }[];
  params0: GoldenArray;
  params0BySeed?: Record<string, GoldenArray>;
}

/** Networks of layers whose only drawn parameter is a matrix W [nIn, nOut], with rows for fan-in. */
function isPlain({ kind, config }: Network): boolean {
  return (
    kind === 'MultiLayerNetwork' &&
    (config.confs ?? []).every(
      ({ layer, variables }) =>
        /\.(DenseLayer|OutputLayer)$/.test(layer['@class']) && variables.every((each) => each === 'W' || each === 'b'),
    )
  );
}

function elementsOf(golden: GoldenArray): ArrayLike<number> {
  const bytes = new Uint8Array(Buffer.from(golden.data ?? '', 'base64')).buffer;
  return golden.type === 'FLOAT' ? new Float32Array(bytes) : new Float64Array(bytes);
}

function drawParameters(network: Network, seed: number): ArrayLike<number> {
  const random = new NativeRandom(seed);
  const length = network.params0.shape.reduce((product, size) => product * size, 1);
  const buffer = DataBuffer.allocateDetached(dataTypeInfo(network.dataType), length, true);
  for (const { key, offset, length: size, order } of network.paramLayout) {
    const [index, name] = key.split('_') as [string, string];
    const { layer } = network.config.confs![Number(index)]!;
    const view = { buffer, offset, geometry: vectorGeometry(size) };
    if (name === 'b') (buffer.window() as Float64Array).fill(layer.biasInit, offset, offset + size);
    else {
      const json = parseJson(JSON.stringify(layer.weightInitFn)) as JsonValue;
      const scheme = weightInitFamily.decode(json, new Place('weightInitFn'));
      const shape = network.paramTable.find(([each]) => each === key)![1];
      initializeWeights(scheme, { view, shape, order, fanIn: layer.nin, fanOut: layer.nout }, random);
    }
  }
  return buffer.window() as Float64Array;
}

describe('dense networks draw their initial weights like DL4J', () => {
  for (const file of goldenFiles('networks')) {
    if (!/^(init|float-init|upd|loss|dense)/.test(file.name)) continue;
    const network = file.read() as Network;
    if (!network.params0 || !isPlain(network)) continue;
    const seeds = new Map(Object.entries(network.params0BySeed ?? {}));
    seeds.set(String(network.seed ?? 12345), network.params0);
    const difference = differenceOf('networks', file.name);
    test(`${file.name}${difference ? ` (differs: ${difference})` : ''}`, () => {
      if (difference) return;
      for (const [seed, expected] of seeds) {
        const actual = drawParameters(network, Number(seed));
        const bound = network.dataType === 'FLOAT' ? { abs: 2e-7 } : { abs: 3e-15, rel: 1e-14 };
        expectClose(actual, elementsOf(expected), bound, `seed ${seed}`);
      }
    });
  }
});
