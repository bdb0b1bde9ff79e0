import { describe, expect, it } from 'vitest'
import { asCsv } from './as-csv.ts'
import type { Simulated, Slider } from './reading.ts'
import { zh } from './zh.ts'

const name = { zh: '最低生活保障', en: 'Dibao, "basic"' }
const answer = {
  on: '2026-11-27',
  people: 42000,
  policies: [
    {
      id: 'P01',
      name,
      gained: { people: 40, households: 18 },
      lost: { people: null, households: null },
      opened: { people: 0, households: 0 },
      costNow: 1,
      costTried: 2,
      example: true,
      townships: [
        [40, null],
        [0, 0],
      ],
    },
  ],
  townships: [
    { code: '330111100', name: '万市镇' },
    { code: '330111006', name: '=银湖' },
  ],
  fairness: [{ age: 'child', disabled: true, people: 283, gained: null, lost: 0 }],
  budgets: [],
} as unknown as Simulated
const slider = { parameter: 'dibaoStandard', label: { zh: '低保标准', en: 'Dibao' }, value: 1301, unit: null } as Slider

describe('the table that is taken out', () => {
  const text = asCsv(answer, { dibaoStandard: 1400 }, [slider], zh, 'zh')
  it('holds what is shown, hidden counts as stars', () => {
    expect(text).toContain('低保标准,1301,1400,,')
    expect(text).toContain('最低生活保障,40,18,＊,＊,0,1,2,是')
    expect(text).toContain('万市镇,最低生活保障,40,＊')
    expect(text).not.toContain('银湖')
    expect(text.startsWith('\ufeff')).toBe(true)
  })

  it('quotes what must be, and hands a spreadsheet no formula', () => {
    expect(asCsv(answer, {}, [], zh, 'en')).toContain('"Dibao, ""basic"""')
    const moved = { ...answer, townships: [answer.townships[1], answer.townships[0]] } as Simulated
    expect(asCsv(moved, {}, [], zh, 'zh')).toContain("'=银湖")
  })
})
