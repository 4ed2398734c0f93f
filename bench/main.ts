// npm run bench -- [suite …] [options]: see arguments.ts and README.md.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArguments, UsageError, usage } from './arguments.ts';
import { browserEngine } from './harness/browserEngine.ts';
import { nodeEngine } from './harness/engine.ts';
import { shortened } from './harness/serve.ts';
import type { Suite } from './harness/suite.ts';
import { SUITES } from './harness/suites.ts';
import { showProgress } from './progress.ts';
import { reportOf } from './report/html.ts';
import { addRun, readRuns, writeWhole } from './report/results.ts';
import { runAsText } from './report/table.ts';
import { runSuites } from './run.ts';

const RUNS = fileURLToPath(new URL('results/runs.jsonl', import.meta.url));
const REPORT = fileURLToPath(new URL('report.html', import.meta.url));
const names = SUITES.map(({ name }) => name);

const casesOf = (suite: Suite): number => ('script' in suite ? 1 : suite.cases.length);

/** The kernels, when a source of theirs is newer. */
function buildKernels(): void {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  execFileSync(process.execPath, ['scripts/buildWasm.mjs'], { cwd, stdio: ['ignore', 2, 2] });
}

async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(2), names);
  if (options.isHelp) {
    console.log(usage(names));
    return;
  }
  if (!options.isReportOnly) {
    const suites = SUITES.filter(({ name }) => options.suites.includes(name));
    buildKernels();
    const engine = options.isBrowser ? await browserEngine() : nodeEngine;
    const progress = showProgress(suites.reduce((sum, suite) => sum + casesOf(suite), 0));
    try {
      const run = await runSuites(suites, options, engine, progress.step);
      progress.stop();
      console.log(runAsText(run));
      addRun(RUNS, run);
    } finally {
      progress.stop();
      await engine.close();
    }
  }
  const runs = readRuns(RUNS);
  writeWhole(REPORT, reportOf(runs));
  console.log(`${runs.length} runs recorded in ${RUNS}\nreport: ${REPORT}`);
}

// Nothing is written before the end, so nothing is left half written; the subjects end when this process does.
process.once('SIGINT', () => process.exit(130));
main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error instanceof Error ? error.stack : shortened(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
