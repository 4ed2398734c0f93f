// Combinations of activation and loss that are almost surely mistakes.

import { DL4JInvalidConfigException } from '../../core/errors.ts';
import {
  ActivationIdentity,
  ActivationSigmoid,
  ActivationSoftmax,
  type IActivation,
} from '../../learning/activations.ts';
import { ILossFunction, LossBinaryXENT, LossMCXENT } from '../../learning/losses.ts';
import { BaseOutputLayer, FeedForwardLayer, type LayerConf } from './layerConf.ts';

const ADVICE =
  'This configuration validation check can be disabled for MultiLayerConfiguration and ComputationGraphConfiguration using validateOutputLayerConfig(false), however this is not recommended.';

/** The loss function of an output layer; null for any other layer. */
export function lossFunctionOf(layer: LayerConf): ILossFunction | null {
  if (!('lossFunction' in layer)) return null;
  return layer.lossFunction instanceof ILossFunction ? layer.lossFunction : null;
}

/** @throws {DL4JInvalidConfigException} when activation and loss of an output layer do not go together. @see org.deeplearning4j.util.OutputLayerUtil */
export function validateOutputLayer(layer: LayerConf): void {
  const loss = lossFunctionOf(layer);
  if (loss === null || !('activation' in layer)) return;
  const problem = problemOf(layer, loss, layer.activation as IActivation);
  if (problem === undefined) return;
  throw new DL4JInvalidConfigException(
    `Invalid output layer configuration for layer "${layer.name}": ${problem}\n${ADVICE}`,
  );
}

function problemOf(layer: LayerConf, loss: ILossFunction, activation: IActivation): string | undefined {
  const hasParameters = layer instanceof BaseOutputLayer;
  const isSoftmax = activation instanceof ActivationSoftmax;
  if (isSoftmax && hasParameters && layer instanceof FeedForwardLayer && layer.nOut === 1) {
    return 'Softmax + nOut=1 networks are not supported. Softmax cannot be used with nOut=1 as the output will always be exactly 1.0 regardless of the input.';
  }
  if (loss.needsProbabilities && !activation.isProbability && leavesUnitInterval(activation, hasParameters)) {
    return `loss function ${loss} expects activations to be in the range 0 to 1 (probabilities) but activation function ${activation} does not bound values to this 0 to 1 range. This indicates a likely invalid network configuration.`;
  }
  if (isSoftmax && loss instanceof LossBinaryXENT) {
    return 'softmax activation function in combination with LossBinaryXENT (binary cross entropy loss function). For multi-class classification, use softmax + MCXENT (multi-class cross entropy); for binary multi-label classification, use sigmoid + XENT.';
  }
  if (activation instanceof ActivationSigmoid && loss instanceof LossMCXENT) {
    return `sigmoid activation function in combination with ${loss} (multi-class cross entropy loss function). For multi-class classification, use softmax + MCXENT (multi-class cross entropy); for binary multi-label classification, use sigmoid + XENT.`;
  }
  return undefined;
}

/** As in M2.1, GELU, Mish and rectified tanh pass; identity passes where the layer before may have done the bounding. */
export function leavesUnitInterval(activation: IActivation, hasParameters: boolean): boolean {
  if (activation instanceof ActivationIdentity) return hasParameters;
  return !['ActivationGELU', 'ActivationMish', 'ActivationRectifiedTanh'].includes(activation.simpleName);
}
