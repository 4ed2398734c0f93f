import type { Plugin } from 'esbuild';

export interface OutputFile {
  readonly path: string;
  readonly contents: string | Uint8Array;
}
export function bundle(entryPoints: string[], plugins?: Plugin[]): Promise<OutputFile[]>;
