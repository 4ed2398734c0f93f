// The sub-path ndarena/ops: operations as objects, for Nd4j.exec, apart because most programs call methods.

export { ArrayOp, type OpClass } from './ndarray/operations/arrayOp.ts';
export * from './ndarray/operations/broadcastOps.ts';
export { type CustomOpClass, ListOp } from './ndarray/operations/customOp.ts';
export * from './ndarray/operations/distanceOps.ts';
export { DynamicCustomOp, DynamicCustomOpsBuilder } from './ndarray/operations/dynamicCustomOp.ts';
export {
  BroadcastTo,
  IsMax,
  LayerNorm,
  LayerNormBp,
  Mmul,
  type MmulArguments,
  SoftMax,
} from './ndarray/operations/layerOps.ts';
export * from './ndarray/operations/pairwiseOps.ts';
export * from './ndarray/operations/randomOps.ts';
export * from './ndarray/operations/reductionOps.ts';
export * from './ndarray/operations/scalarOps.ts';
export * from './ndarray/operations/transformOps.ts';
