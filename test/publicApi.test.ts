// The names that the package exports, reviewed as text: a name that comes or goes is a decision.

import { expect, test } from 'vitest';
import * as api from '../src/index.ts';
import * as operations from '../src/operations.ts';
import * as progress from '../src/progress.ts';

const NAMES = `
AMSGrad Activation ActivationCube ActivationELU ActivationGELU ActivationHardSigmoid ActivationHardTanH
ActivationIdentity ActivationLReLU ActivationLayer ActivationMish ActivationRReLU ActivationRationalTanh
ActivationReLU ActivationReLU6 ActivationRectifiedTanh ActivationSELU ActivationSigmoid ActivationSoftPlus
ActivationSoftSign ActivationSoftmax ActivationSwish ActivationTanH ActivationThresholdedReLU AdaBelief AdaDelta
AdaGrad AdaMax Adam AlgoMode AllocationPolicy AlphaDropout ApplyStep ArrayType BackpropType BaseLayer
BaseOutputLayer BaseTrainingListener BinomialDistribution BooleanIndexing Broadcast CNN2DFormat CacheMode
CollectScoresIterationListener Conditions ConfusionMatrix ConstantDistribution Conv1DConfig Conv2DConfig
Conv3DConfig Convolution3DFormat ConvolutionMode CountedSchedule CycleSchedule DL4JInvalidConfigException
DL4JInvalidInputException DataBuffer DataFormat DataInputStream DataOutputStream DataSet DataType DeConv2DConfig DeConv3DConfig DebugMode
DenseLayer Distribution Divisor DropConnect Dropout DropoutLayer EmbeddingLayer Evaluation EvaluationAveraging
EvaluationMetric ExistingDataSetIterator ExponentialSchedule FeedForwardLayer FixedSchedule GRUWeights
GaussianDistribution GaussianDropout GaussianNoise GradientNormalization IActivation IDropout ILossFunction
INDArray ISchedule IUpdater IWeightInit IWeightNoise ImageResizeMethod InputType InverseSchedule InvertMatrix
JavaRandom L1Regularization L2Regularization LSTMActivations LSTMConfiguration LSTMDataFormat LSTMDirectionMode
LSTMLayerConfig LSTMLayerWeights LSTMWeights Layer LayerConf LayerConstraint LayerWorkspaceMgr LearningPolicy
ListBuilder ListDataSetIterator LocalResponseNormalizationConfig LocationPolicy LogNormalDistribution
LossBinaryXENT LossCosineProximity LossFMeasure LossFunction LossFunctions LossHinge LossKLD LossL1 LossL2
LossLayer LossMAE LossMAPE LossMCXENT LossMSE LossMSLE LossMixtureDensity LossMultiLabel
LossNegativeLogLikelihood LossPoisson LossReduce LossSparseMCXENT LossSquaredHinge LossWasserstein MapSchedule
MapScheduleBuilder MaxNormConstraint MemoryKind MinMaxNormConstraint MirroringPolicy Mode
MultiLayerConfiguration MultiLayerNetwork ND4JException ND4JIllegalArgumentException ND4JIllegalStateException
ND4JOpProfilerException ND4JOutOfMemoryError ND4JWorkspaceException NDArrayIndex NDArrayStrings Nadam
NativeRandom Nd4j Nd4jNoSuchWorkspaceException Nesterovs NetworkDataType NeuralNetConfiguration NoOp
NoParamLayer NonNegativeConstraint NormalDistribution OptimizationAlgorithm OrthogonalDistribution OutputLayer
PadMode PaddingMode PartitionMode PerformanceListener PolySchedule Pooling2DConfig Pooling3DConfig ProfilerConfig ProfilingMode
RNNFormat RampSchedule
Regularization ResetPolicy RmsProp SRUWeights ScheduleType ScoreIterationListener Sgd SigmoidSchedule
SpatialDropout SpillPolicy StepSchedule Transforms TruncatedNormalDistribution UniformDistribution
UnitNormConstraint UnsupportedOperationException UpdateOp Updater WeightDecay WeightInit WeightInitConstant
WeightInitDistribution WeightInitIdentity WeightInitLecunUniform WeightInitNormal WeightInitRelu
WeightInitReluUniform WeightInitSigmoidUniform WeightInitUniform WeightInitVarScalingNormalFanAvg
WeightInitVarScalingNormalFanIn WeightInitVarScalingNormalFanOut WeightInitVarScalingUniformFanAvg
WeightInitVarScalingUniformFanIn WeightInitVarScalingUniformFanOut WeightInitXavier WeightInitXavierLegacy
WeightInitXavierUniform WeightNoise WeightsFormat WorkspaceConfiguration WorkspaceMode WorkspaceType
WorkspaceUtils parseIdx readIdx readIdxImages registerLayer
`;

const OPERATIONS = `
ACos ACosh AMax AMean AMin ASin ASinh ASum ATan ATanh Abs AddOp All AlphaDropOut And Any ArgMax ArgMin ArrayOp
Assign BernoulliDistribution BinomialDistribution BroadcastAddOp BroadcastCopyOp BroadcastDivOp
BroadcastEqualTo BroadcastGreaterThan BroadcastGreaterThanOrEqual BroadcastLessThan BroadcastLessThanOrEqual
BroadcastMax BroadcastMin BroadcastMulOp BroadcastNotEqual BroadcastRDivOp BroadcastRSubOp BroadcastSubOp
BroadcastTo Ceil Cos Cosh CosineDistance CosineSimilarity CountNonZero CountZero Cube DivOp Dot DropOut
DropOutInverted DynamicCustomOp DynamicCustomOpsBuilder Entropy EqualTo Erf Erfc EuclideanDistance Exp Expm1
FirstIndex Floor FloorDivOp FloorModOp GELU GaussianDistribution GreaterThan GreaterThanOrEqual HammingDistance
HardSigmoid HardTanh IsFinite IsInf IsMax IsNaN JaccardDistance LastIndex LayerNorm LayerNormBp LeakyReLU
LessThan LessThanOrEqual ListOp Log Log1p LogEntropy LogNormalDistribution LogSigmoid ManhattanDistance
MatchCondition Max Mean Min Mish Mmul MulOp Negative Norm1 Norm2 NormMax NotEqualTo OneMinus Or Pow PreciseGELU
Prod RDivOp RSubOp RationalTanh Reciprocal RectifiedLinear RectifiedTanh Round SELU ScalarAdd ScalarDivision
ScalarEquals ScalarFMod ScalarGreaterThan ScalarGreaterThanOrEqual ScalarLessThan ScalarLessThanOrEqual
ScalarMax ScalarMin ScalarMultiplication ScalarNotEquals ScalarReverseDivision ScalarReverseSubtraction
ScalarSet ScalarSubtraction ShannonEntropy Sigmoid Sign Sin Sinh SoftMax SoftPlus SoftSign Sqrt Square
SquaredDifferenceOp SquaredNorm StandardDeviation SubOp Sum Swish Tan Tanh TimesOneMinus
TruncatedNormalDistribution UniformDistribution Variance Xor
`;

test('ndarena exports these names', () => {
  expect(Object.keys(api).sort()).toEqual(NAMES.trim().split(/\s+/));
});

test('ndarena/ops exports these operations', () => {
  expect(Object.keys(operations).sort()).toEqual(OPERATIONS.trim().split(/\s+/));
});

test('ndarena/progress exports the progress bar', () => {
  expect(Object.keys(progress)).toEqual(['ProgressBarListener']);
});
