// Maps purposes of arrays to workspaces: where an array of a purpose is made, moved to, and whether it is where it belongs.

import { type DataType, type DataTypeInfo, dataTypeInfo } from '../../core/dataType.ts';
import { ND4JIllegalArgumentException, ND4JIllegalStateException, ND4JWorkspaceException } from '../../core/errors.ts';
import { checkShape, denseGeometry, type Geometry, type Order } from '../../core/geometry.ts';
import { DataBuffer } from '../../memory/buffer.ts';
import type { WorkspaceConfiguration } from '../../memory/configuration.ts';
import { scope } from '../../memory/currentWorkspace.ts';
import type { MemoryWorkspace } from '../../memory/memoryWorkspace.ts';
import type { Nd4jWorkspace } from '../../memory/workspace.ts';
import { workspaceManager } from '../../memory/workspaceManager.ts';
import { NDArray } from '../../ndarray/ndarray.ts';

/** Several scopes that close together, the last opened first. @see org.nd4j.linalg.workspace.WorkspacesCloseable */
export interface WorkspacesCloseable extends Disposable {
  close(): void;
}

/**
 * Where arrays live, by purpose. A purpose has a workspace (name and configuration), or is *scoped out*: its arrays are then
 * detached. Purposes without either are an error as soon as they are used.
 *
 * @see org.nd4j.linalg.workspace.BaseWorkspaceMgr
 */
export class WorkspaceMgr<T extends string> {
  protected readonly scopedOut: Set<T>;
  protected readonly configurations: Map<T, WorkspaceConfiguration>;
  protected readonly names: Map<T, string>;
  /** @internal Where `allocate` notes the detached arrays it makes, for a caller that frees them itself; null for nowhere. */
  detachedArrays: NDArray[] | null = null;

  /** @throws {ND4JIllegalArgumentException} when a type has a configuration but no name, or the reverse. */
  constructor(
    scopedOut: Iterable<T> = [],
    configurations: ReadonlyMap<T, WorkspaceConfiguration> = new Map(),
    names: ReadonlyMap<T, string> = new Map(),
  ) {
    if (configurations.size !== names.size || ![...configurations.keys()].every((type) => names.has(type))) {
      throw new ND4JIllegalArgumentException(
        `Keys for config may and workspace names must match\nFound configurations for [${[...configurations.keys()].join(', ')}] and names for [${[...names.keys()].join(', ')}]`,
      );
    }
    this.scopedOut = new Set(scopedOut);
    this.configurations = new Map(configurations);
    this.names = new Map(names);
  }

  /** Sets how the type's workspace is configured when it is first made. A scoped-out mark stays. */
  setConfiguration(type: T, configuration: WorkspaceConfiguration): void {
    this.configurations.set(type, configuration);
  }

  /** The configuration of the type's workspace; null when it has none. */
  getConfiguration(type: T): WorkspaceConfiguration | null {
    return this.configurations.get(type) ?? null;
  }

  /** Sets the id of the type's workspace. A scoped-out mark stays. */
  setWorkspaceName(type: T, name: string): void {
    this.names.set(type, name);
  }

  /** The id of the type's workspace; null when it has none. */
  getWorkspaceName(type: T): string | null {
    return this.names.get(type) ?? null;
  }

  /** Gives the type a workspace; its arrays are attached from now on. */
  setWorkspace(type: T, name: string, configuration: WorkspaceConfiguration): void {
    this.scopedOut.delete(type);
    this.setConfiguration(type, configuration);
    this.setWorkspaceName(type, name);
  }

  /** Arrays of this type are detached from now on; its workspace name and configuration are forgotten. */
  setScopedOutFor(type: T): void {
    this.scopedOut.add(type);
    this.configurations.delete(type);
    this.names.delete(type);
  }

  /** True when arrays of this type are detached. */
  isScopedOut(type: T): boolean {
    return this.scopedOut.has(type);
  }

  /** True when the type is scoped out or has a workspace. */
  hasConfiguration(type: T): boolean {
    return this.scopedOut.has(type) || this.names.has(type);
  }

  /**
   * Opens the type's workspace (made on first use) and makes it current; for a scoped-out type leaves all workspaces.
   * Several types open in turn and close together in reverse. Close the result, or declare it with `using`.
   * @throws {ND4JWorkspaceException} when a type has no configuration.
   */
  notifyScopeEntered(type: T): MemoryWorkspace;
  notifyScopeEntered(...types: T[]): WorkspacesCloseable;
  notifyScopeEntered(...types: T[]): MemoryWorkspace | WorkspacesCloseable {
    if (types.length === 1) return this.enter(types[0] as T);
    for (const type of types) this.validateConfiguration(type);
    const opened: MemoryWorkspace[] = [];
    const scopes = closeTogether(opened);
    try {
      for (const type of types) opened.push(this.enter(type));
    } catch (error) {
      scopes.close();
      throw error;
    }
    return scopes;
  }

