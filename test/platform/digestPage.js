// One digest of the bits per family of operations, on the build without fused multiply-adds: the same wherever it runs.
// Takes the package's exports, returns plain data.

/** FNV-1a of the bytes of an array's elements. */
function digest(array) {
  const values = array.dup('c').data().window();
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16);
}

const UNARY = 'exp log tanh sigmoid erf sqrt sin cos atan softPlus elu gelu swish mish hardSigmoid'.split(' ');
const REDUCTIONS = ['sum', 'mean', 'std', 'norm1', 'norm2', 'max', 'prod', 'argMax'];

function digestsOf(ndarena, type) {
  const { Nd4j, Transforms } = ndarena;
  const found = {};
  Nd4j.getRandom().setSeed(7);
  const a = Nd4j.randn([67, 45]).castTo(type);
  const b = Nd4j.rand([45, 33]).castTo(type).addi(0.01);
  found.draws = digest(a) + digest(b);
  found.mmul = digest(a.mmul(b));
  found.mmulTransposed = digest(b.transpose().mmul(a.transpose()));
  found.gemv = digest(a.mmul(b.getColumn(3).reshape(45, 1)));
  for (const name of UNARY) {
    const operation = Transforms[name];
    if (operation !== undefined) found[name] = digest(operation(name === 'log' ? b : a));
  }
  for (const name of REDUCTIONS) for (const d of [0, 1]) found[`${name}(${d})`] = digest(a[name](d));
  found.softmax = digest(Transforms.softmax(a));
  found.broadcast = digest(a.add(a.getRow(0).reshape(1, 45)).divColumnVector(a.getColumn(1).reshape(67, 1)));
  found.view = digest(a.get(ndarena.NDArrayIndex.interval(1, 2, 66), ndarena.NDArrayIndex.all()).mul(3));
  const image = a
    .get(ndarena.NDArrayIndex.interval(0, 64), ndarena.NDArrayIndex.interval(0, 36))
    .dup()
    .reshape(2, 8, 12, 12);
  const window = { kH: 3, kW: 3, sH: 1, sW: 1, pH: 1, pW: 1, dH: 1, dW: 1 };
  const weights = Nd4j.randn([3, 3, 8, 4]).castTo(type);
  found.conv2d = digest(Nd4j.cnn().conv2d(image, weights, window));
  found.maxPooling2d = digest(Nd4j.cnn().maxPooling2d(image, { ...window, kH: 2, kW: 2, sH: 2, sW: 2, pH: 0, pW: 0 }));
  return found;
}

function trained(ndarena) {
  const { Activation, Adam, DenseLayer, LossFunctions, MultiLayerNetwork, Nd4j, NeuralNetConfiguration, OutputLayer } =
    ndarena;
  const network = new MultiLayerNetwork(
    new NeuralNetConfiguration.Builder()
      .seed(12345)
      .updater(new Adam(0.05))
      .list()
      .layer(new DenseLayer.Builder().nIn(5).nOut(19).activation(Activation.TANH).build())
      .layer(new OutputLayer.Builder(LossFunctions.MCXENT).nIn(19).nOut(3).activation(Activation.SOFTMAX).build())
      .build(),
  );
  network.init();
  const features = Nd4j.randn([11, 5]);
  const labels = Nd4j.eye(3).getRows(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1);
  for (let step = 0; step < 10; step++) network.fit(features, labels);
  return digest(network.params());
}

const FOUR_GIB = 2 ** 32;

/** Takes all memory but the last `spare` bytes below 4 GiB, untouched, so that what follows lies there. */
function fillMemory({ Nd4j }, spare) {
  const held = [];
  for (let size = 2 ** 30; size >= 2 ** 20; size /= 2) {
    while (Nd4j.backendInfo().memoryBytes + size <= FOUR_GIB - spare)
      held.push(Nd4j.createUninitialized('BYTE', [size]));
  }
  return held;
}

/**
 * The digests of two runs, and the address of an array of the last one.
 * @param spare bytes below 4 GiB to work in; all memory if left out
 */
export async function digests(ndarena, spare) {
  const { Nd4j } = ndarena;
  Nd4j.init({ deterministic: true, maxMemory: FOUR_GIB });
  const held = spare === undefined ? [] : fillMemory(ndarena, spare);
  const run = () => ({
    FLOAT: digestsOf(ndarena, 'FLOAT'),
    DOUBLE: digestsOf(ndarena, 'DOUBLE'),
    trained: trained(ndarena),
  });
  const first = run();
  const second = run();
  const address = Nd4j.rand([1000]).data().window().byteOffset;
  for (const each of held) each.close();
  return { build: Nd4j.backendInfo().build, first, second, address };
}
