// What watches training, declared beside the loop that calls it; listeners implement it from above.

import type { INDArray } from '../../ndarray/ndarray.ts';

/** What a listener may ask of the network that trains. @see org.deeplearning4j.nn.api.Model */
export interface Model {
  /** Score of the last iteration: loss per example plus regularization. */
  score(): number;
  /** Examples of the last minibatch. */
  batchSize(): number;
  getIterationCount(): number;
  getEpochCount(): number;
  /** The flat parameter vector: the live view. */
  params(): INDArray;
}

/**
 * Callbacks of one training iteration, in this order: onForwardPass, onBackwardPass, onGradientCalculation, (update), iterationDone with
 * the counter before its increment (the first is 0). They run outside of the network's workspaces, but for onForwardPass.
 * @see org.deeplearning4j.optimize.api.TrainingListener
 */
export interface TrainingListener {
  iterationDone(model: Model, iteration: number, epoch: number): void;
  onEpochStart(model: Model): void;
  /** Sees the epoch counter before its increment. */
  onEpochEnd(model: Model): void;
  /** Activations of all layers, valid during the call only. */
  onForwardPass(model: Model, activations: readonly INDArray[]): void;
  onGradientCalculation(model: Model): void;
  onBackwardPass(model: Model): void;
}

/** A listener whose callbacks do nothing. @see org.deeplearning4j.optimize.api.BaseTrainingListener */
export abstract class BaseTrainingListener implements TrainingListener {
  iterationDone(_model: Model, _iteration: number, _epoch: number): void {}
  onEpochStart(_model: Model): void {}
  onEpochEnd(_model: Model): void {}
  onForwardPass(_model: Model, _activations: readonly INDArray[]): void {}
  onGradientCalculation(_model: Model): void {}
  onBackwardPass(_model: Model): void {}
}
