// What every network is, whatever its graph: layers and plan, one flat vector of parameters and one of gradients, workspaces, life cycle.

import { type DataTypeInfo, dataTypeInfo } from '../../core/dataType.ts';
import {
  DL4JInvalidConfigException,
  formatShape,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
} from '../../core/errors.ts';
import { vectorGeometry } from '../../core/geometry.ts';
import { DataBuffer } from '../../memory/buffer.ts';
import { workspaceManager } from '../../memory/workspaceManager.ts';
import { type INDArray, NDArray } from '../../ndarray/ndarray.ts';
import { copy } from '../../ops/layout.ts';
import { realmRandom } from '../../ops/random.ts';
import type { NetworkDataType, WorkspaceMode } from '../conf/enums.ts';
import type { Layer } from '../layers/layer.ts';
import type { GraphPlan } from './graphPlan.ts';
import { type MemoryShape, NetworkMemory } from './networkMemory.ts';
import { NetworkUpdater } from './networkUpdater.ts';

/** What a network reads of its configuration, and the counters it keeps there. */
export interface NetworkConf {
  iterationCount: number;
  epochCount: number;
  readonly seed: number | bigint;
  readonly dataType: NetworkDataType;
  readonly trainingWorkspaceMode: WorkspaceMode;
  readonly inferenceWorkspaceMode: WorkspaceMode;
}

/** A built network: everything that `init` makes. */
export interface BuiltNetwork {
  readonly plan: GraphPlan;
  /** Layers in the order of the flat vector. */
  readonly layers: readonly Layer[];
  /** The prefix of each layer's parameters in the parameter table: `0`, or the vertex's name. */
  readonly keys: readonly string[];
  readonly shape: MemoryShape;
}

/** The state of an initialized network. */
interface Live extends BuiltNetwork {
  readonly params: INDArray;
  readonly gradient: INDArray;
  updater: NetworkUpdater;
}

/** Parameters, gradient and updater of a network, and its workspaces. */
export abstract class NetworkCore<C extends NetworkConf = NetworkConf> {
  #live: Live | null = null;
  #isClosed = false;
  #training: NetworkMemory | null = null;
  #inference: NetworkMemory | null = null;

  constructor(
    /** @internal */
    protected readonly configuration: C,
  ) {}

  /** Builds layers and plan from the configuration. */
  protected abstract build(): BuiltNetwork;

