// The file of recorded runs: one line of JSON each. A line is added by replacing the whole file at once.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { RunRecord } from './record.ts';

export function readRuns(file: string): RunRecord[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [parsed(line, `${file}:${index + 1}`)]));
}

function parsed(line: string, place: string): RunRecord {
  try {
    return JSON.parse(line) as RunRecord;
  } catch (error) {
    throw new Error(`Cannot read the run at ${place}: ${(error as Error).message}`);
  }
}

export function addRun(file: string, run: RunRecord): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeWhole(file, `${before}${JSON.stringify(run)}\n`);
}

/** Writes beside the file and renames, so that nobody ever sees half of it. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.tmp-${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
