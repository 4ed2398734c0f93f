// Initial parameters of recorded networks, drawn by layer: schemes, distributions, fans and the order of draws.

import { afterAll, describe, test } from 'vitest';
import { dataTypeInfo, FLOAT } from '../../src/core/dataType.ts';
import { vectorGeometry } from '../../src/core/geometry.ts';
import { weightInitFamily } from '../../src/learning/weightInit.ts';
import { initializeWeights } from '../../src/learning/weightInitialization.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { defaultTypes } from '../../src/ndarray/defaultTypes.ts';
import { NativeRandom } from '../../src/ops/random.ts';
import { expectClose } from '../support/close.ts';
import { type DenseNetwork, denseNetworks, described, elementsOf } from '../support/denseGolden.ts';
import { differenceOf } from './differences.ts';

function drawParameters(network: DenseNetwork, seed: number): ArrayLike<number> {
  defaultTypes.floating = dataTypeInfo(network.dataType);
  const random = new NativeRandom(seed);
  const length = network.params0.shape.reduce((product, size) => product * size, 1);
  const buffer = DataBuffer.allocateDetached(dataTypeInfo(network.dataType), length, true);
  for (const { key, offset, length: size, order } of network.paramLayout) {
    const [index, name] = key.split('_') as [string, string];
    const { layer } = network.config.confs![Number(index)]!;
    const view = { buffer, offset, geometry: vectorGeometry(size) };
    if (name === 'b') (buffer.window() as Float64Array).fill(layer.biasInit, offset, offset + size);
    else {
      const shape = network.paramTable.find(([each]) => each === key)![1];
      const weights = { view, shape, order, fanIn: layer.nin, fanOut: layer.nout };
      initializeWeights(described(weightInitFamily, layer.weightInitFn), weights, random);
    }
  }
  return buffer.window() as Float64Array;
}

afterAll(() => {
  defaultTypes.floating = FLOAT;
});

describe('dense networks draw their initial weights like DL4J', () => {
  for (const { file, network } of denseNetworks(/^(init|float-init|upd|loss|dense)/)) {
    const seeds = new Map(Object.entries(network.params0BySeed ?? {}));
    seeds.set(String(network.seed ?? 12345), network.params0);
    const difference = differenceOf('networks', file.name);
    test(`${file.name}${difference ? ` (differs: ${difference})` : ''}`, () => {
      if (difference) return;
      for (const [seed, expected] of seeds) {
        const bound = network.dataType === 'FLOAT' ? { abs: 2e-7 } : { abs: 3e-15, rel: 1e-14 };
        expectClose(drawParameters(network, Number(seed)), elementsOf(expected), bound, `seed ${seed}`);
      }
    });
  }
});
