// Nd4j's files: what is refused, what stays when a call fails, several arrays in one stream, paths, streams, text.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import {
  DataInputStream,
  DataOutputStream,
  DataType,
  type INDArray,
  NDArrayIndex,
  Nd4j,
  WorkspaceConfiguration,
} from '../../src/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'ndarena-files-'));
const at = (name: string): string => join(directory, name);
afterAll(() => rmSync(directory, { recursive: true }));

const text = (content: string): Uint8Array => strToU8(content);
const matrix = (): INDArray =>
  Nd4j.create([
    [1, -2, 3.5],
    [Number.NaN, Number.POSITIVE_INFINITY, -0],
  ]);

describe("ND4J's binary form", () => {
  test.each(Object.values(DataType))('%s keeps every element', (type) => {
    const array = Nd4j.create([
      [0, 1, 2],
      [3, 1, 5],
    ]).castTo(type);
    const read = Nd4j.fromByteArray(Nd4j.toByteArray(array));
    expect(read.dataType()).toBe(type);
    expect(read.equals(array)).toBe(true);
  });

  test('−0, NaN and infinities keep their bits', () => {
    const read = Nd4j.fromByteArray(Nd4j.toByteArray(matrix()));
    expect(Array.from(read.toTypedArray() as Float32Array)).toEqual([
      1,
      -2,
      3.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -0,
    ]);
  });

  test("'f' arrays keep their order, views come back in 'c' order", () => {
    const array = Nd4j.linspace(1, 12, 12).reshape(3, 4);
    expect(Nd4j.fromByteArray(Nd4j.toByteArray(array.dup('f'))).ordering()).toBe('f');
    const view = array.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 4));
    const read = Nd4j.fromByteArray(Nd4j.toByteArray(view));
    expect([read.ordering(), read.stride(), read.toArray()]).toEqual(['c', [2, 1], view.toArray()]);
  });

  test('several arrays stand one behind the other in a data stream', () => {
    const out = new DataOutputStream();
    Nd4j.write(matrix(), out);
    Nd4j.write(out, Nd4j.scalar(DataType.INT, 7));
    const input = new DataInputStream(out.toByteArray());
    expect(Nd4j.read(input).shape()).toEqual([2, 3]);
    expect(Nd4j.read(input).getInt(0)).toBe(7);
    expect(input.available()).toBe(0);
    expect(() => Nd4j.read(input)).toThrow(/Unexpected end of data: found 0 bytes/);
  });

  test('a writable stream gets one run of bytes', () => {
    const chunks: Uint8Array[] = [];
    Nd4j.write(matrix(), { write: (bytes: Uint8Array) => chunks.push(bytes) });
    expect(chunks).toEqual([Nd4j.toByteArray(matrix())]);
  });

  test('arrays are read into the current workspace', () => {
    const bytes = Nd4j.toByteArray(matrix());
    const configuration = WorkspaceConfiguration.builder().initialSize(1024).build();
    {
      using _scope = Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, 'FILES');
      expect(Nd4j.read(bytes).isAttached()).toBe(true);
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  });

  test('a file is read by path, by file URL and from its bytes', () => {
    Nd4j.saveBinary(matrix(), at('a.bin'));
    for (const source of [at('a.bin'), pathToFileURL(at('a.bin')), readFileSync(at('a.bin'))])
      expect(Nd4j.readBinary(source).shape()).toEqual([2, 3]);
    expect(Nd4j.read(at('a.bin')).shape()).toEqual([2, 3]);
  });

  test('every cut of a file is refused, and takes no memory', () => {
    const bytes = Nd4j.toByteArray(matrix());
    for (let length = 0; length < bytes.length; length++)
      expect(() => Nd4j.fromByteArray(bytes.subarray(0, length)), `${length} bytes`).toThrow(/Unexpected end of data/);
  });

  test('bytes behind the array are refused', () => {
    const bytes = new Uint8Array([...Nd4j.toByteArray(matrix()), 1, 2]);
    expect(() => Nd4j.fromByteArray(bytes)).toThrow(/Found 2 bytes behind the array/);
  });

  /** The bytes of a matrix [2, 3] with one of the numbers of its shape information replaced. */
  const withNumber = (index: number, value: number): Uint8Array => {
    const bytes = Nd4j.toByteArray(matrix());
    new DataView(bytes.buffer).setBigInt64(18 + 8 + 6 + 8 * index, BigInt(value));
    return bytes;
  };

  test.each([
    ['a rank that its numbers do not fit', 0, 3, /found 8 numbers for rank 3/],
    ['a negative size', 1, -2, /every size must be a whole number/],
    ['sizes beyond the elements', 1, 20, /reaches beyond the 6 elements/],
    ['a negative stride', 3, -3, /reaches beyond/],
    ['an absurd size', 2, 2 ** 40, /more than an address can reach/],
  ] as const)('%s is refused', (_what, index, value, message) => {
    expect(() => Nd4j.fromByteArray(withNumber(index, value))).toThrow(message);
  });

  test('an absurd number of elements is refused before memory is taken', () => {
    const bytes = Nd4j.toByteArray(matrix());
    new DataView(bytes.buffer).setBigInt64(32 + 64 + 18, 2n ** 52n);
    expect(() => Nd4j.fromByteArray(bytes)).toThrow(/needed are \d+ for 4503599627370496 elements of type FLOAT/);
  });

  test('other files are told from arrays', () => {
    expect(() => Nd4j.read(text('PK\u0003\u0004 a zip file that is long enough'))).toThrow(
      /Unexpected end of data|no array/,
    );
    expect(() => Nd4j.read(Uint8Array.of(0, 2, 65, 66, 0, 0, 0, 0))).toThrow(
      /no array that Nd4j.write made: found "AB"/,
    );
  });

  test('a leaked array is not written, and the file stays as it was', () => {
    Nd4j.saveBinary(matrix(), at('kept.bin'));
    const before = readFileSync(at('kept.bin'));
    const closed = matrix();
    closed.close();
    expect(() => Nd4j.saveBinary(closed, at('kept.bin'))).toThrow(/close/);
    expect(readFileSync(at('kept.bin'))).toEqual(before);
  });

  test('a file that cannot be written leaves nothing behind', () => {
    expect(() => Nd4j.saveBinary(matrix(), at('no/such/folder.bin'))).toThrow(/Cannot write ".*folder.bin": ENOENT/);
    expect(() => Nd4j.saveBinary(matrix(), directory)).toThrow(/Cannot write/);
    expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(existsSync(`${directory}.part`)).toBe(false);
  });

  test('a missing file is named', () => {
    expect(() => Nd4j.readBinary(at('none.bin'))).toThrow(/Cannot read ".*none.bin": ENOENT/);
  });

  test.each([[undefined], [null], [7], [{}]])('%j is no source and no target', (value) => {
    expect(() => Nd4j.read(value as never)).toThrow(TypeError);
    expect(() => Nd4j.saveBinary(matrix(), value as never)).toThrow(TypeError);
    expect(() => Nd4j.write(matrix(), value as never)).toThrow(TypeError);
    expect(() => Nd4j.toByteArray(value as never)).toThrow(/needed is an INDArray/);
    expect(() => Nd4j.toNpyByteArray(value as never)).toThrow(/needed is an INDArray/);
  });
});

