// Where subjects run: Node processes here, pages in browserEngine.ts.

import { startNodeProcess } from './nodeProcess.ts';
import type { Launch } from './rounds.ts';

export interface Engine {
  /** `Node v20.20.2`. */
  readonly name: string;
  readonly launch: Launch;
  /** Where a page finds the peers' files. */
  readonly files?: string;
  close(): Promise<void>;
}

export const nodeEngine: Engine = {
  name: `Node ${process.version}`,
  launch: startNodeProcess,
  close: async () => {},
};
