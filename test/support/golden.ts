// Discovery of golden files: every .json or .json.gz of an area, from test/golden/dl4j or the directory in NDARENA_GOLDEN.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Where golden files are: an area each folder. */
export const goldenDirectory = process.env.NDARENA_GOLDEN ?? fileURLToPath(new URL('../golden/dl4j', import.meta.url));

export interface GoldenFile {
  /** File name without `.json` and `.gz`. */
  readonly name: string;
  /** The parsed file. Golden files are data of many kinds: each test states what it reads. */
  read(): unknown;
}

/** The golden JSON files of an area, sorted by name; none when the directory does not exist. */
export function goldenFiles(area: string): GoldenFile[] {
  const directory = join(goldenDirectory, area);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .sort()
    .map((file) => ({
      name: file.replace(/\.json(\.gz)?$/, ''),
      read: () => {
        const bytes = readFileSync(join(directory, file));
        return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
      },
    }));
}
