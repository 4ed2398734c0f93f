// The command line.

import { parseArgs } from 'node:util';

export interface Arguments {
  /** Names of suites, in the order of the list of suites; all of them when none was given. */
  readonly suites: readonly string[];
  readonly isQuick: boolean;
  readonly isRelaxed: boolean;
  readonly isBrowser: boolean;
  readonly isReportOnly: boolean;
  readonly isOursOnly: boolean;
  readonly isHelp: boolean;
}

/** A wrong command line; the message says what is right. */
export class UsageError extends Error {}

export const usage = (suites: readonly string[]): string => `npm run bench -- [suite …] [options]

Suites:  ${suites.join(' ')} (all unless named)
Options:
  --quick     fewer and shorter rounds
  --relaxed   ours once more on relaxed SIMD, where the engine offers it
  --browser   in headless Chromium instead of Node
  --ours      without the peers
  --report    only rebuild report.html from the recorded runs
  --help      this text`;

const OPTIONS = {
  quick: { type: 'boolean' },
  relaxed: { type: 'boolean' },
  browser: { type: 'boolean' },
  ours: { type: 'boolean' },
  report: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @throws {UsageError} for an unknown option or suite */
export function parseArguments(args: readonly string[], known: readonly string[]): Arguments {
  const { values, positionals } = parsed(args);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(
      `Unknown suite ${unknown.map((name) => `"${name}"`).join(', ')}: choose from ${known.join(', ')}`,
    );
  }
  if (values.report && positionals.length > 0) {
    throw new UsageError('--report rebuilds the whole report from the recorded runs: it takes no suites');
  }
  return {
    suites: positionals.length === 0 ? known : known.filter((name) => positionals.includes(name)),
    isQuick: values.quick ?? false,
    isRelaxed: values.relaxed ?? false,
    isBrowser: values.browser ?? false,
    isReportOnly: values.report ?? false,
    isOursOnly: values.ours ?? false,
    isHelp: values.help ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; --help lists the options`);
  }
}
