import { kernelBytes } from './kernels-bytes.ts'

/**
 * The fixed set of loops over columns, in WebAssembly with 128-bit vectors; described in kernels.wat. Addresses are bytes
 * in the one memory they share; `end` is where the plane or column that is written ends.
 */
export interface Kernels {
  readonly above8: (column: number, known: number, yes: number, no: number, end: number, bound: number) => void
  readonly above16: (column: number, known: number, yes: number, no: number, end: number, bound: number) => void
  readonly above32: (column: number, known: number, yes: number, no: number, end: number, bound: number) => void
  readonly above64: (column: number, known: number, yes: number, no: number, end: number, bound: number) => void
  readonly within8: (
    column: number,
    known: number,
    yes: number,
    no: number,
    end: number,
    low: number,
    high: number,
  ) => void
  readonly within16: (
    column: number,
    known: number,
    yes: number,
    no: number,
    end: number,
    low: number,
    high: number,
  ) => void
  readonly within32: (
    column: number,
    known: number,
    yes: number,
    no: number,
    end: number,
    low: number,
    high: number,
  ) => void
  readonly within64: (
    column: number,
    known: number,
    yes: number,
    no: number,
    end: number,
    low: number,
    high: number,
  ) => void
  readonly listed8: (column: number, known: number, yes: number, no: number, end: number, table: number) => void
  readonly below64: (
    left: number,
    right: number,
    known: number,
    yes: number,
    no: number,
    end: number,
    most: number,
  ) => void
  readonly all: (list: number, count: number, skip: number, yes: number, no: number, end: number) => void
  readonly and: (left: number, right: number, to: number, end: number) => void
  readonly add: (left: number, right: number, step: number, to: number, end: number) => void
  readonly subtract: (left: number, right: number, step: number, to: number, end: number) => void
  readonly multiply: (left: number, right: number, step: number, to: number, end: number) => void
  readonly divide: (left: number, right: number, step: number, to: number, end: number) => void
  readonly widen8: (column: number, to: number, end: number) => void
  readonly widen16: (column: number, to: number, end: number) => void
  readonly widen32: (column: number, to: number, end: number) => void
}

let compiled: WebAssembly.Module | undefined

/** @throws Error where the runtime lacks vectors (browsers before 2021, Node before 16.4) */
export function openKernels(memory: WebAssembly.Memory): Kernels {
  compiled ??= compile()
  return new WebAssembly.Instance(compiled, { columns: { memory } }).exports as unknown as Kernels
}

function compile(): WebAssembly.Module {
  const bytes = Uint8Array.from(atob(kernelBytes), c => c.charCodeAt(0))
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes))
    throw new Error('judging whole registries needs WebAssembly with 128-bit vectors, which this runtime lacks')
  return new WebAssembly.Module(bytes)
}
