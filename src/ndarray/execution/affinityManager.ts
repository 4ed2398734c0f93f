// Which device holds an array: always the one there is.

import { describeValue } from '../../core/errors.ts';
import type { DataBuffer } from '../../memory/buffer.ts';
import { checkArgument } from '../../memory/validity.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { INDArray } from '../ndarray.ts';

/** Where the elements of an array are up to date. @see org.nd4j.linalg.api.concurrency.AffinityManager.Location */
export const Location = { HOST: 'HOST', DEVICE: 'DEVICE', EVERYWHERE: 'EVERYWHERE' } as const;
export type Location = keyof typeof Location;

const nothing = (): void => undefined;

/**
 * The devices of this realm: one, number 0, whose memory is the host's. What moves or marks arrays has therefore nothing to do.
 * @see org.nd4j.linalg.api.concurrency.AffinityManager
 */
export const affinityManager = {
  getNumberOfDevices: (): number => 1,
  getDeviceForCurrentThread: (): number => 0,
  getDeviceForThread: (_thread: number): number => 0,
  getDeviceForArray: (_array: INDArray | null): number => 0,
  getActiveLocation: (_array: INDArray): Location => Location.EVERYWHERE,
  /** Without effect: the elements are everywhere already. */
  ensureLocation: nothing as (array: INDArray, location: Location) => void,
  /** Without effect. */
  tagLocation: nothing as (array: INDArray | DataBuffer, location: Location) => void,
  /** Without effect. */
  touch: nothing as (array: INDArray | DataBuffer) => void,
  /** Without effect: there is one device. */
  unsafeSetDevice: nothing as (device: number) => void,
  isCrossDeviceAccessSupported: (): boolean => true,
  /** Without effect, as on ND4J's CPU backend: access is always possible. */
  allowCrossDeviceAccess: nothing as (allow: boolean) => void,

  /** A copy of the array in the current workspace; null for null. The device has no effect. @throws {TypeError} when it is no array. */
  replicateToDevice<A extends INDArray | null>(_device: number, array: A): A {
    if (array === null) return array;
    if (!(array instanceof ArrayHandle)) {
      throw new TypeError(`Cannot replicateToDevice ${describeValue(array)}: needed is an array`);
    }
    checkArgument('replicateToDevice', 'X', array);
    return array.dup(array.ordering()) as INDArray as A;
  },
} as const;