  private enter(type: T): MemoryWorkspace {
    this.validateConfiguration(type);
    if (this.scopedOut.has(type)) return workspaceManager.scopeOutOfWorkspaces();
    const configuration = this.configurations.get(type) as WorkspaceConfiguration;
    return workspaceManager.getAndActivateWorkspace(configuration, this.names.get(type) as string);
  }

  /** Makes the type's open workspace current without starting a new cycle. @throws {ND4JWorkspaceException} when it is not open. */
  notifyScopeBorrowed(type: T): MemoryWorkspace {
    const workspace = this.openWorkspace(type);
    if (workspace === null) return workspaceManager.scopeOutOfWorkspaces();
    return workspace.notifyScopeBorrowed();
  }

  /** True when the type's workspace is open, or the type is scoped out. @throws {ND4JWorkspaceException} without configuration. */
  isWorkspaceOpen(type: T): boolean {
    this.validateConfiguration(type);
    return this.scopedOut.has(type) || workspaceManager.checkIfWorkspaceExistsAndActive(this.names.get(type) as string);
  }

  /** @throws {ND4JWorkspaceException} when the type's workspace is not open. */
  assertOpen(type: T, message: string): void {
    if (this.isWorkspaceOpen(type)) return;
    throw new ND4JWorkspaceException(
      `Assertion failed: expected workspace for array type ${type} to be open: ${message}`,
    );
  }

  /** @throws {ND4JWorkspaceException} when the type's workspace is open; scoped-out types pass. */
  assertNotOpen(type: T, message: string): void {
    if (this.scopedOut.has(type) || !this.isWorkspaceOpen(type)) return;
    throw new ND4JWorkspaceException(
      `Assertion failed: expected workspace for array type ${type} to not be open: ${message}`,
    );
  }

  /** @throws {ND4JWorkspaceException} when another workspace than the type's is current; scoped-out types pass. */
  assertCurrentWorkspace(type: T, message?: string): void {
    this.validateConfiguration(type);
    if (this.scopedOut.has(type)) return;
    const name = this.names.get(type) as string;
    const current = scope.current?.getId() ?? null;
    if (current === name) return;
    throw new ND4JWorkspaceException(
      `Assertion failed: expected current workspace to be "${name}" (for array type ${type}) - actual current workspace is ${current}${message === undefined ? '' : `: ${message}`}`,
    );
  }

  /**
   * The array where this type belongs: the array itself when it is detached or there already, else a copy there.
   * @throws {ND4JWorkspaceException} when the array is attached and the type's workspace is not open.
   */
  leverageTo(type: T, array: NDArray): NDArray {
    requireArray(array, `leverage to ${type}`);
    if (!array.isAttached()) return array;
    const workspace = this.openWorkspace(type);
    return workspace === null ? array.detach() : array.leverageTo(workspace.getId(), true);
  }

  /**
   * Checks that an array is where its type belongs; a misplaced one is copied there or is an error.
   * @returns the array, or the copy.
   * @throws {ND4JWorkspaceException} when the array is elsewhere and `migrateIfInvalid` is false, or detached and `exceptionIfDetached`.
   */
  validateArrayLocation(type: T, array: NDArray, migrateIfInvalid: boolean, exceptionIfDetached: boolean): NDArray {
    this.validateConfiguration(type);
    requireArray(array, `validate the location of ${type}`);
    const owner = array.buffer.workspace?.getId();
    if (this.scopedOut.has(type)) {
      if (owner === undefined) return array;
      if (migrateIfInvalid) return array.detach();
      throw misplaced(`Array of type ${type} should be detached (no workspace) but is in workspace: ${owner}`);
    }
    const name = this.names.get(type) as string;
    if (owner === name || (owner === undefined && !exceptionIfDetached)) return array;
    if (owner === undefined) throw misplaced(`Array of type ${type} should be in workspace "${name}" but is detached`);
    if (migrateIfInvalid) return array.leverageTo(name, true);
    throw misplaced(`Array of type ${type} should be in workspace "${name}" but is in workspace "${owner}"`);
  }

