// Layers that return arrays from the wrong place, or assert what is not so: what DL4J's networks answer.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ND4JIllegalArgumentException } from '../../src/core/errors.ts';
import { WorkspaceConfiguration } from '../../src/memory/configuration.ts';
import { scope, workspaces } from '../../src/memory/currentWorkspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import type { WorkspaceMode } from '../../src/nn/conf/enums.ts';
import { DenseLayer, OutputLayer } from '../../src/nn/conf/feedForwardConf.ts';
import { MultiLayerConfiguration } from '../../src/nn/conf/multiLayerConfiguration.ts';
import { Dense } from '../../src/nn/layers/dense.ts';
import { registerLayer } from '../../src/nn/layers/instantiate.ts';
import { MultiLayerNetwork } from '../../src/nn/network/multiLayerNetwork.ts';
import type { LayerWorkspaceMgr } from '../../src/nn/workspace/layerWorkspaceMgr.ts';
import { goldenFiles } from '../support/golden.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { differenceOf } from './differences.ts';

interface Case {
  readonly network: string;
  readonly mode: WorkspaceMode;
  readonly layer: string;
  readonly call: 'output' | 'feedForward' | 'fit';
  readonly throws: { readonly message: string; readonly cause?: { readonly message: string } } | null;
  readonly current: string | null;
  readonly openAfter: readonly string[];
}

const TEXT = 'text of the layer';
let misbehaviour = 'nothing wrong';

class BadLayer extends DenseLayer {
  static override readonly javaName = 'test.BadLayer';
}

const ownWorkspace = (array: INDArray): INDArray => {
  const own = workspaceManager.getAndActivateWorkspace(new WorkspaceConfiguration(), 'Mine');
  const copy = array.dup();
  own.close();
  return copy;
};

class BadImpl extends Dense {
  override activate(input: INDArray, training: boolean, manager: LayerWorkspaceMgr): INDArray {
    if (misbehaviour === 'assertOpen input') manager.assertOpen('INPUT', TEXT);
    if (misbehaviour === 'assertNotOpen activations') manager.assertNotOpen('ACTIVATIONS', TEXT);
    if (misbehaviour === 'assertCurrentWorkspace') manager.assertCurrentWorkspace('INPUT', TEXT);
    if (misbehaviour === 'runtime exception') throw new ND4JIllegalArgumentException('from the layer');
    const output = super.activate(input, training, manager);
    if (misbehaviour === 'activation in working memory') return manager.dup('FF_WORKING_MEM', output);
    if (misbehaviour === 'activation detached') return output.detach();
    if (misbehaviour === 'activation in own workspace') return ownWorkspace(output);
    return output;
  }

  override backpropGradient(epsilon: INDArray, manager: LayerWorkspaceMgr, wanted = true): INDArray | null {
    const gradient = super.backpropGradient(epsilon, manager, wanted);
    if (gradient === null) return null;
    if (misbehaviour === 'epsilon in working memory') return manager.dup('BP_WORKING_MEM', gradient);
    if (misbehaviour === 'epsilon detached') return gradient.detach();
    return gradient;
  }
}
registerLayer(BadLayer, (conf, context) => new BadImpl(conf, context));

function networkOf(mode: WorkspaceMode): MultiLayerNetwork {
  const network = new MultiLayerNetwork(
    new MultiLayerConfiguration({
      seed: 1,
      trainingWorkspaceMode: mode,
      inferenceWorkspaceMode: mode,
      layers: [
        new DenseLayer({ nIn: 4, nOut: 5 }),
        new BadLayer({ nIn: 5, nOut: 5 }),
        new OutputLayer({ nIn: 5, nOut: 3 }),
      ],
    }),
  );
  network.init();
  return network;
}

const files = goldenFiles('memory').map(
  (file) => [file.name, file.read() as { kind: string; cases: readonly Case[] }] as const,
);
const ours = files.filter(([, { kind }]) => kind === 'wrong-layers');

describe.runIf(ours.length > 0)('networks find misplaced arrays as DL4J does', () => {
  beforeEach(() => resetMemory());
  afterEach(() => {
    misbehaviour = 'nothing wrong';
  });
  for (const [file, { cases }] of ours) {
    for (const { network, mode, layer, call, throws, current, openAfter } of cases) {
      const name = `${network}, ${mode}: ${layer}, ${call}`;
      if (network !== 'list') {
        test.skip(`${name}: ${network} is not built yet`, () => undefined);
        continue;
      }
      const difference = differenceOf('memory', `${file}/${name}`);
      test(`${name}${difference === undefined ? '' : ` (differs: ${difference})`}`, () => {
        const net = networkOf(mode);
        const features = Nd4j.rand(6, 4);
        const labels = Nd4j.zeros(6, 3);
        const before = net.params().dup();
        misbehaviour = layer;
        const calls = {
          fit: () => net.fit(features, labels),
          output: () => net.output(features),
          feedForward: () => net.feedForward(features),
        };
        const run = (): unknown => calls[call]();
        if (throws === null || difference !== undefined) expect(run).not.toThrow();
        else {
          let error: Error | undefined;
          try {
            run();
          } catch (thrown) {
            error = thrown as Error;
          }
          expect(error?.message.split('\n')[0]).toBe(throws.message.replace('NetWs$BadImpl', 'BadLayer'));
          expect((error?.cause as Error | undefined)?.message).toBe(throws.cause?.message);
          expect(net.params().equals(before)).toBe(true);
          expect(net.getIterationCount()).toBe(0);
        }
        expect(scope.current?.getId() ?? null).toBe(current);
        expect([...workspaces.values()].filter((each) => each.isScopeActive()).map((each) => each.getId())).toEqual(
          openAfter,
        );
      });
    }
  }
});
