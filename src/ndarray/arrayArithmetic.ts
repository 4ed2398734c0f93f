import { ArrayAccess } from './arrayAccess.ts';

export abstract class ArrayArithmetic extends ArrayAccess {}
