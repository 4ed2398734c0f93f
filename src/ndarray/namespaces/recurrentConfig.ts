// Configurations and weights of recurrent operations, as plain objects or by ND4J's builders.

import type { RecurrentFunction } from '../../ops/recurrentActivation.ts';
import type { INDArray } from '../ndarray.ts';
import { type ConfigBuilder, configBuilder } from './convolutionConfig.ts';

/**
 * Dimensions of the sequences of `lstmLayer`: TNS `[time, examples, size]`, NTS `[examples, time, size]`, NST `[examples, size, time]`,
 * T2NS as TNS, with outputs `[time, 2, examples, size]` (BIDIR_EXTRA_DIM only).
 * @see org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDataFormat
 */
export const LSTMDataFormat = { TNS: 'TNS', NTS: 'NTS', NST: 'NST', T2NS: 'T2NS' } as const;
export type LSTMDataFormat = keyof typeof LSTMDataFormat;

/**
 * From first to last step, from last to first, or both: outputs added, side by side, or in a dimension of their own.
 * @see org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDirectionMode
 */
export const LSTMDirectionMode = {
  FWD: 'FWD',
  BWD: 'BWD',
  BIDIR_SUM: 'BIDIR_SUM',
  BIDIR_CONCAT: 'BIDIR_CONCAT',
  BIDIR_EXTRA_DIM: 'BIDIR_EXTRA_DIM',
} as const;
export type LSTMDirectionMode = keyof typeof LSTMDirectionMode;

/** Activation functions of `lstmLayer`, spelled as in ND4J. @see org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMActivations */
export const LSTMActivations = {
  TANH: 'TANH',
  RELU: 'RELU',
  SIGMOID: 'SIGMOID',
  AFFINE: 'AFFINE',
  LEAKY_RELU: 'LEAKY_RELU',
  THRESHHOLD_RELU: 'THRESHHOLD_RELU',
  SCALED_TAHN: 'SCALED_TAHN',
  HARD_SIGMOID: 'HARD_SIGMOID',
  ELU: 'ELU',
  SOFTSIGN: 'SOFTSIGN',
  SOFTPLUS: 'SOFTPLUS',
} as const satisfies Record<RecurrentFunction, RecurrentFunction>;
export type LSTMActivations = keyof typeof LSTMActivations;

/** Options of `lstmLayer`. @see org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMLayerConfig */
export interface LSTMLayerConfig {
  /** Default TNS. */
  readonly lstmdataformat?: LSTMDataFormat;
  /** Default FWD. */
  readonly directionMode?: LSTMDirectionMode;
  /** Activation of input, forget and output gate. Default SIGMOID. */
  readonly gateAct?: LSTMActivations;
  /** Activation of the candidate. Default TANH. */
  readonly cellAct?: LSTMActivations;
  /** Activation of the state on its way to the output. Default TANH. */
  readonly outAct?: LSTMActivations;
  /** Whether the outputs of all steps are a result. Default true. */
  readonly retFullSequence?: boolean;
  /** Whether the last output is a result. Default false. */
  readonly retLastH?: boolean;
  /** Whether the last state is a result. Default false. */
  readonly retLastC?: boolean;
  /** States are kept within ±cellClip; 0: any. Default 0. */
  readonly cellClip?: number;
  /**
   * Parameters of AFFINE (alpha · x + beta; default 1, 0), SCALED_TAHN (alpha · tanh(beta · x); 1, 1), LEAKY_RELU (0.01), THRESHHOLD_RELU (1) and
   * ELU (1). libnd4j knows them, ND4J's class does not.
   */
  readonly gateAlpha?: number;
  readonly gateBeta?: number;
  readonly cellAlpha?: number;
  readonly cellBeta?: number;
  readonly outAlpha?: number;
  readonly outBeta?: number;
}

/** `LSTMLayerConfig.builder().directionMode('BWD').retLastH(true).build()` @see org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMLayerConfig */
export const LSTMLayerConfig = {
  builder: (): ConfigBuilder<LSTMLayerConfig> =>
    configBuilder([
      'lstmdataformat',
      'directionMode',
      'gateAct',
      'cellAct',
      'outAct',
      'retFullSequence',
      'retLastH',
      'retLastC',
      'cellClip',
      'gateAlpha',
      'gateBeta',
      'cellAlpha',
      'cellBeta',
      'outAlpha',
      'outBeta',
    ]),
} as const;

