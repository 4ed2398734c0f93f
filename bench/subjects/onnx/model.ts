// Models of one operator, or of several copies of it whose difference in time is the bare operator.

import { onnx } from 'onnx-proto';

type Attributes = Readonly<Record<string, number | readonly number[] | string>>;

export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  /** Given for weights, which become part of the model. */
  readonly values?: Float32Array | Float64Array;
  /** Given for constants of type int64. */
  readonly integers?: readonly number[];
}

export interface Operator {
  readonly type: string;
  readonly inputs: readonly Value[];
  readonly attributes?: Attributes;
  readonly rank: number;
  /** How many outputs the operator has; the first counts. */
  readonly outputs?: number;
  /** The result is of type int64. */
  readonly hasIntegerResult?: boolean;
}

const OPSET = 20;
const IR_VERSION = 9;
const { AttributeType } = onnx.AttributeProto;
const { DataType } = onnx.TensorProto;

export function node(type: string, input: string[], output: string[], attributes: Attributes = {}): onnx.INodeProto {
  return {
    opType: type,
    input,
    output,
    name: `${type}_${output[0]}`,
    attribute: Object.entries(attributes).map(attribute),
  };
}

function attribute([name, value]: [string, number | readonly number[] | string]): onnx.IAttributeProto {
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if (typeof value !== 'number') return { name, type: AttributeType.INTS, ints: [...value] };
  if (Number.isInteger(value)) return { name, type: AttributeType.INT, i: value };
  return { name, type: AttributeType.FLOAT, f: value };
}

const isDouble = ({ values }: Value): boolean => values instanceof Float64Array;

/** Part of the model, not of its feeds. */
export const isConstant = ({ values, integers }: Value): boolean => values !== undefined || integers !== undefined;

function weight(value: Value): onnx.ITensorProto {
  if (value.integers !== undefined) return integers(value.name, value.integers);
  const { name, shape, values } = value as Value & { values: Float32Array };
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { name, dims: [...shape], dataType: isDouble(value) ? DataType.DOUBLE : DataType.FLOAT, rawData: bytes };
}

function integers(name: string, values: readonly number[]): onnx.ITensorProto {
  const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return { name, dims: [values.length], dataType: DataType.INT64, rawData: bytes };
}

function typed(name: string, shape: readonly number[] | undefined, elemType: number): onnx.IValueInfoProto {
  const dimensions = shape && { shape: { dim: shape.map((dimValue) => ({ dimValue })) } };
  return { name, type: { tensorType: { elemType, ...dimensions } } };
}

function encode(graph: onnx.IGraphProto): Uint8Array {
  return onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    graph,
  }).finish();
}

/** The operator once, its result the model's output `out`. */
export function single(
  { type, inputs, attributes, outputs = 1, hasIntegerResult }: Operator,
  elemType: number = DataType.FLOAT,
): Uint8Array {
  const names = Array.from({ length: outputs }, (_, i) => (i === 0 ? 'out' : `out_${i}`));
  return encode({
    name: 'single',
    node: [
      node(
        type,
        inputs.map(({ name }) => name),
        names,
        attributes,
      ),
    ],
    input: inputs.filter((each) => !isConstant(each)).map(({ name, shape }) => typed(name, shape, elemType)),
    initializer: inputs.filter(isConstant).map(weight),
    output: [typed('out', undefined, hasIntegerResult ? DataType.INT64 : elemType)],
  });
}

/** So many copies of the operator in one model; of each result one element is kept, so that copying results out costs nothing. */
export function repeated(operator: Operator, copies: number, elemType: number = DataType.FLOAT): Uint8Array {
  const { type, inputs, attributes, rank, outputs = 1, hasIntegerResult } = operator;
  const nodes: onnx.INodeProto[] = [];
  for (let i = 0; i < copies; i++) {
    const names = Array.from({ length: outputs }, (_, j) => (j === 0 ? `y${i}` : `y${i}_${j}`));
    nodes.push(
      node(
        type,
        inputs.map(({ name }) => name),
        names,
        attributes,
      ),
    );
    nodes.push(node('Slice', [`y${i}`, 'starts', 'ends'], [`s${i}`]), node('Reshape', [`s${i}`, 'one'], [`r${i}`]));
  }
  nodes.push(
    node(
      'Concat',
      Array.from({ length: copies }, (_, i) => `r${i}`),
      ['out'],
      { axis: 0 },
    ),
  );
  const starts = integers('starts', Array<number>(rank).fill(0));
  const ends = integers('ends', Array<number>(rank).fill(1));
  return encode({
    name: 'repeated',
    node: nodes,
    input: inputs.filter((each) => !isConstant(each)).map(({ name, shape }) => typed(name, shape, elemType)),
    initializer: [...inputs.filter(isConstant).map(weight), starts, ends, integers('one', [1])],
    output: [typed('out', [copies], hasIntegerResult ? DataType.INT64 : elemType)],
  });
}

/** Operators one after the other; an input named '' (or none at all) is the result before. */
export function chain(
  operators: readonly { type: string; inputs?: readonly string[]; attributes?: Attributes }[],
  input: Value,
  weights: readonly Value[],
): Uint8Array {
  const nodes = operators.map(({ type, inputs = [''], attributes = {} }, i) => {
    const names = inputs.map((name) => name || `t${i - 1}`);
    return node(type, names, [i === operators.length - 1 ? 'out' : `t${i}`], attributes);
  });
  return encode({
    name: 'chain',
    node: nodes,
    input: [typed(input.name, input.shape, DataType.FLOAT)],
    initializer: weights.map(weight),
    output: [typed('out', undefined, DataType.FLOAT)],
  });
}
