// Files that ND4J wrote: this package reads each of them, and writes the same bytes.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DataType, type INDArray, Nd4j } from '../../src/index.ts';
import { goldenDirectory, goldenFiles } from '../support/golden.ts';
import { arrayOf, type GoldenArray } from '../support/goldenArray.ts';
import { differenceOf } from './differences.ts';

interface Entry {
  readonly format?: string;
  readonly kind?: string;
  readonly dataType?: DataType | 'UTF8';
  readonly shape?: number[];
  readonly ordering?: 'c' | 'f';
  readonly isView?: boolean;
  readonly expected?: GoldenArray;
  readonly decompressed?: GoldenArray;
  readonly readBack?: { readonly stride: number[]; readonly ordering: string; readonly identical?: boolean };
}

const BINARY = /^Nd4j\.(write|saveBinary|write of a compressed array)$/;
const NUMPY = 'Nd4j.writeAsNumpy';

/** The elements as they lie in 'c' order, byte by byte. */
function bitsOf(array: INDArray): string {
  const dense = array.dup('c');
  const { buffer, byteOffset, byteLength } = dense.data().window();
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function expectArray(actual: INDArray, expected: GoldenArray, { readBack }: Entry): void {
  expect(actual.dataType()).toBe(expected.type);
  expect(actual.shape()).toEqual(expected.shape);
  expect(bitsOf(actual)).toBe(expected.data);
  if (readBack?.identical !== true) return;
  expect(actual.ordering()).toBe(readBack.ordering);
  if (actual.length() > 0) expect(actual.stride()).toEqual(readBack.stride);
}

/** The array that was written: views were written in 'c' order. */
function original({ expected, ordering, isView }: Entry): INDArray {
  const array = arrayOf(expected as GoldenArray);
  const filled = expected?.data === '' && expected.shape.length === 0 ? Nd4j.empty(expected.type) : array;
  return ordering === 'f' && isView !== true ? filled.dup('f') : filled;
}

function binaryTests(name: string, bytes: Buffer, entry: Entry): void {
  const expected = (entry.decompressed ?? entry.expected) as GoldenArray;
  if (entry.dataType === 'UTF8') {
    test(`${name}: contents of texts, which ND4J does not write, are refused`, () => {
      expect(() => Nd4j.read(bytes)).toThrow(/type UTF8/);
    });
    return;
  }
  test(`${name} is read`, () => {
    expectArray(Nd4j.read(bytes), expected, entry);
  });
  if (entry.kind !== undefined || entry.decompressed !== undefined) return;
  test(`${name} is written byte for byte`, () => {
    expect(Buffer.from(Nd4j.toByteArray(original(entry))).toString('hex')).toBe(bytes.toString('hex'));
  });
}

function numpyTests(name: string, bytes: Buffer, entry: Entry): void {
  const difference = differenceOf('files', name);
  if (difference === undefined) {
    test(`${name} is read`, () => {
      expectArray(Nd4j.createNpyFromByteArray(bytes), entry.expected as GoldenArray, entry);
    });
    test(`${name} is written byte for byte`, () => {
      expect(Buffer.from(Nd4j.toNpyByteArray(original(entry))).toString('hex')).toBe(bytes.toString('hex'));
    });
  } else if (entry.dataType === 'BFLOAT16' || entry.dataType === 'UTF8') {
    test(`${name} is refused: ${difference}`, () => {
      expect(() => Nd4j.createNpyFromByteArray(bytes)).toThrow(/Cannot read/);
    });
  } else {
    test(`${name} is written right: ${difference}`, () => {
      const written = Nd4j.toNpyByteArray(original(entry));
      const { readBack: _, ...layoutFree } = entry;
      expectArray(Nd4j.createNpyFromByteArray(written), entry.expected as GoldenArray, layoutFree);
    });
  }
}

const directory = join(goldenDirectory, 'files');
const folders = [
  'arrays',
  ...['0.9.1', '1.0.0-alpha', '1.0.0-beta3', '1.0.0-beta7', '1.0.0-M1.1'].map((era) => `eras/${era}`),
];
for (const folder of folders) {
  for (const index of goldenFiles(`files/${folder}`).filter(({ name }) => name === 'index')) {
    describe(folder, () => {
      const missing = new Set<string>();
      for (const [name, entry] of Object.entries(index.read() as Record<string, Entry>)) {
        const kind = entry.format ?? entry.kind ?? '';
        const path = join(directory, folder, name);
        if (!BINARY.test(kind) && kind !== NUMPY) missing.add(kind);
        else if (existsSync(path)) (kind === NUMPY ? numpyTests : binaryTests)(name, readFileSync(path), entry);
      }
      for (const kind of [...missing].filter((each) => each !== '')) test.skip(`${kind}: not there yet`, () => {});
    });
  }
}
