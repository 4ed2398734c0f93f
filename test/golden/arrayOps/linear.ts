// Products of matrices, inverses, BLAS.

import type { Order } from '../../../src/core/geometry.ts';
import { InvertMatrix } from '../../../src/ndarray/invertMatrix.ts';
import { nd4jLinear } from '../../../src/ndarray/nd4jLinear.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

const blas = nd4jLinear.getBlasWrapper();

export const linear: Family = {
  operations: {
    mmul: (a: INDArray, b: INDArray) => a.mmul(b),
    'mmul(order)': (a: INDArray, b: INDArray, order: Order) => a.mmul(b, order),
    'mmul(MMulTranspose)': (a: INDArray, b: INDArray, transposeA: boolean, transposeB: boolean) =>
      a.mmul(b, { transposeA, transposeB }),
    mmuli: (a: INDArray, b: INDArray) => a.mmuli(b),
    'mmuli(result)': (a: INDArray, b: INDArray, result: INDArray) => a.mmuli(b, result),
    'Nd4j.gemm': nd4jLinear.gemm,
    'Nd4j.gemm(result)': nd4jLinear.gemm,
    'Nd4j.matmul': (a: INDArray, b: INDArray) => nd4jLinear.matmul(a, b),
    'Nd4j.matmul(transpose)': (a: INDArray, b: INDArray, left: boolean, right: boolean, result: boolean) =>
      nd4jLinear.matmul(a, b, left, right, result),
    'Nd4j.tensorMmul': nd4jLinear.tensorMmul,
    'InvertMatrix.invert': (x: INDArray) => InvertMatrix.invert(x),
    'InvertMatrix.invert(in place)': (x: INDArray) => InvertMatrix.invert(x, true),
    'InvertMatrix.pLeftInvert': (x: INDArray) => InvertMatrix.pLeftInvert(x),
    'InvertMatrix.pRightInvert': (x: INDArray) => InvertMatrix.pRightInvert(x),
    'Nd4j.getBlasWrapper().dot': blas.dot,
    'Nd4j.getBlasWrapper().axpy': (x: INDArray, y: INDArray) => blas.axpy(2, x, y),
    'Nd4j.getBlasWrapper().scal': (x: INDArray) => blas.scal(2, x),
    'Nd4j.getBlasWrapper().nrm2': blas.nrm2,
    'Nd4j.getBlasWrapper().asum': blas.asum,
    'Nd4j.getBlasWrapper().iamax': blas.iamax,
  },
  tolerance: { rel: { FLOAT: 1e-5, DOUBLE: 1e-12 }, ulp: { HALF: 1, BFLOAT16: 1 } },
};
