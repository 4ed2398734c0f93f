// Replays a recorded trace of workspace calls: one method per operation, each returning what the file records of it.

import { expect } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import { dataTypeInfo } from '../../src/core/dataType.ts';
import { denseGeometry, Geometry, type Order } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import type { WorkspaceConfigurationOptions } from '../../src/memory/configuration.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import type { MemoryWorkspace } from '../../src/memory/memoryWorkspace.ts';
import { assertValidArray, checkArgument } from '../../src/memory/validity.ts';
import { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import { type DebugMode, workspaceManager } from '../../src/memory/workspaceManager.ts';
import { WorkspaceUtils } from '../../src/memory/workspaceUtils.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';

export interface TraceOperation {
  readonly op: string;
  readonly result?: Record<string, unknown>;
  readonly throws?: { class: string; message: string | null };
  readonly current?: string | null;
  readonly state?: Record<string, Record<string, unknown>>;
  readonly [argument: string]: unknown;
}

export interface Trace {
  readonly name: string;
  readonly configurations: Record<string, WorkspaceConfigurationOptions>;
  readonly ops: readonly TraceOperation[];
}

/** Operations that read or write elements, and those of them that only copy. */
const COPIES = new Set([
  'dup',
  'unsafeDuplication',
  'detach',
  'leverage',
  'leverageTo',
  'leverageOrDetach',
  'migrate',
  'castTo',
]);
const USES_MEMORY = new Set([...COPIES, 'fill', 'put', 'read', 'addiScalar', 'addi', 'sumNumber', 'assertValidArray']);
const FOREIGN = /leaked workspace pointer|uses overwritten memory|uses freed memory/;

type Result = Record<string, unknown> | undefined;

/** The objects that a trace speaks of, by its labels. */
export class TraceReplay {
  readonly workspaces = new Map<string, MemoryWorkspace>();
  readonly #labels = new Map<MemoryWorkspace, string>();
  readonly #arrays = new Map<string, NDArray>();
  readonly #places = new WeakMap<DataBuffer, { place: string; offset?: number }>();
  #dummies = 0;

  constructor(readonly trace: Trace) {}

  label(workspace: MemoryWorkspace | null): string | null {
    if (workspace === null) return null;
    const known = this.#labels.get(workspace);
    if (known !== undefined) return known;
    let label = workspace.getId() ?? `dummy${++this.#dummies}`;
    for (let n = 2; this.workspaces.has(label); n++) label = `${workspace.getId()}#${n}`;
    this.#labels.set(workspace, label);
    this.workspaces.set(label, workspace);
    return label;
  }

  get currentLabel(): string | null {
    return this.label(memoryManager.getCurrentWorkspace());
  }

  setCurrent(label: string | null): void {
    memoryManager.setCurrentWorkspace(label === null ? null : (this.workspaces.get(label) as Nd4jWorkspace));
  }

  /** The workspace of the operation is a dummy, borrowed, or open more than once: closing it will not end its cycle. */
  isNested(o: TraceOperation): boolean {
    const workspace = this.workspaces.get(o.ws as string);
    if (!(workspace instanceof Nd4jWorkspace)) return workspace !== undefined;
    return workspace.isBorrowed || workspace.count('tagScope') > 0;
  }

  run(o: TraceOperation): Result {
    const action = this.#actions[o.op];
    if (action === undefined) throw new Error(`unknown operation ${o.op}`);
    const foreign = ['array', 'x', 'y'].map((key) => o[key] as string).filter((label) => this.#isForeign(label, o.op));
    if (foreign.length === 0 || !USES_MEMORY.has(o.op)) return action(o) as Result;
    expect(() => action(o), `${o.op} of memory that is no longer the array's`).toThrow(FOREIGN);
    if (!COPIES.has(o.op)) return undefined;
    const originals = foreign.map((label) => [label, this.#arrays.get(label) as NDArray] as const);
    for (const label of foreign) this.#revive(label);
    try {
      return action(o) as Result;
    } finally {
      for (const [label, array] of originals) this.#arrays.set(label, array);
    }
  }

  /** ND4J takes the array for valid, although its memory was handed out again or freed; single elements it does not check at all. */
  #isForeign(label: string | undefined, op: string): boolean {
    const buffer = label === undefined ? undefined : this.#arrays.get(label)?.buffer;
    const owner = buffer?.workspace ?? null;
    if (buffer === undefined || owner === null || buffer.isUsable) return false;
    return (
      op === 'read' || op === 'put' || owner.isCircular || (owner.isOpen && owner.generation === buffer.generation)
    );
  }

  /** Makes the array usable again, so that it can be copied as ND4J does, whatever its memory holds by now. */
  #revive(label: string): void {
    const array = this.#arrays.get(label) as NDArray;
    const owner = array.buffer.workspace as Nd4jWorkspace;
    const buffer = Object.create(DataBuffer.prototype, Object.getOwnPropertyDescriptors(array.buffer)) as DataBuffer;
    Object.assign(buffer, { stamp: owner.liveStamp, position: owner.size('written') });
    this.#places.set(buffer, this.#placeOf(array.buffer) as { place: string });
    this.#arrays.set(label, new NDArray(buffer, array.offset, array.geometry));
  }

  #workspace(o: TraceOperation, key = 'ws'): MemoryWorkspace {
    return this.workspaces.get(o[key] as string) as MemoryWorkspace;
  }
  #array(o: TraceOperation, key = 'array'): NDArray {
    return this.#arrays.get(o[key] as string) as NDArray;
  }
  #configuration(o: TraceOperation): WorkspaceConfigurationOptions {
    return this.trace.configurations[o.conf as string] as WorkspaceConfigurationOptions;
  }
  #made(workspace: MemoryWorkspace): Result {
    return { ws: this.label(workspace) };
  }

  /** What the file records of an array: its label, where it lives, and for views the first element. */
  #described(array: NDArray): Result {
    for (const [label, known] of this.#arrays) if (known === array) return { array: label, same: true };
    const label = `a${this.#arrays.size + 1}`;
    this.#arrays.set(label, array);
    const owner = array.buffer.workspace;
    const isPart = array.offset > 0 || array.length() < array.buffer.length;
    return {
      array: label,
      shape: array.shape(),
      attached: array.isAttached(),
      // In ND4J a view always answers true, even when its workspace is closed.
      ...(isPart ? {} : { inScope: array.isInScope() }),
      ...(isPart ? { elementOffset: array.offset } : {}),
      ...(owner === null ? { place: 'heap' } : { owner: this.label(owner), generation: array.buffer.generation }),
      ...this.#placeOf(array.buffer),
    };
  }

  /** Where the buffer was when it was first seen. */
  #placeOf(buffer: DataBuffer): { place?: string; offset?: number } {
    if (buffer.workspace === null) return {};
    const place = this.#places.get(buffer) ?? placeOf(buffer.workspace, buffer.address, buffer.position);
    this.#places.set(buffer, place);
    return place;
  }

  #create(o: TraceOperation, zeroed: boolean, detached = false): Result {
    const info = dataTypeInfo(o.type as DataType);
    const geometry = denseGeometry(o.shape as number[], (o.order as Order | undefined) ?? 'c');
    const buffer = detached
      ? DataBuffer.allocateDetached(info, geometry.length, zeroed)
      : DataBuffer.allocate(info, geometry.length, zeroed);
    return this.#described(new NDArray(buffer, 0, geometry));
  }

  #view(o: TraceOperation, dimension: number, index: number, length: number | undefined): Result {
    const array = this.#array(o);
    const { shape, strides, order } = array.geometry;
    const at = array.offset + index * (strides[dimension] as number);
    const kept = shape.map((_, d) => d).filter((d) => length !== undefined || d !== dimension);
    const sizes = kept.map((d) => (d === dimension ? (length as number) : (shape[d] as number)));
    const steps = kept.map((d) => strides[d] as number);
    return this.#described(array.viewOf(at, new Geometry(sizes, steps, order)));
  }

  #query(o: TraceOperation): Result {
    const array = this.#array(o);
    const { workspace, generation, length } = array.buffer;
    return {
      isAttached: array.isAttached(),
      ...(array.isView() ? {} : { isInScope: array.isInScope() }),
      isView: array.isView(),
      closeable: array.closeable(),
      // ND4J's views wrap their owner's buffer in one of their own; ours share it.
      ...(array.isView()
        ? {}
        : { dataAttached: array.data().isAttached, dataLength: length, ordering: array.ordering() }),
      owner: this.label(workspace),
      generation,
      length: array.length(),
    };
  }

  readonly #actions: Record<string, (o: TraceOperation) => unknown> = {
    getOrCreate: (o) =>
      this.#made(
        o.conf === undefined
          ? workspaceManager.getWorkspaceForCurrentThread((o.id as string | null) ?? undefined)
          : workspaceManager.getWorkspaceForCurrentThread(this.#configuration(o), o.id as string),
      ),
    activate: (o) =>
      this.#made(
        o.conf === undefined
          ? workspaceManager.getAndActivateWorkspace((o.id as string | null) ?? undefined)
          : workspaceManager.getAndActivateWorkspace(this.#configuration(o), o.id as string),
      ),
    createNew: (o) =>
      this.#made(workspaceManager.createNewWorkspace(this.#configuration(o), (o.id as string | null) ?? undefined)),
    enter: (o) => void this.#workspace(o).notifyScopeEntered(),
    leave: (o) => this.#workspace(o).close(),
    borrow: (o) => void this.#workspace(o).notifyScopeBorrowed(),
    tag: (o) => void this.#workspace(o).tagOutOfScopeUse(),
    scopeOutManager: () => this.#made(workspaceManager.scopeOutOfWorkspaces()),
    scopeOutMemory: () => this.#made(memoryManager.scopeOutOfWorkspaces()),
    initialize: (o) => this.#workspace(o).initializeWorkspace(),
    destroy: (o) => this.#workspace(o).destroyWorkspace(o.extended as boolean),
    reset: (o) => this.#workspace(o).reset(),
    toggle: (o) => this.#workspace(o).toggleWorkspaceUse(o.use as boolean),
    enableDebug: (o) => this.#workspace(o).enableDebug(o.on as boolean),
    setPrevious: (o) => this.#workspace(o).setPreviousWorkspace(this.#workspace(o, 'previous') ?? null),
    setCurrent: (o) => memoryManager.setCurrentWorkspace(this.#workspace(o) ?? null),
    register: (o) =>
      workspaceManager.setWorkspaceForCurrentThread(this.#workspace(o), (o.id as string | null) ?? undefined),
    destroyManager: (o) => workspaceManager.destroyWorkspace(this.#workspace(o)),
    destroyDefault: () => workspaceManager.destroyWorkspace(),
    destroyAll: () => workspaceManager.destroyAllWorkspacesForCurrentThread(),
    setDebugMode: (o) => workspaceManager.setDebugMode(o.mode as DebugMode | null),
    setDefaultConfiguration: (o) => workspaceManager.setDefaultWorkspaceConfiguration(this.#configuration(o)),
    exists: (o) => ({ value: workspaceManager.checkIfWorkspaceExists(o.id as string) }),
    active: (o) => ({ value: workspaceManager.checkIfWorkspaceExistsAndActive(o.id as string) }),
    anyActive: () => ({ value: workspaceManager.anyWorkspaceActiveForCurrentThread() }),
    ids: () => ({ value: workspaceManager.getAllWorkspacesIdsForCurrentThread().sort() }),
    getters: (o) => {
      const workspace = this.#workspace(o) as unknown as Record<string, () => unknown>;
      return Object.fromEntries(
        Object.keys(o.result ?? {})
          .filter((name) => name !== 'toString' && name in workspace)
          .map((name) => {
            const value = workspace[name]?.() as unknown;
            return [name, name === 'getParentWorkspace' ? this.label(value as MemoryWorkspace | null) : value];
          }),
      );
    },
    assertNoWorkspacesOpen: (o) =>
      WorkspaceUtils.assertNoWorkspacesOpen(o.message as string, o.allowScopedOut as boolean),
    assertOpenAndActive: (o) => WorkspaceUtils.assertOpenAndActive(o.id as string, o.message as string),
    assertOpenActiveAndCurrent: (o) => WorkspaceUtils.assertOpenActiveAndCurrent(o.id as string, o.message as string),
    assertValidArray: (o) => assertValidArray(this.#array(o), o.message as string | null),
    alloc: (o) => this.#alloc(o),
    allocTooLarge: (o) => this.#alloc(o),
    create: (o) => this.#create(o, true),
    createUninitialized: (o) => this.#create(o, false),
    createDetached: (o) => this.#create(o, false, true),
    empty: (o) => ({
      attached: new NDArray(DataBuffer.create(o.type as DataType, 0), 0, denseGeometry([0])).isAttached(),
    }),
    fill: (o) => void this.#array(o).assign(o.value as number),
    put: (o) => void this.#array(o).putScalar(o.index as number, o.value as number),
    read: (o) => ({ value: this.#array(o).getDouble(o.index as number) }),
    addiScalar: (o) => this.#addTo(this.#array(o), () => o.value as number),
    addi: (o) => {
      checkArgument('add', 'Y', this.#array(o, 'y'));
      const y = this.#array(o, 'y');
      this.#addTo(this.#array(o, 'x'), (i) => y.getDouble(i));
    },
    sumNumber: (o) => {
      const array = this.#array(o);
      let value = 0;
      for (let i = 0; i < array.length(); i++) value += array.getDouble(i);
      // ND4J leaves its scalar result in the workspace; ours needs no memory there.
      memoryManager.getCurrentWorkspace()?.alloc(8, 'DOUBLE');
      return { value };
    },
    dup: (o) => this.#described(this.#array(o).dup()),
    unsafeDuplication: (o) => this.#described(this.#array(o).unsafeDuplication()),
    detach: (o) => this.#described(this.#array(o).detach()),
    leverage: (o) => this.#described(this.#array(o).leverage()),
    leverageTo: (o) => this.#described(this.#array(o).leverageTo(o.id as string, o.enforceExistence as boolean)),
    leverageOrDetach: (o) => this.#described(this.#array(o).leverageOrDetach(o.id as string)),
    migrate: (o) => this.#described(this.#array(o).migrate(o.detachOnNoWorkspace as boolean)),
    castTo: (o) => this.#described(this.#array(o).castTo(o.type as DataType)),
    viewRange: (o) => this.#view(o, 0, o.from as number, (o.to as number) - (o.from as number)),
    viewRow: (o) => this.#view(o, 0, o.row as number, undefined),
    viewColumn: (o) => this.#view(o, 1, o.column as number, undefined),
    closeArray: (o) => {
      const array = this.#array(o);
      const closeable = array.closeable();
      if (closeable) array.close();
      return { closeable, wasClosed: array.wasClosed() };
    },
    query: (o) => this.#query(o),
  };

  #alloc(o: TraceOperation): Result {
    const workspace = this.#workspace(o);
    const { address, capacity } = workspace.alloc(o.bytes as number, o.type as DataType, o.initialize as boolean);
    return { capacity, ...placeOf(workspace as Nd4jWorkspace, address, (workspace as Nd4jWorkspace).lastPosition) };
  }

  #addTo(x: NDArray, value: (i: number) => number): void {
    checkArgument('add', 'X', x);
    for (let i = 0; i < x.length(); i++) x.putScalar(i, x.getDouble(i) + value(i));
  }
}

function placeOf(workspace: Nd4jWorkspace, address: number, position: number): { place: string; offset?: number } {
  const offset = address - workspace.count('base');
  const isInside = workspace.isCircular ? position >= 0 : offset >= 0 && offset < workspace.getCurrentSize();
  if (isInside) return { place: 'arena', offset };
  return { place: workspace.isCircular && position % 2 === 0 ? 'pinned' : 'external' };
}
