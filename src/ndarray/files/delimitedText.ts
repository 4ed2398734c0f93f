// Numbers in lines of text, what NumPy's savetxt writes.

import type { DataTypeInfo } from '../../core/dataType.ts';
import { ND4JIllegalStateException } from '../../core/errors.ts';
import { EMPTY_SCALAR } from '../../core/geometry.ts';
import { DataBuffer } from '../../memory/buffer.ts';
import { arrayOf } from '../arrayData.ts';
import { type INDArray, NDArray } from '../ndarray.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+|Infinity)(e[+-]?\d+)?$|^NaN$/i;

/**
 * A matrix [lines, numbers per line] of text. Separators at the end of a line count for nothing.
 * @throws {ND4JIllegalStateException} naming the line that holds no number, or more or fewer than the first.
 */
export function parseDelimited(text: string, separator: string | RegExp, info: DataTypeInfo): INDArray {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const rows = lines.map((line, index) => numbersOf(line, separator, index + 1));
  const columns = rows[0]?.length ?? 0;
  for (const [index, row] of rows.entries()) {
    if (row.length !== columns)
      throw broken(index + 1, `it has ${row.length} numbers, while line 1 has ${columns}: ${quoted(lines[index])}`);
  }
  if (rows.length === 0) return new NDArray(DataBuffer.allocate(info, 0, false), 0, EMPTY_SCALAR);
  return arrayOf(rows.flat(), [rows.length, columns], 'c', info);
}

function numbersOf(line: string, separator: string | RegExp, lineNumber: number): number[] {
  const words = line.split(separator);
  while (words.length > 1 && words.at(-1) === '') words.pop();
  return words.map((word) => {
    const trimmed = word.trim();
    if (NUMBER.test(trimmed)) return Number(trimmed);
    const hint = trimmed.length > 0 && words.length === 1 ? `; separated by ${JSON.stringify(String(separator))}?` : '';
    throw broken(lineNumber, `${quoted(trimmed)} is no number${hint}`);
  });
}

function quoted(text: string | undefined): string {
  const all = text ?? '';
  return JSON.stringify(all.length > 40 ? `${all.slice(0, 40)}…` : all);
}

function broken(line: number, found: string): Error {
  return new ND4JIllegalStateException(`Cannot read line ${line} as numbers: ${found}`);
}
