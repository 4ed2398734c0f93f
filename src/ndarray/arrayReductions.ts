import { ArrayComparison } from './arrayComparison.ts';

export abstract class ArrayReductions extends ArrayComparison {}
