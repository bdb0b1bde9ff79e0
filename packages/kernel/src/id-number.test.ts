import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day } from './day.ts'
import { idCheckCharacter, maskIdNumber, maskName, maskPhone, readIdNumber } from './id-number.ts'

const on = day('2021-09-26')

describe('an identity number', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['440524188001010014', '1880-01-01', 'male'],
    ['11010519491231002x', '1949-12-31', 'female'],
    ['330111194904150001', '1949-04-15', 'female'],
    ['３３０１１１１９４９０４１５０００１', '1949-04-15', 'female'],
    ['330111 19490415 0001', '1949-04-15', 'female'],
  ])('%s says when its holder was born', (text, birthDate, sex) =>
    expect(readIdNumber(text, on)).toMatchObject({ ok: true, birthDate, sex }),
  )
  it.each([
    ['110105194912310021', 'checkDigit'],
    ['110105194902310021', 'birthDate'],
    ['11010519491231002', 'length'],
    ['110105491231002', 'length'],
    ['1101051949123100XX', 'characters'],
    ['330111203001010006', 'future'],
    ['', 'length'],
  ])('%j is refused for its %s', (text, fault) => expect(readIdNumber(text, on)).toEqual({ ok: false, fault }))

  it('shows a single wrong digit and two swapped neighbours', () => {
    const first17 = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 }).map(d => d.join(''))
    fc.assert(
      fc.property(first17, fc.nat(16), fc.integer({ min: 1, max: 9 }), (digits, at, add) => {
        const changed = (Number(digits[at]) + add) % 10
        const wrong = digits.slice(0, at) + changed + digits.slice(at + 1)
        return idCheckCharacter(wrong) !== idCheckCharacter(digits)
      }),
    )
    fc.assert(
      fc.property(first17, fc.nat(15), (digits, at) => {
        const swapped = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2)
        return swapped === digits || idCheckCharacter(swapped) !== idCheckCharacter(digits)
      }),
    )
  })
})

describe('a mask', () => {
  it('leaves too little to use', () => {
    expect(maskIdNumber('330111194904150001')).toBe('3301**********0001')
    expect(maskPhone('13800005678')).toBe('138****5678')
    expect([maskName('许'), maskName('许琴'), maskName('许小琴'), maskName('欧阳小琴')]).toEqual([
      '*',
      '许*',
      '许*琴',
      '欧**琴',
    ])
  })
})
