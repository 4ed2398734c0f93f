// Recorded networks of dense layers alone, read without the network code: what the parts below it can be compared with.

import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { Place } from '../../src/core/fields.ts';
import { denseGeometry, type Order } from '../../src/core/geometry.ts';
import { type JsonValue, parseJson } from '../../src/core/json.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';
import { type GoldenFile, goldenFiles } from './golden.ts';
import type { GoldenArray } from './goldenArray.ts';

interface DenseLayer {
  '@class': string;
  nin: number;
  nout: number;
  weightInitFn: unknown;
  activationFn: unknown;
  lossFn?: unknown;
  biasInit: number;
}

/** The fields of a file that concern networks of dense layers. */
export interface DenseNetwork {
  kind: string;
  seed?: number;
  dataType: DataType;
  config: { confs?: { layer: DenseLayer; variables: string[] }[] };
  paramTable: [string, number[]][];
  paramLayout: { key: string; offset: number; length: number; order: Order }[];
  params0: GoldenArray;
  params0BySeed?: Record<string, GoldenArray>;
  input?: GoldenArray;
  labels?: GoldenArray;
  labelsMask?: GoldenArray;
  score0?: number;
  scoreExamples0?: GoldenArray;
  gradient0?: GoldenArray;
}

/** Files whose layers have no parameters but a matrix W [nIn, nOut] and a bias b. */
export function denseNetworks(pattern: RegExp): { file: GoldenFile; network: DenseNetwork }[] {
  return goldenFiles('networks')
    .filter((file) => pattern.test(file.name))
    .map((file) => ({ file, network: file.read() as DenseNetwork }))
    .filter(
      ({ network: { kind, config, params0 } }) =>
        params0 !== undefined &&
        kind === 'MultiLayerNetwork' &&
        (config.confs ?? []).every(
          ({ layer, variables }) =>
            /\.(DenseLayer|OutputLayer)$/.test(layer['@class']) && variables.every((key) => key === 'W' || key === 'b'),
        ),
    );
}

/** A file's elements, in 'c' order. */
export function elementsOf(golden: GoldenArray): Float32Array | Float64Array {
  const bytes = new Uint8Array(Buffer.from(golden.data ?? '', 'base64')).buffer;
  return golden.type === 'FLOAT' ? new Float32Array(bytes) : new Float64Array(bytes);
}

/** An array of some of a file's elements. */
export function arrayFrom(golden: GoldenArray, shape = golden.shape, offset = 0, order: Order = 'c'): NDArray {
  const geometry = denseGeometry(shape, order);
  const buffer = DataBuffer.allocateDetached(dataTypeInfo(golden.type), geometry.length, true);
  (buffer.window() as Float64Array).set(elementsOf(golden).subarray(offset, offset + geometry.length));
  return new NDArray(buffer, 0, geometry);
}

/** A parameter, or what else is laid out like the parameters. */
export function parameterOf(network: DenseNetwork, key: string, values = network.params0): NDArray | undefined {
  const place = network.paramLayout.find((each) => each.key === key);
  const shape = network.paramTable.find(([each]) => each === key)?.[1];
  return place && shape && arrayFrom(values, shape, place.offset, place.order);
}

/** A part of a configuration that a family of descriptions decodes. */
export function described<T>(family: { decode(json: JsonValue, place: Place): T }, value: unknown): T {
  return family.decode(parseJson(JSON.stringify(value)), new Place('layer'));
}
