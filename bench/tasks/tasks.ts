// What can be timed: each task makes its operands, knows its result in float64 and counts its work. Subjects compute them, suites list them.

import { type BatchNormParameters, batchNorm } from './batchNorm.ts';
import { type ConvolutionParameters, convolution } from './convolution.ts';
import { type DispatchParameters, dispatch } from './dispatch.ts';
import {
  type BinaryParameters,
  binary,
  type SoftmaxParameters,
  softmax,
  type UnaryParameters,
  unary,
} from './elementwise.ts';
import type { Vector } from './inputs.ts';
import { type LstmParameters, lstm } from './lstm.ts';
import { type MatmulParameters, matmul } from './matmul.ts';
import { type MlpParameters, mlp } from './mlp.ts';
import { type PermuteParameters, permute } from './permute.ts';
import { type PoolingParameters, pooling } from './pooling.ts';
import { type ReduceParameters, reduce } from './reduce.ts';
import { type UpdaterParameters, updater } from './updater.ts';

export type Inputs = Readonly<Record<string, Vector>>;

/** The right result: element by element, so that a large one can be compared at spots. */
export interface Reference {
  readonly length: number;
  at(index: number): number;
  /** Operations that one element takes. */
  readonly cost: number;
  /** Largest error, absolute below 1 and relative above. */
  readonly tolerance: number;
}

/** What one call has to do at least. */
export interface Work {
  /** Multiplications and additions; 0 where counting them says nothing. */
  readonly flop: number;
  /** Bytes that must be read and written once. */
  readonly bytes: number;
  readonly type: 'float' | 'double';
  /** Elements that the time is divided by. */
  readonly elements?: number;
}

export interface Task<P> {
  inputs(parameters: P): Inputs;
  reference(parameters: P, inputs: Inputs): Reference;
  work(parameters: P): Work;
}

/** The parameters of every task. */
export interface Tasks {
  matmul: MatmulParameters;
  unary: UnaryParameters;
  softmax: SoftmaxParameters;
  binary: BinaryParameters;
  reduce: ReduceParameters;
  permute: PermuteParameters;
  convolution: ConvolutionParameters;
  pooling: PoolingParameters;
  batchNorm: BatchNormParameters;
  lstm: LstmParameters;
  updater: UpdaterParameters;
  dispatch: DispatchParameters;
  mlp: MlpParameters;
}

export type TaskName = keyof Tasks;

export const TASKS: { readonly [T in TaskName]: Task<Tasks[T]> } = {
  matmul,
  unary,
  softmax,
  binary,
  reduce,
  permute,
  convolution,
  pooling,
  batchNorm,
  lstm,
  updater,
  dispatch,
  mlp,
};
