// Copies, and which memory an array lives in: dup, assign, castTo, detach, leverage, migrate, close.

import { BOOL, type DataType, dataTypeInfo } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException, Nd4jNoSuchWorkspaceException } from '../core/errors.ts';
import { denseLike, type Geometry, type Order, sameShape } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import { scope } from '../memory/currentWorkspace.ts';
import { assertValidArray, checkArgument } from '../memory/validity.ts';
import type { Nd4jWorkspace } from '../memory/workspace.ts';
import { workspaceManager } from '../memory/workspaceManager.ts';
import { copy, fill } from '../ops/layout.ts';
import { orderArgument, scalarArgument } from './arguments.ts';
import { ArrayHandle } from './arrayHandle.ts';
import type { INDArray } from './ndarray.ts';

export abstract class ArrayMemory extends ArrayHandle {
  /** True when the elements belong to a workspace. */
  isAttached(): boolean {
    return this.buffer.workspace !== null;
  }

  /** Detached, or the workspace is open. Whether it is open for the same cycle is what every operation checks. */
  isInScope(): boolean {
    const { workspace } = this.buffer;
    return workspace === null || workspace.isOpen;
  }

  /** The buffer with the elements of this array and of all its views. */
  data(): DataBuffer {
    return this.buffer;
  }

  /**
   * A dense copy in the current workspace, or on the heap when none is open.
   * `order` is the copy's order, 'c' unless given.
   * @throws {ND4JWorkspaceException} when this array's memory is no longer its own.
   * @throws {ND4JIllegalStateException} when the current workspace is closed (made current by hand), for the copy would be leaked.
   */
  dup(order: Order = 'c'): INDArray {
    assertValidArray(this, 'Cannot duplicate INDArray');
    const result = this.copyTo(scope.current, denseLike(this.geometry, orderArgument(order)));
    checkArgument('dup', 'Z', result);
    return result;
  }

  /** A copy in the current workspace, or on the heap, with the same layout. @throws {ND4JWorkspaceException} */
  unsafeDuplication(): INDArray {
    assertValidArray(this, 'Cannot duplicate array');
    return this.copyTo(scope.current);
  }

  /**
   * An independent copy outside all workspaces; this very array when it is detached already.
   * @throws {ND4JWorkspaceException} when this array's memory is no longer its own.
   */
  detach(): INDArray {
    assertValidArray(this, 'Cannot detach INDArray');
    return this.buffer.workspace === null ? this.self() : this.copyTo(null);
  }

  /**
   * A copy in the workspace around the current one, detached when there is none; this very array when it is detached or there already.
   * @throws {ND4JWorkspaceException}
   */
  leverage(): INDArray {
    assertValidArray(this, 'Cannot leverage INDArray to new workspace');
    const { workspace } = this.buffer;
    const target = scope.current?.previousWorkspace ?? null;
    return workspace === null || workspace === target ? this.self() : this.copyTo(target);
  }

  /**
   * A copy in the workspace of that id, which need not be current; this very array when it is detached, is there already, or no such
   * workspace exists (with `enforceExistence` that is an error).
   * @throws {ND4JWorkspaceException | Nd4jNoSuchWorkspaceException}
   */
  leverageTo(id: string, enforceExistence = false): INDArray {
    if (this.buffer.workspace === null) return this.detach();
    assertValidArray(this, 'Cannot leverage INDArray to new workspace');
    const target = workspaceManager.findWorkspace(id);
    if (target === undefined && enforceExistence) throw new Nd4jNoSuchWorkspaceException(id);
    return target === undefined || target === this.buffer.workspace ? this.self() : this.copyTo(target);
  }

  /** leverageTo when the workspace exists and is open, else detach. @throws {ND4JWorkspaceException} */
  leverageOrDetach(id: string): INDArray {
    return workspaceManager.findWorkspace(id)?.isOpen ? this.leverageTo(id) : this.detach();
  }

