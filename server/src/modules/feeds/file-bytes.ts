import { fstatSync, openSync, readSync } from 'node:fs'

/** A file that is looked into here and there and never stands in memory as a whole. */
export interface FileBytes {
  readonly size: number
  /** Fewer where the file ends. */
  read(at: number, length: number): Buffer
}

/** For threads of their own: reading waits for the disk, and the file is closed with the thread. */
export function openBytes(path: string): FileBytes {
  const file = openSync(path, 'r')
  const { size } = fstatSync(file)
  return {
    size,
    read(at, length) {
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - at)))
      let got = 0
      while (got < bytes.length) {
        const n = readSync(file, bytes, got, bytes.length - got, at + got)
        if (n === 0) break
        got += n
      }
      return bytes.subarray(0, got)
    },
  }
}
