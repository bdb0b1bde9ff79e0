import { hkdfSync } from 'node:crypto'
import { suiteOf, suites } from './cipher-suites.ts'
import type { Keyring } from './keyring.ts'

/**
 * Protects single columns of a row: names, ID numbers, phones, texts. A sealed value opens only in the column, district
 * and row it was sealed for. Whoever copies the database without the key file reads nothing of them.
 *
 * A blind index tells that two values are equal and how often one occurs, so never make one over a field with few values
 * (sex, kind of disability, day of birth) alone.
 */
export interface FieldCrypto {
  /** @param column `schema.table.column` @param row id of the row the value lies in @param plain text, or its UTF-8 @returns 31 bytes more than the text (35 with SM4) */
  seal(column: string, row: string, plain: string | Uint8Array): Buffer
  /** @throws FieldSealBroken when the value was not sealed for this column, district and row, or its key is not at hand */
  open(column: string, row: string, sealed: Uint8Array): string
  /** 16 bytes, equal for equal values of one column in one district. Normalise first: {@link normaliseForIndex}. */
  blind(column: string, normalised: string): Buffer
  /** 32 bytes over a text, which nobody without the keys can make: tells that it is still the text it was. */
  mark(column: string, text: string): Buffer
}

export class FieldSealBroken extends Error {
  override readonly name = 'FieldSealBroken'
}

// suite 1 | key number 2 | what the suite makes of it
const head = 3

/** Keys differ by column and district, so a value tells nothing about another column's. */
export function fieldCrypto(keyring: Keyring, district: string): FieldCrypto {
  const derived = new Map<string, Buffer>()
  const derive = (master: Buffer, use: string, number: number, column: string) => {
    const name = `${use}|${number}|${column}`
    let key = derived.get(name)
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', master, '', `zhulian|${use}|${district}|${column}`, 32))
      derived.set(name, key)
    }
    return key
  }
  const place = (column: string, row: string) => Buffer.from(`${column}|${district}|${row}`)
  const blindKey = (column: string) => derive(keyring.blind, 'blind', 0, column)
  const mac = (column: string, text: string) => suites[keyring.blindSuite].hash(blindKey(column), text)
  const sealKey = (number: number, column: string) => derive(keyring.key(number), 'seal', number, column)

  return {
    seal(column, row, plain) {
      const suite = suites[keyring.suite]
      const start = Buffer.alloc(head)
      start.writeUInt8(suite.number, 0)
      start.writeUInt16BE(keyring.current, 1)
      const aad = Buffer.concat([start, place(column, row)])
      return suite.seal(sealKey(keyring.current, column), aad, plain, start)
    },

    open(column, row, sealed) {
      const value = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      const suite = value.length < head ? undefined : suiteOf(value.readUInt8(0))
      if (!suite) throw new FieldSealBroken('not a sealed value')
      const start = value.subarray(0, head)
      const plain = suite.open(
        sealKey(value.readUInt16BE(1), column),
        Buffer.concat([start, place(column, row)]),
        value.subarray(head),
      )
      if (plain === undefined)
        throw new FieldSealBroken(`a value of ${column} was sealed for another row, or was changed`)
      return plain
    },

    blind: (column, normalised) => mac(column, normalised).subarray(0, 16),

    mark: (column, text) => mac(column, text),
  }
}

/** One spelling for what people type in many: width and composition by NFKC, no spaces or middle dots, capital letters. */
export const normaliseForIndex = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s·•‧・．-]/gu, '')
    .toUpperCase()
