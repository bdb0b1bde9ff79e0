import { kernelBytes } from './kernels-bytes.ts'

/**
 * The fixed set of loops over columns, in WebAssembly with 128-bit vectors; described in kernels.wat. Addresses are bytes
 * in the one memory they share; `end` is where the plane or column that is written ends.
 */
export interface Kernels {
  readonly add: Arithmetic
  readonly subtract: Arithmetic
  readonly multiply: Arithmetic
  /** Records from one address to another (see program.ts), over the rows from one multiple of 128 to another. */
  readonly run: (at: number, last: number, from: number, to: number) => void
}

/** `step` is 16, or 0 where the right side is one number written twice. */
type Arithmetic = (left: number, right: number, step: number, to: number, end: number) => void

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
