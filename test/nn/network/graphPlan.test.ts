// Plans: order, life times, workspaces; and the two passes on a graph that is no line.

import { beforeEach, describe, expect, test } from 'vitest';
import { DOUBLE } from '../../../src/core/dataType.ts';
import { vectorGeometry } from '../../../src/core/geometry.ts';
import { DataBuffer } from '../../../src/memory/buffer.ts';
import { workspaces } from '../../../src/memory/currentWorkspace.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { NDArray } from '../../../src/ndarray/ndarray.ts';
import { DenseLayer, OutputLayer } from '../../../src/nn/conf/feedForwardConf.ts';
import type { LayerConf } from '../../../src/nn/conf/layerConf.ts';
import { instantiateLayer } from '../../../src/nn/layers/instantiate.ts';
import type { Layer } from '../../../src/nn/layers/layer.ts';
import type { Output } from '../../../src/nn/layers/output.ts';
import { backward } from '../../../src/nn/network/backwardPass.ts';
import { forwardInferred, forwardKept, startValues } from '../../../src/nn/network/forwardPass.ts';
import { GraphPlan, type PlannedVertex } from '../../../src/nn/network/graphPlan.ts';
import { NetworkMemory } from '../../../src/nn/network/networkMemory.ts';
import { LayerVertex, type Vertex } from '../../../src/nn/vertices/vertex.ts';
import type { LayerWorkspaceMgr } from '../../../src/nn/workspace/layerWorkspaceMgr.ts';
import { numbers, random } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';
import { classes, MODES } from '../../support/networks.ts';

beforeEach(() => resetMemory());

/** x + y; both inputs get the same gradient array. */
class Sum implements Vertex {
  readonly layer = null;
  constructor(readonly name: string) {}
  forward([x, y]: readonly INDArray[], _training: boolean, manager: LayerWorkspaceMgr): INDArray {
    return manager.dup('ACTIVATIONS', x as INDArray).addi(y as INDArray);
  }
  prepare(): void {}
  backward(epsilon: INDArray | null, _wanted: boolean, manager: LayerWorkspaceMgr): readonly INDArray[] {
    const shared = manager.dup('ACTIVATION_GRAD', epsilon as INDArray);
    return [shared, shared];
  }
  clear(): void {}
}

const layerVertex = (name: string, conf: LayerConf, index: number): LayerVertex =>
  new LayerVertex(name, instantiateLayer(conf, { index, miniBatch: true }), null);

/** in → a → (b, c) → sum → out, and a → sum2(sum, a) to let three gradients meet at a. */
function diamond(): { vertices: PlannedVertex[]; layers: Layer[] } {
  const options = { nIn: 4, nOut: 4, activation: 'TANH' } as const;
  const a = layerVertex('a', new DenseLayer({ ...options, nIn: 3 }), 0);
  const b = layerVertex('b', new DenseLayer(options), 1);
  const c = layerVertex('c', new DenseLayer({ ...options, activation: 'SOFTPLUS' }), 2);
  const out = layerVertex('out', new OutputLayer({ nIn: 4, nOut: 3 }), 3);
  const vertices = [
    { vertex: a, inputs: [0] },
    { vertex: b, inputs: [1] },
    { vertex: c, inputs: [1] },
    { vertex: new Sum('sum'), inputs: [2, 3] },
    { vertex: new Sum('sum2'), inputs: [4, 1] },
    { vertex: out, inputs: [5] },
  ];
  return { vertices, layers: [a.layer, b.layer, c.layer, out.layer] };
}

function flatVector(length: number): INDArray {
  return new NDArray(DataBuffer.allocateDetached(DOUBLE, length, true), 0, vectorGeometry(length));
}

