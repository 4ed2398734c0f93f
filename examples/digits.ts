// Trains a classifier of handwritten digits: 8,000 images of MNIST to train, 2,000 held out.
//
//   npm start

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  Activation,
  Adam,
  DenseLayer,
  ListDataSetIterator,
  LossFunctions,
  MultiLayerNetwork,
  Nd4j,
  NeuralNetConfiguration,
  OutputLayer,
  readIdxImages,
  WeightInit,
} from 'ndarena';
import { ProgressBarListener } from 'ndarena/progress';

const TRAINING_IMAGES = 8_000;
const BATCH = 64;
const EPOCHS = 10;

const started = performance.now();
const read = (name: string): Uint8Array => gunzipSync(readFileSync(new URL(`./data/${name}.gz`, import.meta.url)));
const images = readIdxImages(read('t10k-images-idx3-ubyte'), read('t10k-labels-idx1-ubyte'));
images.shuffle(42);
const split = images.splitTestAndTrain(TRAINING_IMAGES);
const training = new ListDataSetIterator(split.getTrain().batchBy(BATCH), 1);
const heldOut = new ListDataSetIterator(split.getTest().batchBy(BATCH), 1);

const configuration = new NeuralNetConfiguration.Builder()
  .seed(42)
  .updater(new Adam(1e-3))
  .weightInit(WeightInit.XAVIER)
  .list()
  .layer(new DenseLayer.Builder().nIn(784).nOut(256).activation(Activation.RELU).build())
  .layer(
    new OutputLayer.Builder(LossFunctions.LossFunction.NEGATIVELOGLIKELIHOOD)
      .nIn(256)
      .nOut(10)
      .activation(Activation.SOFTMAX)
      .build(),
  )
  .build();
const network = new MultiLayerNetwork(configuration);
network.init();
console.log(network.summary());

const iterations = EPOCHS * Math.ceil(TRAINING_IMAGES / BATCH);
network.setListeners(new ProgressBarListener({ iterations }));

// Two steps let the workspaces learn their sizes, one cycle per layer; from then on training allocates nothing.
network.fit(training.next());
network.fit(training.next());
training.reset();
const manager = Nd4j.getWorkspaceManager();
const workspaces = manager.getAllWorkspacesForCurrentThread();
const heapBytes = Nd4j.getMemoryManager().allocatedMemory();
const memoryBytes = Nd4j.backendInfo().memoryBytes;

await network.fit(training, EPOCHS);

const { memoryBytes: memoryAfter, build } = Nd4j.backendInfo();
const heapAfter = Nd4j.getMemoryManager().allocatedMemory();
console.log((await network.evaluate(heldOut)).stats());
console.log('What the workspaces learned:');
for (const workspace of workspaces) {
  console.log(
    `  ${`${workspace.getId()}`.padEnd(24)} ${String(workspace.getCurrentSize()).padStart(9)} bytes, ${workspace.getCyclesCount()} cycles, ` +
      `${workspace.getNumberOfExternalAllocations()} allocations outside`,
  );
}
console.log(
  `Allocated since they have learned: ${heapAfter - heapBytes} bytes of heap, ${memoryAfter - memoryBytes} bytes of memory`,
);
console.log(`Build ${build}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
