// Where a run happened: commit, machine, versions.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus, loadavg, release, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from './report/record.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

export function describeCommit(): Pick<RunRecord, 'commit' | 'isDirty'> {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: here, encoding: 'utf8' }).trim();
  try {
    const changes = git('status', '--porcelain', '--', '../src', '../assembly');
    return { commit: git('rev-parse', '--short', 'HEAD'), isDirty: changes !== '' };
  } catch {
    return { commit: 'unknown', isDirty: true };
  }
}

export function describeMachine(): RunRecord['machine'] {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    system: `${type()} ${release()}`,
    load: Number(loadavg()[0]?.toFixed(2)),
  };
}

export function versionsOf(packages: readonly string[]): Record<string, string> {
  return Object.fromEntries(packages.map((name) => [name, versionOf(name)]));
}

function versionOf(name: string): string {
  const file = `${here}node_modules/${name}/package.json`;
  if (!existsSync(file)) return 'not installed';
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
