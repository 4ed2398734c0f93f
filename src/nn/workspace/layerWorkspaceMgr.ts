// LayerWorkspaceMgr: the purposes of a network's arrays, and where each lives.

import { UnsupportedOperationException } from '../../core/errors.ts';
import type { WorkspaceConfiguration } from '../../memory/configuration.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { type ArrayType, arrayTypes } from './arrayType.ts';
import { WorkspaceMgr } from './workspaceMgr.ts';

/**
 * Tells a layer where its arrays live, whatever the network does with its workspaces.
 *
 * A layer makes what it returns from `activate` as `ACTIVATIONS`, what it returns from `backpropGradient` as `ACTIVATION_GRAD`,
 * scratch as `FF_WORKING_MEM` or `BP_WORKING_MEM`. To use a layer outside of a network, pass `LayerWorkspaceMgr.noWorkspaces()`.
 *
 * @see org.deeplearning4j.nn.workspace.LayerWorkspaceMgr
 */
export class LayerWorkspaceMgr extends WorkspaceMgr<ArrayType> {
  /** Key of the scratch that convolution layers keep between calls. */
  static readonly CUDNN_WORKSPACE_KEY = 'CUDNN_WORKSPACE';

  private noLeverageOverride: Set<string> | undefined;
  private helperWorkspaces: Map<string, unknown> | undefined;

  /** A manager whose arrays are all detached; scratch kept by key can be handed on from another one. */
  static noWorkspaces(helperWorkspaces?: Map<string, unknown>): LayerWorkspaceMgr {
    const manager = new LayerWorkspaceMgr(arrayTypes);
    manager.helperWorkspaces = helperWorkspaces;
    return manager;
  }

  /** A shared manager whose arrays are all detached; giving it a workspace throws. */
  static noWorkspacesImmutable(): LayerWorkspaceMgr {
    immutable ??= new ImmutableLayerWorkspaceMgr(arrayTypes);
    return immutable;
  }

  /** A builder without any workspace yet. */
  static builder(): LayerWorkspaceMgrBuilder {
    return new LayerWorkspaceMgrBuilder();
  }

  /**
   * Arrays of this workspace stay where they are, whatever their purpose: `leverageTo` and `validateArrayLocation` pass them
   * through. For features that live in an iterator's or the caller's workspace.
   */
  setNoLeverageOverride(workspaceName: string): void {
    this.noLeverageOverride ??= new Set();
    this.noLeverageOverride.add(workspaceName);
  }

  /** @internal For one pass: attached arrays of these are where they are and stay there; others no longer. */
  letStay(arrays: readonly INDArray[]): void {
    this.noLeverageOverride?.clear();
    for (const { buffer } of arrays)
      if (buffer.workspace !== null) this.setNoLeverageOverride(buffer.workspace.getId());
  }

  override leverageTo(type: ArrayType, array: INDArray): INDArray {
    return this.mayStay(array) ? array : super.leverageTo(type, array);
  }

  override validateArrayLocation(
    type: ArrayType,
    array: INDArray,
    migrateIfInvalid: boolean,
    exceptionIfDetached: boolean,
  ): INDArray {
    return this.mayStay(array)
      ? array
      : super.validateArrayLocation(type, array, migrateIfInvalid, exceptionIfDetached);
  }

  private mayStay(array: INDArray | null | undefined): boolean {
    const owner = array?.buffer.workspace;
    return owner !== null && owner !== undefined && this.noLeverageOverride?.has(owner.getId()) === true;
  }

  /** Scratch kept under a key; undefined when there is none. */
  getHelperWorkspace<P>(key: string): P | undefined {
    return this.helperWorkspaces?.get(key) as P | undefined;
  }

  /** Keeps scratch under a key. */
  setHelperWorkspace(key: string, pointer: unknown): void {
    this.helperWorkspaces ??= new Map();
    this.helperWorkspaces.set(key, pointer);
  }

  /** All scratch by key: the live map; undefined when there is none. */
  getHelperWorkspacePointers(): Map<string, unknown> | undefined {
    return this.helperWorkspaces;
  }

  /** Shares the scratch of another manager. */
  setHelperWorkspacePointers(pointers: Map<string, unknown> | undefined): void {
    this.helperWorkspaces = pointers;
  }
}

let immutable: LayerWorkspaceMgr | undefined;

/** The shared manager without workspaces: marks that change nothing pass, everything else throws. */
class ImmutableLayerWorkspaceMgr extends LayerWorkspaceMgr {
  override setConfiguration(type: ArrayType): never {
    return refuse(type);
  }
  override setWorkspaceName(type: ArrayType): never {
    return refuse(type);
  }
  override setWorkspace(type: ArrayType): never {
    return refuse(type);
  }
  override setNoLeverageOverride(workspaceName: string): never {
    return refuse(workspaceName);
  }
  override setHelperWorkspace(key: string): never {
    return refuse(key);
  }
  override setHelperWorkspacePointers(): never {
    return refuse('scratch');
  }
}

function refuse(what: string): never {
  throw new UnsupportedOperationException(
    `Cannot set a workspace for ${what}: LayerWorkspaceMgr.noWorkspacesImmutable() is shared, use noWorkspaces() instead`,
  );
}

/** Puts a LayerWorkspaceMgr together. @see org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.Builder */
export class LayerWorkspaceMgrBuilder {
  private readonly scopedOut = new Set<ArrayType>();
  private readonly configurations = new Map<ArrayType, WorkspaceConfiguration>();
  private readonly names = new Map<ArrayType, string>();

  /** Arrays of every type without a workspace so far are detached. */
  defaultNoWorkspace(): this {
    for (const type of arrayTypes) if (!this.names.has(type)) this.scopedOut.add(type);
    return this;
  }

  /** Arrays of this type are detached. */
  noWorkspaceFor(type: ArrayType): this {
    this.scopedOut.add(type);
    this.configurations.delete(type);
    this.names.delete(type);
    return this;
  }

  /** The workspace of every type that has none so far and is not scoped out. */
  defaultWorkspace(name: string, configuration: WorkspaceConfiguration): this {
    for (const type of arrayTypes) {
      if (!this.names.has(type) && !this.scopedOut.has(type)) this.with(type, name, configuration);
    }
    return this;
  }

  /** The workspace of a type. As in DL4J, a type scoped out before stays so. */
  with(type: ArrayType, name: string, configuration: WorkspaceConfiguration): this {
    this.configurations.set(type, configuration);
    this.names.set(type, name);
    return this;
  }

  build(): LayerWorkspaceMgr {
    return new LayerWorkspaceMgr(this.scopedOut, this.configurations, this.names);
  }
}