  /** A zeroed array of this purpose. @throws {ND4JWorkspaceException} when its workspace is not open. */
  create(type: T, dataType: DataType, ...shape: number[]): NDArray;
  create(type: T, dataType: DataType, shape: readonly number[], order?: Order): NDArray;
  create(type: T, dataType: DataType, ...rest: (number | readonly number[] | Order | undefined)[]): NDArray {
    return this.allocate(type, dataTypeInfo(dataType), geometryOf(rest), true);
  }

  /** An array of this purpose whose elements are not set. @throws {ND4JWorkspaceException} when its workspace is not open. */
  createUninitialized(type: T, dataType: DataType, ...shape: number[]): NDArray;
  createUninitialized(type: T, dataType: DataType, shape: readonly number[], order?: Order): NDArray;
  createUninitialized(
    type: T,
    dataType: DataType,
    ...rest: (number | readonly number[] | Order | undefined)[]
  ): NDArray {
    return this.allocate(type, dataTypeInfo(dataType), geometryOf(rest), false);
  }

  /** A dense copy of this purpose. */
  dup(type: T, array: NDArray, order: Order = array.ordering()): NDArray {
    const copy = this.allocate(type, array.info, denseGeometry(array.geometry.shape, order), false);
    return copy.assign(array);
  }

  /**
   * The array as another type, where this purpose belongs. With the right type already: the array itself when it is detached or
   * in place (unless `dupIfCorrectType`), else a copy.
   */
  castTo(type: T, dataType: DataType, array: NDArray, dupIfCorrectType: boolean): NDArray {
    const info = dataTypeInfo(dataType);
    const owner = array.buffer.workspace;
    if (info === array.info && !dupIfCorrectType && (owner === null || owner.getId() === this.names.get(type))) {
      return array;
    }
    const copy = this.allocate(type, info, denseGeometry(array.geometry.shape, array.ordering()), false);
    return copy.assign(array);
  }

  /** @internal What `create` and `createUninitialized` do, for callers that have type and geometry at hand. */
  allocate(type: T, info: DataTypeInfo, geometry: Geometry, zeroed: boolean): NDArray {
    const workspace = this.openWorkspace(type);
    if (workspace?.isBorrowed) {
      throw new ND4JIllegalStateException(`Workspace [${workspace.getId()}]: Can't borrow from borrowed workspace`);
    }
    const array = new NDArray(DataBuffer.allocateIn(workspace, info, geometry.length, zeroed), 0, geometry);
    if (workspace === null) this.detachedArrays?.push(array);
    return array;
  }

  /** The type's open workspace; null when the type is scoped out. @throws {ND4JWorkspaceException} */
  protected openWorkspace(type: T): Nd4jWorkspace | null {
    if (this.scopedOut.has(type)) return null;
    this.validateConfiguration(type);
    const name = this.names.get(type) as string;
    const workspace = workspaceManager.findWorkspace(name);
    if (workspace?.isScopeActive()) return workspace;
    throw new ND4JWorkspaceException(`Workspace "${name}" for array type ${type} is not open`);
  }

  /** @throws {ND4JWorkspaceException} when the type is neither scoped out nor configured. */
  protected validateConfiguration(type: T): void {
    if (this.scopedOut.has(type)) return;
    if (!this.configurations.has(type)) {
      throw new ND4JWorkspaceException(`No workspace configuration has been provided for arrayType: ${type}`);
    }
    if (!this.names.has(type)) {
      throw new ND4JWorkspaceException(`No workspace name has been provided for arrayType: ${type}`);
    }
  }
}

function misplaced(detail: string): ND4JWorkspaceException {
  return new ND4JWorkspaceException(`Array workspace validation failed: ${detail}`);
}

function requireArray(array: NDArray | null | undefined, what: string): void {
  if (array === null || array === undefined) {
    throw new TypeError(`array is marked non-null but is null\nFound ${array}, needed is an array to ${what}`);
  }
}

function geometryOf(rest: readonly (number | readonly number[] | Order | undefined)[]): Geometry {
  const [first, order] = rest;
  const shape = (Array.isArray(first) ? first : rest) as readonly number[];
  checkShape(shape);
  return denseGeometry(shape, Array.isArray(first) ? ((order as Order | undefined) ?? 'c') : 'c');
}

function closeTogether(opened: MemoryWorkspace[]): WorkspacesCloseable {
  const close = (): void => {
    for (let workspace = opened.pop(); workspace !== undefined; workspace = opened.pop()) workspace.close();
  };
  return { close, [Symbol.dispose]: close };
}