/** Options of `lstmCell` and `lstmblock`. @see org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMConfiguration */
export interface LSTMConfiguration {
  /** Whether the gates see the states. Default false. */
  readonly peepHole?: boolean;
  /** Dimensions of the sequence of `lstmblock`. Default TNS. */
  readonly dataFormat?: 'TNS' | 'NST' | 'NTS';
  /** Added to the forget gate. Default 0. */
  readonly forgetBias?: number;
  /** States are kept within ±clippingCellValue; 0: any. Default 0. */
  readonly clippingCellValue?: number;
}

/** @see org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMConfiguration */
export const LSTMConfiguration = {
  builder: (): ConfigBuilder<LSTMConfiguration> =>
    configBuilder(['peepHole', 'dataFormat', 'forgetBias', 'clippingCellValue']),
} as const;

/**
 * Weights of `lstmLayer`, gates in the order input, forget, candidate, output; ND4J's names of the arrays (`iWeights` …) are understood too.
 * For both directions each has a leading dimension of size 2.
 * @see org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMLayerWeights
 */
export interface LSTMLayerWeights {
  /** [nIn, 4·nOut]. */
  readonly weights?: INDArray;
  readonly iWeights?: INDArray;
  /** [nOut, 4·nOut]. */
  readonly rWeights?: INDArray;
  readonly irWeights?: INDArray;
  /** [3·nOut]: input, forget and output gate. */
  readonly peepholeWeights?: INDArray;
  readonly iPeepholeWeights?: INDArray;
  /** [4·nOut]. */
  readonly bias?: INDArray;
  readonly iBias?: INDArray;
}

/** @see org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMLayerWeights */
export const LSTMLayerWeights = {
  builder: (): ConfigBuilder<LSTMLayerWeights> =>
    configBuilder([
      'weights',
      'iWeights',
      'rWeights',
      'irWeights',
      'peepholeWeights',
      'iPeepholeWeights',
      'bias',
      'iBias',
    ]),
} as const;

/**
 * Weights of `lstmCell` and `lstmblock`, gates in the order input, candidate, forget, output.
 * @see org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMWeights
 */
export interface LSTMWeights {
  /** [nIn + nOut, 4·nOut]: rows of the input, then of the output before. */
  readonly weights?: INDArray;
  readonly iWeights?: INDArray;
  /** [nOut]; needed with `peepHole`. */
  readonly inputPeepholeWeights?: INDArray;
  readonly iInputPeepholeWeights?: INDArray;
  readonly forgetPeepholeWeights?: INDArray;
  readonly iForgetPeepholeWeights?: INDArray;
  readonly outputPeepholeWeights?: INDArray;
  readonly iOutputPeepholeWeights?: INDArray;
  /** [4·nOut]. */
  readonly bias?: INDArray;
  readonly iBias?: INDArray;
}

/** @see org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMWeights */
export const LSTMWeights = {
  builder: (): ConfigBuilder<LSTMWeights> =>
    configBuilder([
      'weights',
      'iWeights',
      'inputPeepholeWeights',
      'iInputPeepholeWeights',
      'forgetPeepholeWeights',
      'iForgetPeepholeWeights',
      'outputPeepholeWeights',
      'iOutputPeepholeWeights',
      'bias',
      'iBias',
    ]),
} as const;

/** Weights of `gruCell`. @see org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.GRUWeights */
export interface GRUWeights {
  /** [nIn + nOut, 2·nOut] of reset and update gate. */
  readonly ruWeight?: INDArray;
  readonly iRuWeights?: INDArray;
  /** [nIn + nOut, nOut] of the candidate. */
  readonly cWeight?: INDArray;
  readonly iCWeight?: INDArray;
  /** [2·nOut]; 0 without it. */
  readonly ruBias?: INDArray;
  readonly iRUBias?: INDArray;
  /** [nOut]; 0 without it. */
  readonly cBias?: INDArray;
  readonly iCBias?: INDArray;
}

/** @see org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.GRUWeights */
export const GRUWeights = {
  builder: (): ConfigBuilder<GRUWeights> =>
    configBuilder(['ruWeight', 'iRuWeights', 'cWeight', 'iCWeight', 'ruBias', 'iRUBias', 'cBias', 'iCBias']),
} as const;

/** Weights of `sru` and `sruCell`. @see org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.SRUWeights */
export interface SRUWeights {
  /** `sru`: [3·n, n]; `sruCell`: [n, 3·n]. Blocks: candidate, forget gate, reset gate. */
  readonly weights?: INDArray;
  readonly iWeights?: INDArray;
  /** [2·n] of forget and reset gate; 0 without it. */
  readonly bias?: INDArray;
  readonly iBias?: INDArray;
}

/** @see org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.SRUWeights */
export const SRUWeights = {
  builder: (): ConfigBuilder<SRUWeights> => configBuilder(['weights', 'iWeights', 'bias', 'iBias']),
} as const;
