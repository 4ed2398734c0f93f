import { Cannot } from '../../harness/subject.ts';
import type { MatmulParameters } from '../../tasks/matmul.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import type { OperatorCase } from './operator.ts';

export function matmul(parameters: MatmulParameters, inputs: Inputs): OperatorCase {
  const { m, k, n, transposeA, transposeB, orderA, orderB, isConstant } = parameters;
  if (orderA === 'f' || orderB === 'f') throw new Cannot("onnxruntime has no 'f' order");
  const a = { name: 'a', shape: transposeA ? [k, m] : [m, k] };
  const b = { name: 'b', shape: transposeB ? [n, k] : [k, n], ...(isConstant && { values: inputs.b as Float32Array }) };
  const turned = transposeA || transposeB;
  return {
    operator: {
      type: turned ? 'Gemm' : 'MatMul',
      inputs: [a, b],
      rank: 2,
      ...(turned && { attributes: { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 } }),
    },
    feeds: inputs,
    operations: 2 * m * k * n,
  };
}