  /**
   * A copy in the current workspace, always. Without one: this very array, or detached if `detachOnNoWorkspace`.
   * @throws {ND4JWorkspaceException}
   */
  migrate(detachOnNoWorkspace = false): INDArray {
    assertValidArray(this, 'Cannot leverage INDArray to new workspace');
    if (scope.current !== null) return this.copyTo(scope.current);
    return detachOnNoWorkspace ? this.detach() : this.self();
  }

  /**
   * Writes a number into every element, or the elements of an array with as many elements, read in 'c' order, or its only element.
   * @throws {ND4JIllegalStateException} for other arrays (1.0.0-M2.1 writes as many elements as there are), and for BOOL and a number other than 0 and 1.
   */
  assign(value: INDArray | number | bigint | boolean): INDArray {
    checkArgument('set', 'X', this);
    if (value instanceof ArrayHandle) {
      checkArgument('set', 'Y', value);
      const { shape } = this.geometry;
      checkAssignable(this, value);
      copy(this, value.length() > 1 && !sameShape(value.geometry.shape, shape) ? value.reshape(shape) : value);
      return this.self();
    }
    const number = scalarArgument(value, 'value of assign');
    if (this.info === BOOL && Number(number) !== 0 && Number(number) !== 1) {
      throw new ND4JIllegalStateException(
        `Only values 0 or 1 are allowed for scalar assign on boolean arrays: got value ${number} on to assign to boolean array with shape ${formatShape(this.geometry.shape)}`,
      );
    }
    fill(this, typeof number === 'bigint' ? number : Number(number));
    return this.self();
  }

  /** The same elements as another type: this very array when it has the type already, else a dense copy in the current workspace. */
  castTo(type: DataType): INDArray {
    const info = dataTypeInfo(type);
    if (info === this.info) return this.self();
    checkArgument('cast', 'X', this);
    const result = this.allocate(info, denseLike(this.geometry));
    copy(result, this);
    return result;
  }

  /** Whether close() may be called: detached, not a view, not closed yet. */
  closeable(): boolean {
    const { buffer } = this;
    if (buffer.released || buffer.workspace !== null) return false;
    return this.isEmpty() || !this.isView();
  }

  /**
   * Frees the memory of a detached array at once; its views become unusable. Idempotent.
   * @throws {ND4JIllegalStateException} for an attached array or a view.
   */
  close(): void {
    if (this.buffer.released || this.isEmpty()) return;
    if (!this.closeable()) {
      const { workspace } = this.buffer;
      const why =
        workspace === null
          ? 'it is a view: close the array it is a view of'
          : `it belongs to workspace [${workspace.getId()}], which reuses its memory by itself`;
      throw new ND4JIllegalStateException(
        `Can't release this INDArray\nArray of shape ${formatShape(this.geometry.shape)}: ${why}.`,
      );
    }
    this.buffer.close();
  }

  /** Closes the array if that is possible, so that `using` serves attached arrays and views too. */
  [Symbol.dispose](): void {
    if (this.closeable()) this.close();
  }

  wasClosed(): boolean {
    return this.buffer.released;
  }

  /** @internal */
  protected self(): INDArray {
    return this as unknown as INDArray;
  }

  /** A copy in a workspace or on the heap: of the given geometry, or else with the same layout (dense for views). */
  private copyTo(workspace: Nd4jWorkspace | null, geometry?: Geometry): INDArray {
    const layout = geometry ?? (this.isView() ? denseLike(this.geometry) : this.geometry);
    const result = this.make(DataBuffer.allocateIn(workspace, this.info, layout.length, false), 0, layout);
    copy(result, this);
    return result;
  }
}

function checkAssignable(target: ArrayHandle, source: ArrayHandle): void {
  const found = source.length();
  if (found === target.length() || found === 1) return;
  throw new ND4JIllegalStateException(
    `Cannot assign an array of shape ${formatShape(source.geometry.shape)} to one of shape ${formatShape(target.geometry.shape)}: needed are ${target.length()} elements or one, found ${found}`,
  );
}
