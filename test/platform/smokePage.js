// The smoke test of the built package, the same in the browser and in Node: arrays, a workspace loop, a small network, a leak error.
// Takes the package's exports, returns plain data.

export async function smoke(ndarena) {
  const { Activation, Adam, DenseLayer, LossFunctions, MultiLayerNetwork, Nd4j, NeuralNetConfiguration, OutputLayer } =
    ndarena;
  const product = Nd4j.create([
    [1, 2],
    [3, 4],
  ]).mmul(
    Nd4j.create([
      [5, 6],
      [7, 8],
    ]),
  );

  const manager = Nd4j.getWorkspaceManager();
  const configuration = { policyAllocation: 'STRICT', policyLearning: 'FIRST_LOOP' };
  const sizes = [];
  let leaked;
  for (let cycle = 0; cycle < 3; cycle++) {
    const workspace = manager.getAndActivateWorkspace(configuration, 'LOOP_EXTERNAL');
    leaked = Nd4j.zeros(100).addi(cycle);
    sizes.push(workspace.getCurrentSize());
    workspace.close();
  }
  let message = '';
  try {
    Nd4j.zeros(100).assign(leaked);
  } catch (error) {
    message = `${error.name}: ${error.message}`;
  }

  const network = new MultiLayerNetwork(
    new NeuralNetConfiguration.Builder()
      .seed(12345)
      .updater(new Adam(0.05))
      .list()
      .layer(new DenseLayer.Builder().nIn(2).nOut(8).activation(Activation.TANH).build())
      .layer(
        new OutputLayer.Builder(LossFunctions.LossFunction.XENT).nIn(8).nOut(1).activation(Activation.SIGMOID).build(),
      )
      .build(),
  );
  network.init();
  const x = Nd4j.create([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  const y = Nd4j.create([[0], [1], [1], [0]]);
  for (let step = 0; step < 300; step++) network.fit(x, y);
  const output = Array.from(network.output(x).toDoubleVector());
  manager.destroyAllWorkspacesForCurrentThread();
  return {
    product: product.toArray(),
    sizes,
    message,
    output,
    score: network.score(),
    build: Nd4j.backendInfo().build,
    workspaces: manager.getAllWorkspacesIdsForCurrentThread(),
  };
}
