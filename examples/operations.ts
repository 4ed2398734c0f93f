// A small convolutional network by hand: the operation namespaces and their gradients, every step in one workspace.
//
//   npm run example -- operations

import { type INDArray, LossReduce, Nd4j, WorkspaceConfiguration } from 'ndarena';

type Print = (line: string) => void;

const STEPS = 40;
const RATE = 0.5;
const CONVOLUTION = { kH: 3, kW: 3, sH: 1, sW: 1 };
const POOLING = { kH: 2, kW: 2, sH: 2, sW: 2 };

/** Eight images of 6 × 6 pixels, [8, 1, 6, 6], of a line across or a line down, and which it is as [8, 2]. */
function lines(): { images: INDArray; labels: INDArray } {
  const images = Nd4j.zeros(8, 1, 6, 6);
  const labels = Nd4j.zeros(8, 2);
  for (let n = 0; n < 8; n++) {
    const isDown = n % 2;
    for (let i = 0; i < 6; i++) {
      const place = 1 + (n >> 1);
      images.putScalar(isDown === 1 ? [n, 0, i, place] : [n, 0, place, i], 1);
    }
    labels.putScalar([n, isDown], 1);
  }
  return { images, labels };
}

/** One step of gradient descent on both weights, by hand; the loss before it. */
function step(images: INDArray, labels: INDArray, kernel: INDArray, weights: INDArray): number {
  const convolved = Nd4j.cnn().conv2d(images, kernel, CONVOLUTION);
  const active = Nd4j.nn().relu(convolved, 0);
  const pooled = Nd4j.cnn().maxPooling2d(active, POOLING);
  const features = pooled.reshape(8, 12);
  const logits = features.mmul(weights);
  const reduce = LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT;
  const loss = Nd4j.loss().softmaxCrossEntropy(labels, logits, null, reduce, 0);

  const [byLogits] = Nd4j.loss().softmaxCrossEntropyBp(labels, logits, null, reduce, 0) as [INDArray];
  const byWeights = features.transpose().mmul(byLogits);
  const byPooled = byLogits.mmul(weights.transpose()).dup('c').reshape(8, 3, 2, 2);
  const [byActive] = Nd4j.cnn().maxPooling2dBp(active, byPooled, POOLING) as [INDArray];
  const byConvolved = byActive.mul(convolved.gt(0).castTo('FLOAT'));
  const [, byKernel] = Nd4j.cnn().conv2dBp(images, kernel, byConvolved, CONVOLUTION) as [INDArray, INDArray];

  weights.subi(byWeights.mul(RATE));
  kernel.subi(byKernel.mul(RATE));
  return loss.getDouble(0);
}

/** Tells lines across from lines down; `print` gets every line. */
export function operations(print: Print): void {
  Nd4j.getRandom().setSeed(7);
  const { images, labels } = lines();
  const kernel = Nd4j.randn(3, 3, 1, 3).muli(0.3);
  const weights = Nd4j.randn(12, 2).muli(0.3);
  const manager = Nd4j.getWorkspaceManager();
  const configuration = WorkspaceConfiguration.builder().policyLearning('FIRST_LOOP').build();
  for (let n = 0; n <= STEPS; n++) {
    using workspace = manager.getAndActivateWorkspace(configuration, 'STEP');
    const loss = step(images, labels, kernel, weights);
    if (n % 10 === 0) print(`step ${n}: loss ${loss.toFixed(4)}, workspace ${workspace.getCurrentSize()} bytes`);
  }
  const larger = Nd4j.image().imageResize(
    images.permute(0, 2, 3, 1),
    Nd4j.createFromArray([12, 12]).castTo('INT'),
    'ResizeBicubic',
  );
  print(`the images, twice as large: [${larger.shape().join(', ')}]`);
  manager.destroyAllWorkspacesForCurrentThread();
}
