import { ArrayArithmetic } from './arrayArithmetic.ts';

export abstract class ArrayComparison extends ArrayArithmetic {}
