import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scrub, scrubbed, withoutNumbers } from './scrub.ts'

const known = { names: ['陆阿香', '陆建明'], places: ['青龙村', '青龙'] }

describe('what tells whose wish it is', () => {
  it.each([
    ['陆阿香想要助听器', '…想要助听器', ['name']],
    ['陆 阿 香想要助听器', '…想要助听器', ['name']],
    ['住在青龙村3组12号，想装扶手', '住在…，想装扶手', ['address', 'place']],
    ['打13800000000找她', '打…找她', ['phone']],
    ['电话 １３８ ００００ ００００', '电话 …', ['phone']],
    ['138-0000-0000', '…', ['phone']],
    ['0571-63300000 转 3', '… 转 3', ['phone']],
    ['身份证330111194904150001', '身份证…', ['number']],
    ['330111 19490415 000X', '…', ['number']],
    ['卡号 6222 0000 0000 0000 000', '卡号 …', ['account']],
    ['加微信：lu_axiang123', '加…', ['phone']],
    ['mail lu@example.com please', 'mail … please', ['phone']],
    ['孩子12岁，初一', '孩子…，初一', ['age']],
    ['老人八十三岁，属马', '老人…，…', ['age']],
    ['1998年生的儿子', '…的儿子', ['age']],
    ['13\u200b800\u200b000000', '…', ['phone']],
  ])('is taken out of “%s”', (text, clean, found) => {
    const got = scrub(text, known)
    expect(got.text).toBe(clean)
    expect(got.found.toSorted()).toEqual(found)
  })

  it.each([
    '想要一个助听器',
    '每周2次、每次3小时的数学辅导',
    '2021年9月起',
    '2021-09-15前',
    '想买300元的书',
    '帮打120',
  ])('is not in “%s”', text => expect(scrub(text, known)).toEqual({ text, found: [] }))

  it.each([
    ['屋顶漏了，打13800000000找陆阿香', '屋顶漏了，打…找陆阿香'],
    ['80岁，330111 19490415 000X，2021-09-15前要用', '80岁，…，2021-09-15前要用'],
    ['加微信：lu_axiang123 或 lu@example.com', '加… 或 …'],
  ])('leaves no number and no way to reach somebody in a list: “%s”', (text, clean) => {
    expect(withoutNumbers(text)).toBe(clean)
  })

  it('is not the age from which something that is done for many is meant', () => {
    expect(scrubbed('年满60周岁的老人，找陆阿香 13800000000', known.names)).toEqual({
      text: '年满60周岁的老人，找…',
      found: [
        { zh: '电话或微信号', en: 'a telephone or chat number' },
        { zh: '人名', en: 'a name' },
      ],
    })
  })

  it('never leaves eleven digits of a telephone, however they are written', () => {
    const between = fc.constantFrom('', ' ', '-', '·', '.', '\u200b')
    const asTyped = fc.constantFrom(
      (d: string) => d,
      (d: string) => String.fromCodePoint(d.charCodeAt(0) + 0xfee0),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), between, asTyped), { minLength: 10, maxLength: 10 }),
        rest => {
          const phone = `1${rest.map(([d, gap, as]) => gap + as(String(d))).join('')}`
          expect(scrub(`请打${phone}。`, known).text).not.toMatch(/\d{3}/)
        },
      ),
    )
  })

  it('is gone after one reading: a second finds nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'grapheme' }), text => {
        const once = scrub(text, known).text
        expect(scrub(once, known)).toEqual({ text: once, found: [] })
      }),
    )
  })
})
