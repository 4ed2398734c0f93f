import { ArrayReductions } from './arrayReductions.ts';

export abstract class ArrayLinear extends ArrayReductions {}