describe('GraphPlan', () => {
  const vertex = (parameters: boolean): Vertex =>
    ({ name: 'v', layer: { conf: { parameterKeys: { all: parameters ? ['W'] : [] } } } }) as unknown as Vertex;
  const line = (count: number): PlannedVertex[] =>
    Array.from({ length: count }, (_, i) => ({ vertex: vertex(true), inputs: [i] }));

  test('lets a line alternate between two workspaces, and closes each when its reader is done', () => {
    const plan = new GraphPlan(line(4), 1, [3]);
    expect(plan.steps.map(({ slot }) => slot)).toEqual([0, 1, 0, 1]);
    expect(plan.steps.map(({ closes }) => closes)).toEqual([[], [0], [1], [2]]);
    expect(plan.steps.map(({ gradientCloses }) => gradientCloses)).toEqual([[1], [2], [3], []]);
    expect(plan.slotCount).toBe(2);
  });

  test('needs as many workspaces as arrays live at once', () => {
    const plan = new GraphPlan(diamond().vertices, 1, [5]);
    // a, b and c are needed together, and the sum is made while they are.
    expect(plan.steps.map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 2, 3]);
    expect(plan.steps.map(({ consumers }) => consumers)).toEqual([[1, 2, 4], [3], [3], [4], [5], []]);
    expect(plan.slotCount).toBe(4);
  });

  test('wants gradients only above parameters', () => {
    const vertices = [false, false, true, false, true].map((parameters, i) => ({
      vertex: vertex(parameters),
      inputs: [i],
    }));
    expect(new GraphPlan(vertices, 1, [4]).steps.map(({ needsGradient }) => needsGradient)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  test('keeps outputs that others read, too', () => {
    const vertices = [
      { vertex: vertex(true), inputs: [0] },
      { vertex: vertex(true), inputs: [1] },
    ];
    expect(new GraphPlan(vertices, 1, [0, 1]).steps.map(({ closes }) => closes)).toEqual([[], []]);
  });
});

describe('a graph whose gradients meet', () => {
  for (const mode of MODES) {
    test(`has the gradients of central differences (${mode})`, () => {
      const { vertices, layers } = diamond();
      const plan = new GraphPlan(vertices, 1, [5]);
      const shape = {
        workingCycles: 12,
        slotCycles: 6,
        slotCount: plan.slotCount,
        slotName: (slot: number) => `WS_LAYER_ACT_${slot}`,
        inputSlot: (slot: number) => slot,
      };
      const memory = new NetworkMemory(mode, shape);
      const count = layers.reduce((start, layer) => layer.layOut(start), 0);
      const [params, gradient] = [flatVector(count), flatVector(count)];
      params.assign(random([count], 4).mul(0.7));
      for (const layer of layers) layer.attach(params, gradient);
      const output = layers[3] as Output;
      const [x, y] = [random([5, 3], 2), classes(5, 3, 'DOUBLE')];
      const pass = (): number => {
        const open = memory.openActivations();
        const values = startValues(plan, [x]);
        forwardKept(plan, memory, memory.training, values, true, plan.steps.length - 1);
        output.labels = y;
        backward(plan, memory, new Map(), false);
        const score = output.computeScore(0, true, memory.training) * 5;
        open?.close();
        for (const { vertex } of plan.steps) vertex.clear();
        memory.release();
        return score;
      };
      pass();
      const exact = numbers(gradient);
      for (let i = 0; i < count; i += 3) {
        const value = params.getDouble(i);
        const at = (where: number): number => {
          params.putScalar(i, where);
          return pass();
        };
        const numeric = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
        params.putScalar(i, value);
        expect(Math.abs(numeric - (exact[i] as number))).toBeLessThan(1e-8 + 1e-6 * Math.abs(numeric));
      }
    });

    test(`infers with no more workspaces than arrays that live at once (${mode})`, () => {
      const { vertices, layers } = diamond();
      const plan = new GraphPlan(vertices, 1, [5]);
      const shape = {
        workingCycles: 12,
        slotCycles: 6,
        slotCount: plan.slotCount,
        slotName: (slot: number) => `WS_LAYER_ACT_${slot}`,
        inputSlot: (slot: number) => slot,
      };
      const memory = new NetworkMemory(mode, shape);
      const count = layers.reduce((start, layer) => layer.layOut(start), 0);
      const [params, gradient] = [flatVector(count), flatVector(count)];
      params.assign(random([count], 4));
      for (const layer of layers) layer.attach(params, gradient);
      const x = random([5, 3], 2);
      const kept = startValues(plan, [x]);
      const none = new NetworkMemory('NONE', shape);
      forwardKept(plan, none, none.heap, kept, false, 5);
      const inferred = forwardInferred(plan, memory, startValues(plan, [x]), false, 5, null);
      expect(inferred.isAttached()).toBe(false);
      expect(numbers(inferred)).toEqual(numbers(kept[6] as INDArray));
      const slots = [...workspaces.keys()].filter((id) => id.startsWith('WS_LAYER_ACT'));
      expect(slots).toHaveLength(mode === 'ENABLED' || mode === 'SEPARATE' ? 4 : 0);
    });
  }
});
