// Every error class that the package throws on purpose, and the one function that prints a shape.
// Classes carry DL4J's names where DL4J has them, so that a message searched for on the web leads to the right page.

/** Base class of ND4J's runtime errors. */
export class ND4JException extends Error {
  // The names are written out, because minified code has none.
  override name = 'ND4JException';
}

/** An operation on an array or workspace that is not in the state the operation needs. @see org.nd4j.linalg.exception.ND4JIllegalStateException */
export class ND4JIllegalStateException extends ND4JException {
  override name = 'ND4JIllegalStateException';
}

/** An argument that is out of range or contradicts another. @see org.nd4j.linalg.exception.ND4JIllegalArgumentException */
export class ND4JIllegalArgumentException extends ND4JException {
  override name = 'ND4JIllegalArgumentException';
}

/** A workspace used against its rules. @see org.nd4j.linalg.workspace.ND4JWorkspaceException */
export class ND4JWorkspaceException extends ND4JException {
  override name = 'ND4JWorkspaceException';
}

/** A workspace asked for by an id that this thread does not know. @see org.nd4j.linalg.exception.Nd4jNoSuchWorkspaceException */
export class Nd4jNoSuchWorkspaceException extends ND4JException {
  override name = 'Nd4jNoSuchWorkspaceException';
}

/** NaN or infinity found by a profiling mode that panics. @see org.nd4j.linalg.exception.ND4JOpProfilerException */
export class ND4JOpProfilerException extends ND4JIllegalStateException {
  override name = 'ND4JOpProfilerException';
}

/** An operation that the object does not offer. @see java.lang.UnsupportedOperationException */
export class UnsupportedOperationException extends ND4JException {
  override name = 'UnsupportedOperationException';
}

/** Memory that neither the heap nor the host can give. The runtime stays usable. */
export class ND4JOutOfMemoryError extends ND4JException {
  override name = 'ND4JOutOfMemoryError';

  constructor(
    message: string,
    /** Bytes that were asked for. */
    readonly requestedBytes: number,
    /** Bytes in use by arrays, workspaces and scratch when the request failed. */
    readonly usedBytes: number,
  ) {
    super(message);
  }
}

/** A network configuration that contradicts itself. @see org.deeplearning4j.exception.DL4JInvalidConfigException */
export class DL4JInvalidConfigException extends ND4JException {
  override name = 'DL4JInvalidConfigException';
}

/** Data that does not fit the network. @see org.deeplearning4j.exception.DL4JInvalidInputException */
export class DL4JInvalidInputException extends ND4JException {
  override name = 'DL4JInvalidInputException';
}

/** Prints a shape, strides or indices the one way every message uses: `[3, 4]`. */
export function formatShape(shape: ArrayLike<number>): string {
  return `[${Array.from(shape).join(', ')}]`;
}

/** Describes any value in an error message without calling its code: `"text"`, `3`, `null`, `[3, 4]`, `object Foo`. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? 'a function' : String(value);
  if (Array.isArray(value))
    return value.length > 8 ? `array of ${value.length}` : `[${value.map(describeValue).join(', ')}]`;
  return describeObject(value);
}

/** Names of classes do not survive minification: arrays, data sets, descriptions and builders are told by what they have. */
function describeObject(value: object): string {
  const { build, getFeatures, simpleName, geometry } = value as Record<string, unknown>;
  if (typeof build === 'function') return 'a builder';
  if (typeof getFeatures === 'function') return 'a DataSet';
  if (typeof simpleName === 'string') return `object ${simpleName}`;
  if (geometry) return `INDArray ${formatShape((geometry as { shape: readonly number[] }).shape)}`;
  return `object ${Object.getPrototypeOf(value)?.constructor?.name ?? 'without prototype'}`;
}
