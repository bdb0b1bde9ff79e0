import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Keyring } from './keyring.ts'

/**
 * Protects single columns of a row: names, ID numbers, phones, texts. A sealed value opens only in the column, district
 * and row it was sealed for. Whoever copies the database without the key file reads nothing of them.
 *
 * A blind index tells that two values are equal and how often one occurs, so never make one over a field with few values
 * (sex, kind of disability, day of birth) alone.
 */
export interface FieldCrypto {
  /** @param column `schema.table.column` @param row id of the row the value lies in @returns ciphertext, 31 bytes longer than the text */
  seal(column: string, row: string, plain: string): Buffer
  /** @throws FieldSealBroken when the value was not sealed for this column, district and row, or its key is not at hand */
  open(column: string, row: string, sealed: Uint8Array): string
  /** 16 bytes, equal for equal values of one column in one district. Normalise first: {@link normaliseForIndex}. */
  blind(column: string, normalised: string): Buffer
  /** Blind indexes of each pair of neighbouring characters, without repeats, for search by part of a name. */
  grams(column: string, text: string): Buffer[]
}

export class FieldSealBroken extends Error {
  override readonly name = 'FieldSealBroken'
}

// version 1 | key number 2 | iv 12 | ciphertext | tag 16
const version = 1
const head = 3
const iv = 12
const tag = 16

/** Keys differ by column and district, so a value tells nothing about another column's. About 6 µs to seal, 3 µs to open. */
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
  const mac = (column: string, text: string) =>
    createHmac('sha256', blindKey(column)).update(text).digest().subarray(0, 16)

  return {
    seal(column, row, plain) {
      const start = Buffer.alloc(head)
      start.writeUInt8(version, 0)
      start.writeUInt16BE(keyring.current, 1)
      const nonce = randomBytes(iv)
      const key = derive(keyring.key(keyring.current), 'seal', keyring.current, column)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tag })
      cipher.setAAD(Buffer.concat([start, place(column, row)]))
      return Buffer.concat([start, nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },

    open(column, row, sealed) {
      const value = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      if (value.length < head + iv + tag || value.readUInt8(0) !== version)
        throw new FieldSealBroken('not a sealed value')
      const number = value.readUInt16BE(1)
      const key = derive(keyring.key(number), 'seal', number, column)
      const decipher = createDecipheriv('aes-256-gcm', key, value.subarray(head, head + iv), { authTagLength: tag })
      decipher.setAAD(Buffer.concat([value.subarray(0, head), place(column, row)]))
      decipher.setAuthTag(value.subarray(-tag))
      try {
        return Buffer.concat([decipher.update(value.subarray(head + iv, -tag)), decipher.final()]).toString('utf8')
      } catch {
        throw new FieldSealBroken(`a value of ${column} was sealed for another row, or was changed`)
      }
    },

    blind: (column, normalised) => mac(column, normalised),

    grams(column, text) {
      const letters = Array.from(normaliseForIndex(text))
      const pairs = letters.length < 2 ? letters : letters.slice(1).map((letter, i) => `${letters[i]}${letter}`)
      return [...new Set(pairs)].map(pair => mac(`${column}.gram`, pair))
    },
  }
}

/** One spelling for what people type in many: width and composition by NFKC, no spaces or middle dots, capital letters. */
export const normaliseForIndex = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s·•‧・．-]/gu, '')
    .toUpperCase()

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)
