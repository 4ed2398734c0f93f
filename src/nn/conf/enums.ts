// The enumerations of network configurations. Every option of such a type also takes the name as a string.

/** Which workspaces a network uses. SINGLE: one for everything; SEPARATE: one for each purpose; ENABLED: the best of both. @see org.deeplearning4j.nn.conf.WorkspaceMode */
export const WorkspaceMode = { NONE: 'NONE', ENABLED: 'ENABLED', SINGLE: 'SINGLE', SEPARATE: 'SEPARATE' } as const;
export type WorkspaceMode = keyof typeof WorkspaceMode;

/** Kept for DL4J's files; nothing is cached. @see org.deeplearning4j.nn.conf.CacheMode */
export const CacheMode = { NONE: 'NONE', HOST: 'HOST', DEVICE: 'DEVICE' } as const;
export type CacheMode = keyof typeof CacheMode;

/** Whole series, or segments of them. @see org.deeplearning4j.nn.conf.BackpropType */
export const BackpropType = { Standard: 'Standard', TruncatedBPTT: 'TruncatedBPTT' } as const;
export type BackpropType = keyof typeof BackpropType;

/** How parameters are searched for. @see org.deeplearning4j.nn.api.OptimizationAlgorithm */
export const OptimizationAlgorithm = {
  LINE_GRADIENT_DESCENT: 'LINE_GRADIENT_DESCENT',
  CONJUGATE_GRADIENT: 'CONJUGATE_GRADIENT',
  LBFGS: 'LBFGS',
  STOCHASTIC_GRADIENT_DESCENT: 'STOCHASTIC_GRADIENT_DESCENT',
} as const;
export type OptimizationAlgorithm = keyof typeof OptimizationAlgorithm;

/** What is done to a layer's gradient before regularization and updater. @see org.deeplearning4j.nn.conf.GradientNormalization */
export const GradientNormalization = {
  None: 'None',
  RenormalizeL2PerLayer: 'RenormalizeL2PerLayer',
  RenormalizeL2PerParamType: 'RenormalizeL2PerParamType',
  ClipElementWiseAbsoluteValue: 'ClipElementWiseAbsoluteValue',
  ClipL2PerLayer: 'ClipL2PerLayer',
  ClipL2PerParamType: 'ClipL2PerParamType',
} as const;
export type GradientNormalization = keyof typeof GradientNormalization;

/** How a convolution treats the borders. @see org.deeplearning4j.nn.conf.ConvolutionMode */
export const ConvolutionMode = { Strict: 'Strict', Truncate: 'Truncate', Same: 'Same', Causal: 'Causal' } as const;
export type ConvolutionMode = keyof typeof ConvolutionMode;

/** Kept for DL4J's builders; there is no cuDNN here. @see org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode */
export const AlgoMode = {
  NO_WORKSPACE: 'NO_WORKSPACE',
  PREFER_FASTEST: 'PREFER_FASTEST',
  USER_SPECIFIED: 'USER_SPECIFIED',
} as const;
export type AlgoMode = keyof typeof AlgoMode;

/** Order of the dimensions of time series: [N, size, T] or [N, T, size]. @see org.deeplearning4j.nn.conf.RNNFormat */
export const RNNFormat = { NCW: 'NCW', NWC: 'NWC' } as const;
export type RNNFormat = keyof typeof RNNFormat;

/** Order of the dimensions of images. @see org.deeplearning4j.nn.conf.CNN2DFormat */
export const CNN2DFormat = { NCHW: 'NCHW', NHWC: 'NHWC' } as const;
export type CNN2DFormat = keyof typeof CNN2DFormat;

/** Order of the dimensions of volumes. @see org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat */
export const Convolution3DFormat = { NCDHW: 'NCDHW', NDHWC: 'NDHWC' } as const;
export type Convolution3DFormat = keyof typeof Convolution3DFormat;

/** Data types that networks can have. */
export const NetworkDataType = { DOUBLE: 'DOUBLE', FLOAT: 'FLOAT', HALF: 'HALF' } as const;
export type NetworkDataType = keyof typeof NetworkDataType;
