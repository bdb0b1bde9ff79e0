import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from './contract.ts'
import { divisionRange, isDivisionCode, townshipOf } from './division.ts'
import { fenOf, formatYuan, yuanOf } from './fen.ts'
import { isId, newId } from './id.ts'
import { phoneDigits } from './phone.ts'
import { Refusal, refusal } from './refusal.ts'

describe('money', () => {
  it('is whole fen', () => {
    expect(fenOf(330.6)).toBe(33060)
    expect(yuanOf(fenOf(1102))).toBe(1102)
    expect(() => fenOf(Number.POSITIVE_INFINITY)).toThrow(RangeError)
    expect([formatYuan(1806), formatYuan(330.6)]).toEqual(['1,806', '330.60'])
  })
})

describe('an id', () => {
  it('sorts by the moment it was made in', () =>
    fc.assert(
      fc.property(fc.nat(2 ** 46), fc.nat(10_000), (at, later) => {
        const [a, b] = [newId(at), newId(at + 1 + later)]
        return isId(a) && isId(b) && a < b
      }),
    ))
})

describe('a division', () => {
  it('holds exactly the codes that begin with its own', () => {
    const { lo, hi } = divisionRange('330111109')
    const inside = ['330111109', '330111109203', '330111109999']
    const outside = ['330111108999', '330111110', '330111110203', '33011110']
    expect(inside.every(c => c >= lo && c < hi)).toBe(true)
    expect(outside.some(c => c >= lo && c < hi)).toBe(false)
    expect(townshipOf('330111109203')).toBe('330111109')
    expect([isDivisionCode('330111'), isDivisionCode('3301111'), isDivisionCode('33011x')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('a telephone number', () => {
  it('is read as people write it, and only where it can be one', () => {
    for (const text of ['13800000000', '+86 138 0000-0000', '１３８００００００００', '8613800000000'])
      expect(phoneDigits(text)).toBe('13800000000')
    expect(phoneDigits('0571-6332 1234')).toBe('057163321234')
    for (const text of ['', '123', '12800000000', '138000000000', '057 1a']) expect(phoneDigits(text)).toBeUndefined()
  })
})

describe('a refusal', () => {
  const taken = refusal<{ by: string }>('wishes.taken', 409, f => ({ zh: `${f.by}已认领`, en: `taken by ${f.by}` }))
  it('carries its code, status, facts and words', () => {
    const thrown = taken({ by: '徐' })
    expect(thrown).toBeInstanceOf(Refusal)
    expect([thrown.kind.code, thrown.kind.status, thrown.facts, thrown.kind.words(thrown.facts).zh]).toEqual([
      'wishes.taken',
      409,
      { by: '徐' },
      '徐已认领',
    ])
  })
})

describe('text from outside', () => {
  it.each(['a\u0000b', '\ud800', 'x\u0007', '   ', 'x'.repeat(11)])('refuses %j', bad =>
    expect(text(1, 10).safeParse(bad).success).toBe(false),
  )
  it('keeps Chinese, line ends and emoji', () => expect(text(1, 10).parse(' 陆奶奶\n👵 ')).toBe('陆奶奶\n👵'))
})
