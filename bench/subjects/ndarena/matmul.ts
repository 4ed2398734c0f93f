import { type INDArray, Nd4j } from 'ndarena';
import type { Maker } from '../../harness/subject.ts';
import { inWorkspace } from './workspace.ts';

export const matmul: Maker<'matmul'> = ({ m, k, n, transposeA, transposeB, orderA, orderB, isConstant }, inputs) => {
  const a = operand(inputs.a as Float32Array, transposeA ? [k, m] : [m, k], orderA);
  // A constant is kept as networks keep their weights: in 'f' order the product reads it as it lies, and nothing has to be packed.
  const b = operand(inputs.b as Float32Array, transposeB ? [n, k] : [k, n], isConstant ? 'f' : orderB);
  const left = transposeA ? a.transpose() : a;
  const right = transposeB ? b.transpose() : b;
  if (isConstant) return inWorkspace(() => left.mmul(right), [a, b]);
  const first = b.getDouble(0, 0);
  return inWorkspace(() => {
    // Written to, so that nothing remembered about b serves the next call.
    b.putScalar(0, first);
    return left.mmul(right);
  }, [a, b]);
};

function operand(values: Float32Array, shape: number[], order: 'c' | 'f' = 'c'): INDArray {
  const dense = Nd4j.create(values, shape);
  if (order === 'c') return dense;
  const turned = dense.dup('f');
  dense.close();
  return turned;
}
