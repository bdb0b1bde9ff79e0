import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanIdNumber, idForm, isOneNumber, agreesWhereShown, isRoundedNumber } from './id-form.ts'
import { clean } from './clean.ts'
import { readingOf, softened } from './reading.ts'
import { editDistance, jaroWinkler } from './strings.ts'

describe('texts', () => {
  it.each([
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
    ['许琴', '许芹', 0.667],
    ['', 'a', 0],
  ])('%s and %s are alike by %d', (a, b, likeness) => expect(jaroWinkler(a, b)).toBeCloseTo(likeness, 3))

  it('are a neighbour swap, a drop, an addition or a change apart', () => {
    expect(editDistance('1952', '1925', 2)).toBe(1)
    expect(editDistance('abcd', 'abd', 2)).toBe(1)
    expect(editDistance('abcd', 'wxyz', 2)).toBe(3)
    expect(editDistance('', 'ab', 2)).toBe(2)
  })
  it('are as far apart in either order, and never further than the longer one', () => {
    const text = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', '许') })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const d = editDistance(a, b, 20)
        return d === editDistance(b, a, 20) && d <= Math.max(a.length, b.length) && (d === 0) === (a === b)
      }),
    )
  })
})

describe('a name', () => {
  it.each([
    ['单雄信', 'shan xiong xin'],
    ['仇英', 'qiu ying'],
    ['解缙', 'xie jin'],
    ['区海', 'ou hai'],
    ['查良镛', 'zha liang yong'],
    ['曾国', 'zeng guo'],
    ['尉迟恭', 'yu chi gong'],
    ['欧阳小琴', 'ou yang xiao qin'],
  ])('%s is read %s', (name, sound) => expect(readingOf(name).join(' ')).toBe(sound))
  it('sounds the same where the accent makes no difference', () => {
    expect(softened('zhang')).toBe(softened('zan'))
    expect(softened('ling')).toBe(softened('nin'))
  })
})

describe('an identity number in a file', () => {
  it.each([
    [' 330111 19490415 0001', '330111194904150001', 'valid'],
    ['３３０１１１１９４９０４１５０００１', '330111194904150001', 'valid'],
    ['11010519491231002x', '11010519491231002X', 'valid'],
    ['330111490415000', '330111490415000', 'old15'],
    ['330111********0001', '330111********0001', 'masked'],
    ['33011119490415000', '33011119490415000', 'cut17'],
    ['330111194904150002', '330111194904150002', 'invalid'],
    ['330111194902300001', '330111194902300001', 'invalid'],
  ])('%s is %s, %s', (text, cleaned, form) => {
    expect(cleanIdNumber(text)).toBe(cleaned)
    expect(idForm(cleaned)).toBe(form)
  })
  it('that a spreadsheet rounded is no number at all', () => {
    for (const text of ['3.30111E+17', '330111194904150000']) {
      expect(isRoundedNumber(text)).toBe(true)
      expect(cleanIdNumber(text)).toBe('')
    }
    expect(isRoundedNumber('330111194904150001')).toBe(false)
  })
  it('is one number in its old forms', () => {
    expect(isOneNumber('330123490415001', '330123194904150013')).toBe(true)
    const home = new Set(['330123', '330111'])
    expect(isOneNumber('330123194904150013', '33011119490415001X', home)).toBe(true)
    expect(isOneNumber('330123490415001', '33011119490415001X', home)).toBe(true)
    expect(isOneNumber('330123194904150013', '440111194904150013', home)).toBe(false)
    expect(isOneNumber('330123194904150013', '33011119490415001X')).toBe(false)
    expect(agreesWhereShown('330183********1234', '330183199001011234')).toBe(true)
    expect(agreesWhereShown('330183********1234', '330183199001011235')).toBe(false)
    expect(agreesWhereShown('33****4', '330183199001011234')).toBe(false)
  })
})

describe('a cell', () => {
  it.each([
    ['birthDate', '1949-4-5', '19490405'],
    ['birthDate', '1949年4月5日', '19490405'],
    ['birthDate', '1949/04/05 00:00:00', '19490405'],
    ['birthDate', '5/4/1949', '19490405'],
    ['birthDate', '17993', '19490405'],
    ['birthDate', '1949', '1949'],
    ['birthDate', '不详', ''],
    ['phone', '+86 138-0000-0000', '13800000000'],
    ['phone', '1.38E+10', ''],
    ['sex', '女性', '2'],
    ['name', '许 琴（户主）', '许琴'],
    ['name', 'NULL', ''],
    ['email', ' A@B.cn ', 'a@b.cn'],
  ] as const)('of %s written %s says %s', (field, text, said) => expect(clean(field, text)).toBe(said))

  it('that is clean stays as it is', () => {
    const fields = fc.constantFrom('birthDate', 'idNumber', 'phone', 'name', 'sex', 'street', 'postcode' as const)
    fc.assert(
      fc.property(
        fields,
        fc.string({ maxLength: 20 }),
        (field, text) => clean(field, clean(field, text)) === clean(field, text),
      ),
    )
  })
})
