// Evaluation of a network over an iterator: outputs in one workspace, read at once.

import { DL4JInvalidConfigException, describeValue } from '../../core/errors.ts';
import type { DataSet } from '../../data/dataSet.ts';
import type { DataSetIterator } from '../../data/iterator.ts';
import { Evaluation } from '../../evaluation/evaluation.ts';
import type { IActivation } from '../../learning/activations.ts';
import type { MemoryWorkspace } from '../../memory/memoryWorkspace.ts';
import { workspaceManager } from '../../memory/workspaceManager.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { BaseOutputLayer, type LayerConf } from '../conf/layerConf.ts';
import { leavesUnitInterval } from '../conf/outputLayerValidation.ts';
import { openOutput } from './networkMemory.ts';
import { assertNoScopes, forEachBatch, HostTurns, requireIterator, rewound } from './trainingLoop.ts';

/** What counts predictions against labels. @see org.nd4j.evaluation.IEvaluation */
export interface IEvaluation {
  /** Labels and predictions of one minibatch, valid during the call; what is kept must be copied. */
  eval(labels: INDArray, predictions: INDArray, mask?: INDArray | null): void;
}

/** What evaluation reads of a configuration. */
export interface EvaluatedConf {
  readonly layers: readonly LayerConf[];
  readonly validateOutputLayerConfig: boolean;
}

/** An empty Evaluation, for outputs that are probabilities. @throws {DL4JInvalidConfigException} for outputs that can leave 0 to 1 */
export function evaluationFor(conf: EvaluatedConf, labels: readonly string[] | null, topN: number): Evaluation {
  const last = conf.layers.at(-1);
  if (conf.validateOutputLayerConfig && last !== undefined && 'activation' in last) {
    const activation = last.activation as IActivation;
    if (!activation.isProbability && leavesUnitInterval(activation, last instanceof BaseOutputLayer)) {
      throw new DL4JInvalidConfigException(
        `Classifier evaluation using Evaluation class cannot be applied to output layers with activation functions that are not probabilities (in range 0 to 1). Output layer type: ${last.simpleName} has activation function "${activation}". This check can be disabled using validateOutputLayerConfig(false)`,
      );
    }
  }
  return new Evaluation({ topN, ...(labels === null ? {} : { labels: [...labels] }) });
}

/**
 * Feeds every minibatch to the evaluations, outside of all workspaces.
 * @param usesWorkspace make outputs in WS_OUTPUT_MEM; otherwise each is freed as soon as it is read
 */
export async function evaluateAll(
  iterator: DataSetIterator,
  evaluations: readonly IEvaluation[],
  usesWorkspace: boolean,
  outputOf: (batch: DataSet, target: MemoryWorkspace | null) => INDArray,
): Promise<void> {
  for (const each of evaluations) {
    if (typeof each?.eval === 'function') continue;
    throw new TypeError(`Cannot evaluate with ${describeValue(each)}: needed is an IEvaluation, which has eval()`);
  }
  assertNoScopes('evaluate');
  await forEachBatch(rewound(requireIterator(iterator, 'evaluate'), 'evaluate'), new HostTurns(), (batch) => {
    const target = usesWorkspace ? openOutput() : null;
    try {
      const output = outputOf(batch, target);
      feed(evaluations, batch, output);
      if (target === null) output.close();
    } finally {
      target?.close();
    }
  });
}

function feed(evaluations: readonly IEvaluation[], batch: DataSet, output: INDArray): void {
  const outside = workspaceManager.scopeOutOfWorkspaces();
  try {
    for (const each of evaluations) each.eval(batch.getLabels(), output, batch.getLabelsMaskArray());
  } finally {
    outside.close();
  }
}
