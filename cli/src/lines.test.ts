import { describe, expect, it } from 'vitest'
import { linesOf } from './lines.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
async function read(...chunks: readonly Uint8Array[]) {
  const rows: (string | [number, string])[] = []
  const input = (async function* () {
    yield* chunks
  })()
  for await (const line of linesOf(input)) rows.push('text' in line ? line.text : [line.number, line.fault.en])
  return rows
}

describe('the lines of a file', () => {
  it('end with LF, CR LF or CR, also where two chunks meet, and the last needs no end', async () => {
    expect(await read(bytes('a\nb\r\nc\rd'))).toEqual(['a', 'b', 'c', 'd'])
    expect(await read(bytes('a\r'), bytes('\nb\r'), bytes('c\n'))).toEqual(['a', 'b', 'c'])
    expect(await read(bytes('a\r\n\r\nb\n'))).toEqual(['a', '', 'b'])
    expect(await read(bytes('a'), bytes('b'), bytes('\n'))).toEqual(['ab'])
    expect(await read()).toEqual([])
  })

  it('do not end at the separators that a JSON text may hold', async () => {
    expect(await read(bytes('{"a":"\u2028\u2029\u0085"}\nb'))).toEqual(['{"a":"\u2028\u2029\u0085"}', 'b'])
  })

  it('begin without a byte order mark, and keep a letter that two chunks share', async () => {
    const text = bytes('\uFEFF助\n')
    expect(await read(text.subarray(0, 4), text.subarray(4))).toEqual(['助'])
  })

  it('that are not UTF-8 or too long are faults of their own, and the next is read', async () => {
    expect(await read(Uint8Array.of(0xff, 0x0a), bytes('b'))).toEqual([[1, 'This line is not UTF-8'], 'b'])
    const long = Array.from({ length: 6 }, () => new Uint8Array(1024 * 1024).fill(0x61))
    expect(await read(...long, bytes('\nb'))).toEqual([[1, 'This line is too long; 4 MB at most'], 'b'])
  })
})
