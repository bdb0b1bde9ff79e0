import { describe, expect, it } from 'vitest'
import { figuresIn, nearestStep, readPins, readVariant, stepped, withFigure, written, writtenPins } from './variant.ts'

const known = new Set(['dibaoStandard', 'dibianMultiple', 'employmentDisregard.months'])

describe('a variant in an address', () => {
  it('comes back as it was, in whatever order the figures were moved', () => {
    const variant = { dibianMultiple: 1.8, dibaoStandard: 1216, 'employmentDisregard.months': 9 }
    expect(written(variant)).toBe('dibaoStandard-1216_dibianMultiple-1.8_employmentDisregard.months-9')
    expect(readVariant(written(variant), known)).toEqual(variant)
    expect(readPins(writtenPins([variant, { dibaoStandard: 1400 }]), known)).toEqual([variant, { dibaoStandard: 1400 }])
  })

  it('keeps what an address needs not escape', () => {
    const text = writtenPins([{ dibaoStandard: 1216.5, 'employmentDisregard.months': 9 }, { dibianMultiple: 2 }])
    expect(new URLSearchParams({ pins: text }).toString()).toBe(`pins=${text}`)
  })

  it('leaves out what is not known, is no figure, or stands there twice', () => {
    expect(readVariant('dibao-1_dibaoStandard-x_dibianMultiple--2_dibaoStandard-9999999999', known)).toEqual({})
    expect(readPins('*dibaoStandard-1*dibaoStandard-1*', known)).toEqual([{ dibaoStandard: 1 }])
    expect(readVariant('__proto__-1', known)).toEqual({})
  })

  it('is read in order also where nobody knows the figures', () => {
    expect(figuresIn('dibaoStandard-1216_x_dibianMultiple-1.8')).toEqual([
      ['dibaoStandard', 1216],
      ['dibianMultiple', 1.8],
    ])
    expect(figuresIn('')).toEqual([])
  })

  it('forgets a figure that is back at the one in force', () => {
    expect(withFigure({ dibaoStandard: 1400 }, 'dibaoStandard', 1301, 1301)).toEqual({})
  })
})

describe('a step of a slider', () => {
  it('finds back to the figure in force, which need not lie on the grid of its range', () => {
    const range = { min: 310, max: 1220 }
    expect(stepped(stepped(612, 1, 10, range), -1, 10, range)).toBe(612)
    expect(nearestStep(616, 612, 10)).toBe(612)
    expect(stepped(0.3, 1, 0.01, { min: 0.15, max: 0.6 })).toBe(0.31)
    expect(stepped(1215, 1, 10, range)).toBe(1220)
  })
})
