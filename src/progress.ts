// The sub-path ndarena/progress: what draws on a terminal, apart so that the core needs no terminal library.

export { ProgressBarListener, type ProgressBarOptions } from './listeners/progressBarListener.ts';
