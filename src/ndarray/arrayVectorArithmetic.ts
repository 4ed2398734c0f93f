// Row and column vectors with a matrix: addRowVector, muliColumnVector and their kin.
//
// A row vector is `[columns]` or `[1, columns]`, a column vector `[rows]` or `[rows, 1]`; matrix and vector have one type. The plain forms give a new 'c' array, the
// `i` forms work in place. @throws {ND4JIllegalStateException} when shape or type do not fit.

import { Binary } from '../ops/codes.ts';
import { ArrayArithmetic } from './arrayArithmetic.ts';
import type { INDArray } from './ndarray.ts';
import { combineColumn, combineRow } from './vectorArithmetic.ts';

export abstract class ArrayVectorArithmetic extends ArrayArithmetic {
  /** this + vector for every row. */
  addRowVector(vector: INDArray): INDArray {
    return combineRow('addRowVector', Binary.ADD, this, vector, false);
  }

  /** this + vector for every row, in place. */
  addiRowVector(vector: INDArray): INDArray {
    return combineRow('addiRowVector', Binary.ADD, this, vector, true);
  }

  /** this + vector for every column. */
  addColumnVector(vector: INDArray): INDArray {
    return combineColumn('addColumnVector', Binary.ADD, this, vector, false);
  }

  /** this + vector for every column, in place. */
  addiColumnVector(vector: INDArray): INDArray {
    return combineColumn('addiColumnVector', Binary.ADD, this, vector, true);
  }

  /** this − vector for every row. */
  subRowVector(vector: INDArray): INDArray {
    return combineRow('subRowVector', Binary.SUB, this, vector, false);
  }

  /** this − vector for every row, in place. */
  subiRowVector(vector: INDArray): INDArray {
    return combineRow('subiRowVector', Binary.SUB, this, vector, true);
  }

  /** this − vector for every column. */
  subColumnVector(vector: INDArray): INDArray {
    return combineColumn('subColumnVector', Binary.SUB, this, vector, false);
  }

  /** this − vector for every column, in place. */
  subiColumnVector(vector: INDArray): INDArray {
    return combineColumn('subiColumnVector', Binary.SUB, this, vector, true);
  }

  /** this · vector for every row. */
  mulRowVector(vector: INDArray): INDArray {
    return combineRow('mulRowVector', Binary.MUL, this, vector, false);
  }

  /** this · vector for every row, in place. */
  muliRowVector(vector: INDArray): INDArray {
    return combineRow('muliRowVector', Binary.MUL, this, vector, true);
  }

  /** this · vector for every column. */
  mulColumnVector(vector: INDArray): INDArray {
    return combineColumn('mulColumnVector', Binary.MUL, this, vector, false);
  }

  /** this · vector for every column, in place. */
  muliColumnVector(vector: INDArray): INDArray {
    return combineColumn('muliColumnVector', Binary.MUL, this, vector, true);
  }

  /** this / vector for every row. */
  divRowVector(vector: INDArray): INDArray {
    return combineRow('divRowVector', Binary.DIV, this, vector, false);
  }

  /** this / vector for every row, in place. */
  diviRowVector(vector: INDArray): INDArray {
    return combineRow('diviRowVector', Binary.DIV, this, vector, true);
  }

  /** this / vector for every column. */
  divColumnVector(vector: INDArray): INDArray {
    return combineColumn('divColumnVector', Binary.DIV, this, vector, false);
  }

  /** this / vector for every column, in place. */
  diviColumnVector(vector: INDArray): INDArray {
    return combineColumn('diviColumnVector', Binary.DIV, this, vector, true);
  }

  /** vector − this for every row. */
  rsubRowVector(vector: INDArray): INDArray {
    return combineRow('rsubRowVector', Binary.RSUB, this, vector, false);
  }

  /** vector − this for every row, in place. */
  rsubiRowVector(vector: INDArray): INDArray {
    return combineRow('rsubiRowVector', Binary.RSUB, this, vector, true);
  }

  /** vector − this for every column. */
  rsubColumnVector(vector: INDArray): INDArray {
    return combineColumn('rsubColumnVector', Binary.RSUB, this, vector, false);
  }

  /** vector − this for every column, in place. */
  rsubiColumnVector(vector: INDArray): INDArray {
    return combineColumn('rsubiColumnVector', Binary.RSUB, this, vector, true);
  }

  /** vector / this for every row. */
  rdivRowVector(vector: INDArray): INDArray {
    return combineRow('rdivRowVector', Binary.RDIV, this, vector, false);
  }

  /** vector / this for every row, in place. */
  rdiviRowVector(vector: INDArray): INDArray {
    return combineRow('rdiviRowVector', Binary.RDIV, this, vector, true);
  }

  /** vector / this for every column. */
  rdivColumnVector(vector: INDArray): INDArray {
    return combineColumn('rdivColumnVector', Binary.RDIV, this, vector, false);
  }

  /** vector / this for every column, in place. */
  rdiviColumnVector(vector: INDArray): INDArray {
    return combineColumn('rdiviColumnVector', Binary.RDIV, this, vector, true);
  }

  /** Every row = vector, in place. */
  putiRowVector(vector: INDArray): INDArray {
    return combineRow('putiRowVector', Binary.COPY, this, vector, true);
  }

  /** Every column = vector, in place. */
  putiColumnVector(vector: INDArray): INDArray {
    return combineColumn('putiColumnVector', Binary.COPY, this, vector, true);
  }
}
