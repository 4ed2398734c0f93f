// The public API of ndarena: re-exports only, grouped as the layers are.

// Arrays
export { DataInputStream, DataOutputStream } from './core/dataStream.ts';
export { DataType, type TypedArray } from './core/dataType.ts';
// Errors
export {
  DL4JInvalidConfigException,
  DL4JInvalidInputException,
  ND4JException,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
  ND4JOpProfilerException,
  ND4JOutOfMemoryError,
  ND4JWorkspaceException,
  Nd4jNoSuchWorkspaceException,
  UnsupportedOperationException,
} from './core/errors.ts';
export type { Order } from './core/geometry.ts';
export { JavaRandom } from './core/javaRandom.ts';
// Data
export { DataSet, type SplitTestAndTrain } from './data/dataSet.ts';
export { type IdxContents, parseIdx, readIdx, readIdxImages } from './data/idx.ts';
export {
  type DataSetIterator,
  type DataSetPreProcessor,
  ExistingDataSetIterator,
  ListDataSetIterator,
} from './data/iterator.ts';
// Evaluation
export { ConfusionMatrix } from './evaluation/confusionMatrix.ts';
export { Evaluation, EvaluationAveraging, EvaluationMetric } from './evaluation/evaluation.ts';
export type { EvaluationOptions, Prediction } from './evaluation/evaluationCounts.ts';
// Learning
export {
  Activation,
  ActivationCube,
  ActivationELU,
  ActivationGELU,
  ActivationHardSigmoid,
  ActivationHardTanH,
  ActivationIdentity,
  ActivationLReLU,
  ActivationMish,
  ActivationRationalTanh,
  ActivationRectifiedTanh,
  ActivationReLU,
  ActivationReLU6,
  type ActivationReLUOptions,
  ActivationRReLU,
  ActivationSELU,
  ActivationSigmoid,
  ActivationSoftmax,
  ActivationSoftPlus,
  ActivationSoftSign,
  ActivationSwish,
  ActivationTanH,
  ActivationThresholdedReLU,
  IActivation,
} from './learning/activations.ts';
export {
  LayerConstraint,
  MaxNormConstraint,
  MinMaxNormConstraint,
  type MinMaxNormConstraintOptions,
  NonNegativeConstraint,
  type NormConstraintOptions,
  UnitNormConstraint,
} from './learning/constraints.ts';
export {
  ExponentialSchedule,
  type ExponentialScheduleOptions,
  FixedSchedule,
  InverseSchedule,
  type InverseScheduleOptions,
  PolySchedule,
  type PolyScheduleOptions,
  SigmoidSchedule,
  type SigmoidScheduleOptions,
  StepSchedule,
  type StepScheduleOptions,
} from './learning/decaySchedules.ts';
export {
  BinomialDistribution,
  ConstantDistribution,
  Distribution,
  GaussianDistribution,
  LogNormalDistribution,
  NormalDistribution,
  OrthogonalDistribution,
  TruncatedNormalDistribution,
  UniformDistribution,
} from './learning/distributions.ts';
export {
  AlphaDropout,
  Dropout,
  GaussianDropout,
  type GaussianDropoutOptions,
  GaussianNoise,
  type GaussianNoiseOptions,
  IDropout,
  type RetainOptions,
  SpatialDropout,
} from './learning/dropout.ts';
export {
  ILossFunction,
  LossBinaryXENT,
  type LossBinaryXENTOptions,
  LossCosineProximity,
  LossFMeasure,
  LossFunction,
  LossFunctions,
  LossHinge,
  LossKLD,
  LossL1,
  LossL2,
  LossMAE,
  LossMAPE,
  LossMCXENT,
  type LossMCXENTOptions,
  LossMixtureDensity,
  LossMSE,
  LossMSLE,
  LossMultiLabel,
  LossNegativeLogLikelihood,
  LossPoisson,
  LossSparseMCXENT,
  LossSquaredHinge,
  LossWasserstein,
  type LossWeights,
  type LossWeightsLike,
  type WeightedLossOptions,
} from './learning/losses.ts';
export {
  ApplyStep,
  L1Regularization,
  L2Regularization,
  Regularization,
  type RegularizationOptions,
  WeightDecay,
  type WeightDecayOptions,
} from './learning/regularization.ts';
export {
  CountedSchedule,
  ISchedule,
  ScheduleType,
} from './learning/schedule.ts';
export {
  CycleSchedule,
  type CycleScheduleOptions,
  MapSchedule,
  MapScheduleBuilder,
  type MapScheduleOptions,
  RampSchedule,
  type RampScheduleOptions,
} from './learning/schedules.ts';
export {
  AdaBelief,
  AdaDelta,
  type AdaDeltaOptions,
  AdaGrad,
  type AdaGradOptions,
  AdaMax,
  Adam,
  type AdamOptions,
  AMSGrad,
  IUpdater,
  type LearningRateOptions,
  Nadam,
  Nesterovs,
  type NesterovsOptions,
  NoOp,
  RmsProp,
  type RmsPropOptions,
  Sgd,
  type SgdOptions,
  Updater,
} from './learning/updaters.ts';
export {
  IWeightInit,
  WeightInit,
  WeightInitConstant,
  WeightInitDistribution,
  WeightInitIdentity,
  WeightInitLecunUniform,
  type WeightInitLike,
  WeightInitNormal,
  WeightInitRelu,
  WeightInitReluUniform,
  WeightInitSigmoidUniform,
  WeightInitUniform,
  WeightInitVarScalingNormalFanAvg,
  WeightInitVarScalingNormalFanIn,
  WeightInitVarScalingNormalFanOut,
  WeightInitVarScalingUniformFanAvg,
  WeightInitVarScalingUniformFanIn,
  WeightInitVarScalingUniformFanOut,
  WeightInitXavier,
  WeightInitXavierLegacy,
  WeightInitXavierUniform,
} from './learning/weightInit.ts';
export {
  DropConnect,
  type DropConnectOptions,
  IWeightNoise,
  WeightNoise,
  type WeightNoiseOptions,
} from './learning/weightNoise.ts';
// Listeners
export { PerformanceListener } from './listeners/performanceListener.ts';
export { CollectScoresIterationListener, type Print, ScoreIterationListener } from './listeners/scoreListeners.ts';
export { DataBuffer } from './memory/buffer.ts';
// Workspaces and memory
export {
  AllocationPolicy,
  LearningPolicy,
  LocationPolicy,
  MirroringPolicy,
  ResetPolicy,
  SpillPolicy,
  WorkspaceConfiguration,
  type WorkspaceConfigurationBuilder,
  type WorkspaceConfigurationOptions,
} from './memory/configuration.ts';
export type { HeldWorkspace } from './memory/heldWorkspace.ts';
export type { MemoryManager, MemoryUse } from './memory/memoryManager.ts';
export { MemoryKind, type MemoryWorkspace, WorkspaceType } from './memory/memoryWorkspace.ts';
export type { Nd4jWorkspace } from './memory/workspace.ts';
export { DebugMode, type MemoryWorkspaceManager } from './memory/workspaceManager.ts';
export { WorkspaceUtils } from './memory/workspaceUtils.ts';
export type { ArrayJson, NestedElements } from './ndarray/arrayConversion.ts';
export type { ArrayData, NestedArray } from './ndarray/arrayData.ts';
export { BooleanIndexing } from './ndarray/booleanIndexing.ts';
export { Broadcast } from './ndarray/broadcast.ts';
export { type Condition, Conditions } from './ndarray/conditions.ts';
export type { CustomOp, Op } from './ndarray/execution/executioner.ts';
export { ProfilingMode } from './ndarray/execution/profiler.ts';
export { ProfilerConfig } from './ndarray/execution/profilerConfig.ts';
export type { ByteSink, FilePath, FileSource } from './ndarray/files/places.ts';
export { NDArrayStrings, type NDArrayStringsOptions } from './ndarray/format.ts';
export { InvertMatrix } from './ndarray/invertMatrix.ts';
export { DataFormat, LocalResponseNormalizationConfig } from './ndarray/namespaces/cnnSpatial.ts';
export {
  Conv1DConfig,
  Conv2DConfig,
  Conv3DConfig,
  DeConv2DConfig,
  DeConv3DConfig,
  PaddingMode,
  WeightsFormat,
} from './ndarray/namespaces/convolutionConfig.ts';
export { Mode } from './ndarray/namespaces/imageParts.ts';
export { ImageResizeMethod } from './ndarray/namespaces/imageResize.ts';
export { LossReduce } from './ndarray/namespaces/lossArguments.ts';
export { PartitionMode } from './ndarray/namespaces/mathLists.ts';
export { PadMode } from './ndarray/namespaces/nnPad.ts';
export { Divisor, Pooling2DConfig, Pooling3DConfig } from './ndarray/namespaces/poolingConfig.ts';
export {
  GRUWeights,
  LSTMActivations,
  LSTMConfiguration,
  LSTMDataFormat,
  LSTMDirectionMode,
  LSTMLayerConfig,
  LSTMLayerWeights,
  LSTMWeights,
  SRUWeights,
} from './ndarray/namespaces/recurrentConfig.ts';
export { Nd4j, type Nd4jApi } from './ndarray/nd4j.ts';
export type { RandomDistribution } from './ndarray/nd4jRandom.ts';
export { UpdateOp } from './ndarray/nd4jShape.ts';
export { type INDArrayIndex, NDArrayIndex } from './ndarray/ndArrayIndex.ts';
export { INDArray } from './ndarray/ndarray.ts';
export type { MMulTranspose } from './ndarray/products.ts';
export { Transforms } from './ndarray/transforms.ts';
// Configuration of networks
export {
  AlgoMode,
  BackpropType,
  CacheMode,
  CNN2DFormat,
  Convolution3DFormat,
  ConvolutionMode,
  GradientNormalization,
  NetworkDataType,
  OptimizationAlgorithm,
  RNNFormat,
  WorkspaceMode,
} from './nn/conf/enums.ts';
export {
  ActivationLayer,
  DenseLayer,
  DropoutLayer,
  EmbeddingLayer,
  LossLayer,
  OutputLayer,
} from './nn/conf/feedForwardConf.ts';
export { InputType } from './nn/conf/inputType.ts';
export { BaseLayer, BaseOutputLayer, FeedForwardLayer, LayerConf, NoParamLayer } from './nn/conf/layerConf.ts';
export { ListBuilder } from './nn/conf/listBuilder.ts';
export { MultiLayerConfiguration } from './nn/conf/multiLayerConfiguration.ts';
export { NeuralNetConfiguration } from './nn/conf/neuralNetConfiguration.ts';
// Networks, and what a layer of one's own is written with
export { type LayerFactory, registerLayer } from './nn/layers/instantiate.ts';
export { Layer, type LayerContext } from './nn/layers/layer.ts';
export type { IEvaluation } from './nn/network/evaluating.ts';
export { MultiLayerNetwork } from './nn/network/multiLayerNetwork.ts';
export { BaseTrainingListener, type Model, type TrainingListener } from './nn/network/trainingListener.ts';
export { ArrayType } from './nn/workspace/arrayType.ts';
export { LayerWorkspaceMgr } from './nn/workspace/layerWorkspaceMgr.ts';
export type { BackendInfo, InitOptions } from './ops/backend.ts';
export { NativeRandom } from './ops/random.ts';
