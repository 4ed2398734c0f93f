// Progress of a run: a bar on a terminal, plain lines elsewhere.

import cliProgress from 'cli-progress';

export interface ProgressDisplay {
  step(suite: string, name: string): void;
  stop(): void;
}

export function showProgress(total: number, output: NodeJS.WriteStream = process.stderr): ProgressDisplay {
  return output.isTTY ? bar(total, output) : lines(total, output);
}

function bar(total: number, stream: NodeJS.WriteStream): ProgressDisplay {
  const format = '{bar} {value}/{total} {duration_formatted} {suite}: {name}';
  const single = new cliProgress.SingleBar({ format, stream, hideCursor: true, clearOnComplete: true, barsize: 24 });
  single.start(total, 0, { suite: '', name: '' });
  let done = 0;
  return {
    step: (suite, name) => single.update(done++, { suite, name }),
    stop: () => single.stop(),
  };
}

function lines(total: number, stream: NodeJS.WriteStream): ProgressDisplay {
  let done = 0;
  return {
    step: (suite, name) => void stream.write(`[${++done}/${total}] ${suite}: ${name}\n`),
    stop: () => {},
  };
}
