import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../test/database.ts'
import { fieldCrypto, FieldSealBroken, normaliseForIndex } from './crypto.ts'
import { checkKeys } from './key-check.ts'
import { openKeyring, passingKeyring, readKeyring, rotateKeyring } from './keyring.ts'

const keyring = passingKeyring()
const [idNumber, name] = ['registry.person.id_number', 'registry.person.name']

describe.each([
  ['aes', 31],
  ['sm', 35],
] as const)('a value sealed with %s', (suite, overhead) => {
  const keyring = passingKeyring(suite)
  const crypto = fieldCrypto(keyring, '330111')

  test('opens where it was sealed, whatever text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), (text, row) => {
        const sealed = crypto.seal(name, row, text)
        expect(crypto.open(name, row, sealed)).toBe(text.toWellFormed())
        expect(sealed.length).toBe(Buffer.byteLength(text) + overhead)
      }),
    )
  })

  test('does not open in another row, column or district', () => {
    const sealed = crypto.seal(idNumber, 'row-1', '330111195001010008')
    expect(() => crypto.open(idNumber, 'row-2', sealed)).toThrow(FieldSealBroken)
    expect(() => crypto.open(name, 'row-1', sealed)).toThrow(FieldSealBroken)
    expect(() => fieldCrypto(keyring, '330112').open(idNumber, 'row-1', sealed)).toThrow(FieldSealBroken)
    expect(() => fieldCrypto(passingKeyring(suite), '330111').open(idNumber, 'row-1', sealed)).toThrow(FieldSealBroken)
  })

  test('swapped between two rows opens in neither', () => {
    const [one, two] = [crypto.seal(name, 'row-1', '王伟芳'), crypto.seal(name, 'row-2', '李娜敏')]
    expect(() => crypto.open(name, 'row-1', two)).toThrow(FieldSealBroken)
    expect(() => crypto.open(name, 'row-2', one)).toThrow(FieldSealBroken)
  })

  test('does not open when any bit of it was changed, or an end is missing', () => {
    const sealed = crypto.seal(name, 'row-1', '王伟芳')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => crypto.open(name, 'row-1', changed)).toThrow()
    }
    for (let length = 0; length < sealed.length; length++)
      expect(() => crypto.open(name, 'row-1', sealed.subarray(0, length))).toThrow()
  })

  test('is another each time, and says nothing of the text', () => {
    const all = Array.from({ length: 200 }, () => crypto.seal(idNumber, 'row-1', '330111195001010008').toString('hex'))
    expect(new Set(all).size).toBe(200)
    expect(all.join('')).not.toContain(Buffer.from('3301111950').toString('hex'))
  })

  test('what the error says does not hold the text', () => {
    const sealed = crypto.seal(name, 'row-1', '王伟芳')
    expect(() => crypto.open(name, 'row-2', sealed)).not.toThrow(/王伟芳/)
  })
})

describe.each(['aes', 'sm'] as const)('a blind index with %s', suite => {
  const keyring = passingKeyring(suite)
  const crypto = fieldCrypto(keyring, '330111')

  test('is equal for equal values of a column in a district and for nothing else', () => {
    const blind = crypto.blind(idNumber, '330111195001010008')
    expect(blind).toEqual(crypto.blind(idNumber, '330111195001010008'))
    expect(blind).toHaveLength(16)
    for (const other of [
      crypto.blind(idNumber, '330111195001010009'),
      crypto.blind('registry.person.phone', '330111195001010008'),
      fieldCrypto(keyring, '330112').blind(idNumber, '330111195001010008'),
      fieldCrypto(passingKeyring(suite), '330111').blind(idNumber, '330111195001010008'),
    ]) {
      expect(other).not.toEqual(blind)
    }
  })

  test.each([
    ['33011119500101002x', '33011119500101002X'],
    ['３３０１１１１９５００１０１００２Ｘ', '33011119500101002X'],
    [' 138 0013 8000 ', '13800138000'],
    ['买买提·艾力', '买买提艾力'],
    ['王 伟芳', '王伟芳'],
  ])('%j is looked up as %j', (typed, meant) => {
    expect(normaliseForIndex(typed)).toBe(meant)
  })
})

describe('the key file', () => {
  let folder: string
  let file: string
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'zhulian-keys-'))
    file = path.join(folder, 'keys', 'keyring.json')
  })
  afterAll(() => fs.rmSync(folder, { recursive: true }))

  test('is made once, for its owner’s eyes', () => {
    const first = openKeyring(file, 'aes')
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    expect(fs.readdirSync(path.dirname(file))).toEqual(['keyring.json'])
    expect(openKeyring(file, 'aes').fingerprints).toEqual(first.fingerprints)
  })

  test('that others may read is closed to them', () => {
    fs.chmodSync(file, 0o644)
    readKeyring(file)
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  })

  test('after a rotation old values open, new ones carry the new key, and lookups still find', () => {
    const before = openKeyring(file, 'aes')
    const old = fieldCrypto(before, '330111')
    const sealed = old.seal(name, 'row-1', '王伟芳')
    const after = rotateKeyring(file)
    const next = fieldCrypto(after, '330111')
    expect([before.current, after.current]).toEqual([1, 2])
    expect(next.open(name, 'row-1', sealed)).toBe('王伟芳')
    expect(next.seal(name, 'row-1', '王伟芳').readUInt16BE(1)).toBe(2)
    expect(next.blind(name, '王伟芳')).toEqual(old.blind(name, '王伟芳'))
    expect(() => old.open(name, 'row-1', next.seal(name, 'row-1', '王伟芳'))).toThrow('holds no key 2')
  })

  test('may go over to SM4 with a rotation: old values open, and lookups still find', () => {
    const old = fieldCrypto(openKeyring(file, 'aes'), '330111')
    const sealed = old.seal(name, 'row-1', '王伟芳')
    const next = fieldCrypto(rotateKeyring(file, 'sm'), '330111')
    expect(next.open(name, 'row-1', sealed)).toBe('王伟芳')
    const again = next.seal(name, 'row-1', '王伟芳')
    expect([sealed[0], again[0]]).toEqual([1, 2])
    expect(next.open(name, 'row-1', again)).toBe('王伟芳')
    expect(next.blind(name, '王伟芳')).toEqual(old.blind(name, '王伟芳'))
  })

  test('that is cut short is refused, and no new one is made in its place', () => {
    const torn = path.join(folder, 'torn.json')
    fs.writeFileSync(torn, fs.readFileSync(file, 'utf8').slice(0, 100))
    expect(() => openKeyring(torn, 'aes')).toThrow('Restore it from its backup')
    expect(fs.readFileSync(torn, 'utf8')).toHaveLength(100)
  })
})

describe('a database and its keys', () => {
  let database: FreshDatabase
  const at = new Date('2021-09-26T01:00:00Z')
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.drop())

  test('know each other again, and refuse the keys of another', async () => {
    await checkKeys(database, keyring, at)
    await checkKeys(database, keyring, at)
    await expect(checkKeys(database, passingKeyring(), at)).rejects.toThrow('does not belong to this database')
    expect(await database.sql('select name from platform.key_fingerprint order by name')).toEqual([
      { name: 'blind' },
      { name: 'seal 1' },
    ])
  })

  test('the fingerprints cannot be changed by a request', async () => {
    await expect(database.app.query(`update platform.key_fingerprint set fingerprint = ''`)).rejects.toMatchObject({
      code: '42501',
    })
    await expect(database.app.query(`delete from platform.key_fingerprint`)).rejects.toMatchObject({ code: '42501' })
  })
})