  /**
   * Allocates the parameters and draws them: with the same seed, the numbers that DL4J draws. A second call does nothing.
   * @param params parameters to use instead of drawn ones: [n] or [1, n]
   * @param cloneParams copy them (default), or work on the given array itself, which must then be a detached dense vector
   * @throws {ND4JIllegalArgumentException} when their number differs. @throws {DL4JInvalidConfigException} for what cannot be built
   */
  init(params?: INDArray | null, cloneParams = true): void {
    if (this.#live !== null) return;
    if (this.#isClosed) throw new ND4JIllegalStateException('Cannot init: the network has been closed');
    const info = trainable(this.configuration.dataType);
    const built = this.build();
    const count = built.layers.reduce((start, layer) => layer.layOut(start), 0);
    if (params) checkParams(params, count, info, cloneParams);
    const values = params && !cloneParams ? params.reshape(count) : detached(info, count);
    const gradient = detached(info, count);
    try {
      if (!params) this.#draw(built.layers, values);
      else if (cloneParams) copy(values, params.reshape(count));
      for (const layer of built.layers) layer.attach(values, gradient);
      const updater = new NetworkUpdater(built.layers, values, gradient);
      this.#live = { ...built, params: values, gradient, updater };
    } catch (error) {
      if (values !== params && cloneParams) values.close();
      gradient.close();
      throw error;
    }
  }

  #draw(layers: readonly Layer[], values: INDArray): void {
    realmRandom().setSeed(this.configuration.seed);
    for (const layer of layers) layer.initializeParams(values);
  }

  /** True between `init` and `close`. */
  isInitCalled(): boolean {
    return this.#live !== null;
  }

  /** What `init` made. @throws {ND4JIllegalStateException} naming what was attempted. */
  protected live(what: string): Live {
    if (this.#live !== null) return this.#live;
    throw new ND4JIllegalStateException(
      this.#isClosed
        ? `Cannot ${what}: the network has been closed`
        : `Cannot ${what}: the network is not initialized, call init() first`,
    );
  }

  /** The workspaces of training, by the mode that the configuration has now. */
  protected trainingMemory(): NetworkMemory {
    const mode = this.configuration.trainingWorkspaceMode;
    if (this.#training?.mode !== mode) this.#training = new NetworkMemory(mode, this.live('use workspaces').shape);
    return this.#training;
  }

  /** The workspaces of inference, by the mode that the configuration has now. */
  protected inferenceMemory(): NetworkMemory {
    const mode = this.configuration.inferenceWorkspaceMode;
    if (this.#inference?.mode !== mode) this.#inference = new NetworkMemory(mode, this.live('use workspaces').shape);
    return this.#inference;
  }

  /** All parameters as one vector [n]: the live view. */
  params(): INDArray {
    return this.live('get params').params;
  }

  /** Copies parameters: [n] or [1, n]. @throws {ND4JIllegalArgumentException} when their number differs. */
  setParams(params: INDArray): void {
    const { params: own } = this.live('set params');
    if (params === own) return;
    checkParams(params, own.length(), own.info, true);
    copy(own, params.reshape(own.length()));
  }

  numParams(): number {
    return this.live('count parameters').params.length();
  }

  /** Parameters by `0_W`, `0_b`, … in DL4J's order: live views. */
  paramTable(): Map<string, INDArray> {
    const { layers, keys } = this.live('get the parameter table');
    const entries = layers.flatMap((layer, index) =>
      [...layer.paramTable()].map(([key, view]) => [`${keys[index]}_${key}`, view] as const),
    );
    return new Map(entries);
  }

  /** One parameter: the live view. @throws {ND4JIllegalArgumentException} naming the keys there are. */
  getParam(key: string): INDArray {
    const table = this.paramTable();
    const found = table.get(key);
    if (found !== undefined) return found;
    throw new ND4JIllegalArgumentException(
      `Cannot get parameter ${JSON.stringify(key)}: the network has ${[...table.keys()].join(', ') || 'none'}`,
    );
  }

  /** Copies values into one parameter. @throws {ND4JIllegalArgumentException} when key or shape are wrong. */
  setParam(key: string, values: INDArray): void {
    const own = this.getParam(key);
    if (values.length() !== own.length() || !(values.equalShapes(own) || own.rank() === 1)) {
      throw new ND4JIllegalArgumentException(
        `Cannot set parameter ${key} from an array of shape ${formatShape(values.geometry.shape)}: needed is ${formatShape(own.geometry.shape)}`,
      );
    }
    own.assign(values.equalShapes(own) ? values : values.reshape(own.length()));
  }

  /** Copies values into every parameter. @throws {ND4JIllegalArgumentException} when a key or shape is wrong. */
  setParamTable(table: ReadonlyMap<string, INDArray>): void {
    for (const key of table.keys()) this.getParam(key);
    for (const [key, values] of table) this.setParam(key, values);
  }

  /** The gradient of the last iteration as one vector [n]: the live view. After an update it holds the update. */
  getFlattenedGradients(): INDArray {
    return this.live('get gradients').gradient;
  }

  /** The updater with its state. */
  getUpdater(): NetworkUpdater {
    return this.live('get the updater').updater;
  }

  /** Makes the updater anew after its descriptions have changed; every parameter keeps its state. */
  protected refreshUpdater(): void {
    const live = this.live('change the updater');
    const { layers, params, gradient, updater } = live;
    const next = new NetworkUpdater(layers, params, gradient);
    next.takeStateOf(updater);
    updater.close();
    live.updater = next;
  }

  /** Frees parameters, gradient and updater state, and the workspaces that networks share unless one is open. Idempotent. */
  close(): void {
    const live = this.#live;
    this.#isClosed = true;
    this.#live = null;
    if (live === null) return;
    for (const array of [live.params, live.gradient]) if (array.closeable()) array.close();
    live.updater.close();
    for (const id of NetworkMemory.idsOf(live.shape)) {
      const workspace = workspaceManager.findWorkspace(id);
      if (workspace !== undefined && !workspace.isScopeActive()) workspaceManager.destroyWorkspace(workspace);
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function detached(info: DataTypeInfo, length: number): INDArray {
  return new NDArray(DataBuffer.allocateDetached(info, length, true), 0, vectorGeometry(length));
}

/** @throws {DL4JInvalidConfigException} for a type that kernels of training do not have. */
function trainable(dataType: NetworkDataType): DataTypeInfo {
  if (dataType === 'FLOAT' || dataType === 'DOUBLE') return dataTypeInfo(dataType);
  throw new DL4JInvalidConfigException(`Cannot build a network of data type ${dataType}: needed is FLOAT or DOUBLE`);
}

function checkParams(params: INDArray, count: number, info: DataTypeInfo, cloned: boolean): void {
  if (params.length() !== count) {
    throw new ND4JIllegalArgumentException(
      `Invalid parameters: expected length ${count}, got length ${params.length()} (shape ${formatShape(params.geometry.shape)})`,
    );
  }
  if (cloned || (params.info === info && !params.isAttached() && params.geometry.isDense)) return;
  throw new ND4JIllegalArgumentException(
    `Invalid parameters: found a ${params.dataType()} array ${params.isAttached() ? 'in a workspace' : 'on the heap'}, needed to work on it is a dense detached ${info.name} vector; clone it instead`,
  );
}