describe("NumPy's files", () => {
  const header = (dictionary: string, version = 1): number[] => {
    const sized = version === 1 ? [dictionary.length, 0] : [dictionary.length, 0, 0, 0];
    return [0x93, ...text('NUMPY'), version, 0, ...sized, ...text(dictionary)];
  };

  test('every layout comes back as it was', () => {
    const array = Nd4j.linspace(1, 24, 24).reshape(2, 3, 4);
    const layouts = [
      array,
      array.dup('f'),
      array.permute(2, 0, 1),
      array.get(NDArrayIndex.all(), NDArrayIndex.point(1)),
    ];
    for (const layout of layouts) {
      const read = Nd4j.createNpyFromByteArray(Nd4j.toNpyByteArray(layout));
      expect(read.toArray()).toEqual(layout.toArray());
      expect(read.isView()).toBe(false);
    }
    expect(Nd4j.createNpyFromByteArray(Nd4j.toNpyByteArray(array.dup('f'))).ordering()).toBe('f');
  });

  test('a file is written whole and read by path', () => {
    Nd4j.writeAsNumpy(matrix(), at('m.npy'));
    expect(Nd4j.createFromNpyFile(at('m.npy')).shape()).toEqual([2, 3]);
    const out = new DataOutputStream();
    Nd4j.writeAsNumpy(matrix(), out);
    expect(Buffer.from(out.toByteArray())).toEqual(readFileSync(at('m.npy')));
  });

  test('big-endian elements, other versions and other orders of the keys are read', () => {
    const bytes = Uint8Array.from([
      ...header("{'shape': (2,), 'fortran_order': False, 'descr': '>i2'}\n", 2),
      1,
      2,
      0xff,
      0xfe,
    ]);
    expect(Nd4j.createNpyFromByteArray(bytes).toArray()).toEqual([258, -2]);
  });

  test.each([
    ['complex numbers', header("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }"), /NumPy's type '<c8'/],
    ['records', header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }"), /no plain 'descr'/],
    [
      'too few elements',
      header("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"),
      /announces 12 bytes of elements, found are 0/,
    ],
    ['a shape that is none', header("{'descr': '<f4', 'fortran_order': False, 'shape': (3, x), }"), /whole number/],
    ['a zip', [0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0], /first bytes are not those/],
    ['nothing', [], /Unexpected end of data/],
  ] as const)('%s: refused', (_what, bytes, message) => {
    expect(() => Nd4j.createNpyFromByteArray(Uint8Array.from(bytes))).toThrow(message);
  });

  test('BFLOAT16 is refused, with the way out', () => {
    expect(() => Nd4j.toNpyByteArray(matrix().castTo('BFLOAT16'))).toThrow(/BFLOAT16: castTo\(DataType.FLOAT\)/);
  });

  test.each([0, 6] as const)('.npz: all arrays by name, at compression level %i', (level) => {
    const members = { 'weights.npy': Nd4j.toNpyByteArray(matrix()), 'b.npy': Nd4j.toNpyByteArray(Nd4j.ones(3)) };
    const arrays = Nd4j.createFromNpzFile(zipSync(members, { level }));
    expect([...arrays.keys()]).toEqual(['weights', 'b']);
    expect(arrays.get('b')?.toArray()).toEqual([1, 1, 1]);
  });

  test('.npz: a broken member is named and the others are closed', () => {
    const members = { 'a.npy': Nd4j.toNpyByteArray(Nd4j.ones(300)), 'b.npy': text('no array at all') };
    expect(() => Nd4j.createFromNpzFile(zipSync(members, { level: 0 }))).toThrow(/"b.npy": Cannot read a NumPy array/);
    expect(() => Nd4j.createFromNpzFile(text('not a zip file'))).toThrow(/Cannot read a .npz file/);
  });
});

describe('numbers as text', () => {
  test.each([
    [
      '1,2.5\n-3e2, 4\n',
      [
        [1, 2.5],
        [-300, 4],
      ],
    ],
    ['1,2', [[1, 2]]],
    ['1\r\n2\r\n', [[1], [2]]],
    [
      '1,2,\n3,4,\n',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['1,NaN\n', [[1, Number.NaN]]],
  ])('%j is a matrix', (content, expected) => {
    expect(Nd4j.readNumpy(text(content), ',').toArray()).toEqual(expected);
  });

  test('one space separates unless said otherwise', () => {
    writeFileSync(at('m.txt'), '1 2\n3 4\n');
    expect(Nd4j.readNumpy(at('m.txt')).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(Nd4j.readNumpy(text('1  2\t3\n'), /\s+/).toArray()).toEqual([[1, 2, 3]]);
  });

  test('the type is the default or the one given', () => {
    expect(Nd4j.readNumpy(text('1\n')).dataType()).toBe('FLOAT');
    expect(Nd4j.readNumpy('DOUBLE', text('0.1\n')).getDouble(0)).toBe(0.1);
    expect(Nd4j.readNumpy(DataType.INT, text('1,2\n'), ',').dataType()).toBe('INT');
  });

  test('an empty file is an empty array', () => {
    expect(Nd4j.readNumpy(text('')).isEmpty()).toBe(true);
  });

  test.each([
    ['1,2\n3\n', /line 2 as numbers: it has 1 numbers, while line 1 has 2: "3"/],
    ['1,a\n', /line 1 as numbers: "a" is no number/],
    ['1,,2\n', /line 1 as numbers: "" is no number/],
    ['# x\n1,2\n', /"# x" is no number; separated by ","\?/],
    ['1,0x10\n', /"0x10" is no number/],
  ])('%j is refused', (content, message) => {
    expect(() => Nd4j.readNumpy(text(content), ',')).toThrow(message);
  });

  test('a separator must be a text or a regular expression', () => {
    expect(() => Nd4j.readNumpy(text('1'), 5 as never)).toThrow(/Invalid separator 5/);
  });
});
