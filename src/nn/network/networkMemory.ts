// Which workspaces a network uses for what, by workspace mode.
//
//   mode      activations kept for backprop   scratch of a layer      inference, gradients      pre-activations
//   NONE      heap                            heap                    heap                      kept
//   SINGLE    WS_ALL_LAYERS_ACT               same                    same                      kept
//   SEPARATE  WS_ALL_LAYERS_ACT               WS_LAYER_WORKING_MEM    WS_LAYER_ACT_<n>          computed again
//   ENABLED   as SEPARATE                                                                       kept
//
// Alternating workspaces overlap: each is closed when the next but one array has been made, so that memory is that of two layers.

import { WorkspaceConfiguration } from '../../memory/configuration.ts';
import type { MemoryWorkspace } from '../../memory/memoryWorkspace.ts';
import { workspaceManager } from '../../memory/workspaceManager.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import type { WorkspaceMode } from '../conf/enums.ts';
import type { ArrayType } from '../workspace/arrayType.ts';
import { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';

/** Ids of the workspaces that networks of one realm share. */
export const ALL_LAYERS_ACT = 'WS_ALL_LAYERS_ACT';
export const LAYER_WORKING_MEM = 'WS_LAYER_WORKING_MEM';
export const RNN_LOOP_WORKING_MEM = 'WS_RNN_LOOP_WORKING_MEM';
export const OUTPUT_MEM = 'WS_OUTPUT_MEM';

const learned = { policySpill: 'REALLOCATE', policyAllocation: 'OVERALLOCATE', policyReset: 'BLOCK_LEFT' } as const;
const ALL_LAYERS_CONFIGURATION = new WorkspaceConfiguration({
  ...learned,
  overallocationLimit: 0.05,
  policyLearning: 'FIRST_LOOP',
});
const overTime = { ...learned, overallocationLimit: 0.02, policyLearning: 'OVER_TIME' } as const;

/** All activations, one layer's scratch, one time step's, an alternating workspace by number, or no workspace. */
type Place = 'all' | 'work' | 'loop' | 'heap' | number;
const everywhere: Partial<Record<ArrayType, Place>> = {
  FF_WORKING_MEM: 'work',
  BP_WORKING_MEM: 'work',
  RNN_FF_LOOP_WORKING_MEM: 'loop',
  RNN_BP_LOOP_WORKING_MEM: 'loop',
};

/** What the shape of a network says about its workspaces. */
export interface MemoryShape {
  /** Cycles after which WS_LAYER_WORKING_MEM learns its size. */
  readonly workingCycles: number;
  /** Cycles after which an alternating workspace learns its size. */
  readonly slotCycles: number;
  readonly slotCount: number;
  readonly slotName: (slot: number) => string;
  /** Where a layer in this slot finds its input in inference, seen from the slot of its output. */
  readonly inputSlot: (slot: number) => number;
}

/** The workspaces of one network in one mode. */
export class NetworkMemory {
  /** Forward pass in training, and everything around it. */
  readonly training: LayerWorkspaceMgr;
  /** Forward pass whose activations are all returned detached. */
  readonly detached: LayerWorkspaceMgr;
  /** Everything that lasts longer than one layer detached: scores outside of training, and inputs kept for a backward pass from outside. */
  readonly heap: LayerWorkspaceMgr;
  readonly #backward: LayerWorkspaceMgr[];
  readonly #inference: LayerWorkspaceMgr[];
  /** The last layer of inference, by slot; the last entry belongs to a network of one layer. */
  readonly #last: LayerWorkspaceMgr[];
  readonly #first: LayerWorkspaceMgr;
  /** Mode NONE: what one pass has made on the heap. */
  readonly #scratch: INDArray[] = [];
  readonly #workingConfiguration: WorkspaceConfiguration;
  readonly #slotConfiguration: WorkspaceConfiguration;

  constructor(
    readonly mode: WorkspaceMode,
    private readonly shape: MemoryShape,
  ) {
    const { workingCycles, slotCycles, slotCount, inputSlot } = shape;
    this.#workingConfiguration = new WorkspaceConfiguration({ ...overTime, cyclesBeforeInitialization: workingCycles });
    this.#slotConfiguration = new WorkspaceConfiguration({ ...overTime, cyclesBeforeInitialization: slotCycles });
    const slots = Array.from({ length: slotCount }, (_, slot) => slot);
    const kept = this.mode === 'SEPARATE' ? {} : ({ FF_CACHE: 'all' } as const);
    this.training = this.#manager({ INPUT: 'all', ACTIVATIONS: 'all', UPDATER_WORKING_MEM: 'all', ...kept });
    this.detached = this.#manager({ INPUT: 'work', ACTIVATIONS: 'heap' });
    this.heap = this.#manager({ INPUT: 'heap', ACTIVATIONS: 'heap' });
    this.#backward = slots.map((slot) => this.#manager({ INPUT: 'all', ACTIVATIONS: 'work', ACTIVATION_GRAD: slot }));
    this.#inference = slots.map((slot) => this.#manager({ INPUT: inputSlot(slot), ACTIVATIONS: slot }));
    this.#first = this.#manager({ INPUT: 'work', ACTIVATIONS: 0 });
    this.#last = slots.map((slot) => this.#manager({ INPUT: inputSlot(slot), ACTIVATIONS: 'heap' }));
    this.#last.push(this.#manager({ INPUT: 'work', ACTIVATIONS: 'heap' }));
    if (!this.isOff) return;
    for (const manager of [this.training, this.#first, ...this.#backward, ...this.#inference]) {
      manager.detachedArrays = this.#scratch;
    }
  }

  /** Mode NONE: every array is detached. */
  get isOff(): boolean {
    return this.mode === 'NONE';
  }
  /** Mode SINGLE: one workspace for everything. */
  get isSingle(): boolean {
    return this.mode === 'SINGLE';
  }

  /** Backward pass of a layer whose gradients go to this slot. */
  backward(slot: number): LayerWorkspaceMgr {
    return this.#backward[slot] as LayerWorkspaceMgr;
  }

  /** Inference of a layer whose output goes to this slot. */
  inference(slot: number, isFirst: boolean): LayerWorkspaceMgr {
    return isFirst ? this.#first : (this.#inference[slot] as LayerWorkspaceMgr);
  }

  /** Inference of the layer whose output the caller gets: detached, or in the workspace given. */
  lastInference(slot: number, isFirst: boolean, target: MemoryWorkspace | null): LayerWorkspaceMgr {
    const configuration = target?.getWorkspaceConfiguration();
    if (!configuration) return this.#last[isFirst ? this.shape.slotCount : slot] as LayerWorkspaceMgr;
    const manager = this.#manager({ INPUT: isFirst ? 'work' : this.shape.inputSlot(slot) });
    manager.setWorkspace('ACTIVATIONS', target?.getId() as string, configuration);
    return manager;
  }

  /** Opens the workspace for all activations; null when there is none. */
  openActivations(): MemoryWorkspace | null {
    if (this.isOff) return null;
    return workspaceManager.getAndActivateWorkspace(ALL_LAYERS_CONFIGURATION, ALL_LAYERS_ACT);
  }

  /** Opens the scratch of one layer; null when there is none of its own. */
  openWork(): MemoryWorkspace | null {
    if (this.isOff || this.isSingle) return null;
    return workspaceManager.getAndActivateWorkspace(this.#workingConfiguration, LAYER_WORKING_MEM);
  }

  /** Opens what scratch of a layer lives in, whatever else lives there; null with mode NONE. */
  openScratch(): MemoryWorkspace | null {
    return this.isSingle ? this.openActivations() : this.openWork();
  }

  /** Opens an alternating workspace; null when there is none of its own. */
  openSlot(slot: number): MemoryWorkspace | null {
    if (this.isOff || this.isSingle) return null;
    return workspaceManager.getAndActivateWorkspace(this.#slotConfiguration, this.shape.slotName(slot));
  }

  /** Ids of all workspaces that a network of this shape uses. */
  static idsOf({ slotCount, slotName }: MemoryShape): string[] {
    const slots = Array.from({ length: slotCount }, (_, slot) => slotName(slot));
    return [ALL_LAYERS_ACT, LAYER_WORKING_MEM, RNN_LOOP_WORKING_MEM, OUTPUT_MEM, ...slots];
  }

  /** Mode NONE: frees what a pass has made on the heap. A synchronous loop gives the collector no chance to. */
  release(): void {
    for (const array of this.#scratch) if (array.closeable()) array.close();
    this.#scratch.length = 0;
  }

  /**
   * Makes workspaces learn their size that missed the cycle in which they should have, because nothing was allocated until then.
   * Without this they would spill for ever.
   */
  settle(): void {
    if (this.isOff || this.isSingle || workspaceManager.getDebugMode() !== 'DISABLED') return;
    settle(LAYER_WORKING_MEM, this.shape.workingCycles);
    for (let slot = 0; slot < this.shape.slotCount; slot++) settle(this.shape.slotName(slot), this.shape.slotCycles);
  }

  /** A manager of these places, and those that are the same in every pass. */
  #manager(places: Partial<Record<ArrayType, Place>>): LayerWorkspaceMgr {
    if (this.isOff) return LayerWorkspaceMgr.noWorkspaces();
    const manager = new LayerWorkspaceMgr();
    for (const [type, place] of Object.entries({ ...everywhere, ...places }) as [ArrayType, Place][]) {
      if (place === 'heap') manager.setScopedOutFor(type);
      else if (place === 'all' || this.isSingle) manager.setWorkspace(type, ALL_LAYERS_ACT, ALL_LAYERS_CONFIGURATION);
      else if (place === 'loop') manager.setWorkspace(type, RNN_LOOP_WORKING_MEM, ALL_LAYERS_CONFIGURATION);
      else if (place === 'work') manager.setWorkspace(type, LAYER_WORKING_MEM, this.#workingConfiguration);
      else manager.setWorkspace(type, this.shape.slotName(place), this.#slotConfiguration);
    }
    return manager;
  }
}

function settle(id: string, cycles: number): void {
  const workspace = workspaceManager.findWorkspace(id);
  if (workspace === undefined || workspace.getCurrentSize() > 0 || workspace.isScopeActive()) return;
  if (workspace.getMaxCycleAllocations() > 0 && workspace.getCyclesCount() > cycles) workspace.initializeWorkspace();
}

/** The workspace for outputs that are read at once, such as those that are evaluated. */
export function openOutput(): MemoryWorkspace {
  return workspaceManager.getAndActivateWorkspace(ALL_LAYERS_CONFIGURATION, OUTPUT_MEM);
}
