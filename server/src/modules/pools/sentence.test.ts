import { describe, expect, it } from 'vitest'
import { sentencesOf } from './sentence.ts'

const labels: Record<string, string> = {
  'household.incomePerCapitaMonthly': '人均月收入',
  'params.dibaoStandard': '低保标准',
  'household.motorVehicleCount': '车辆数',
  'household.members': '家里人',
  'person.age': '年龄',
  'person.birthDate': '出生日期',
  'person.enrolledOn': '入学日',
  'person.livingAlone': '一个人住',
  'person.leftBehind': '留守儿童',
  'household.housingCount': '住房套数',
  'person.tier': '困难类别',
  'household.lifeEvents': '家里的大事',
}
const choices: Record<string, string> = { 'person.tier dibao': '低保', 'household.lifeEvents.kind fire': '火灾' }
const dictionary = {
  labelOf: (name: string) => (labels[name] ? { zh: labels[name], en: name } : undefined),
  choiceOf: (name: string, value: string) => {
    const words = choices[`${name} ${value}`]
    return words ? { zh: words, en: value } : undefined
  },
  formOf: (name: string) => ({ type: name === 'person.birthDate' ? 'date' : 'number' }),
}
const zh = (condition: string) => sentencesOf(condition, dictionary).map(w => w.zh)

describe('a rule in sentences', () => {
  it('is one sentence for each thing that must hold', () => {
    expect(zh('household.incomePerCapitaMonthly < params.dibaoStandard\n && household.motorVehicleCount == 0')).toEqual(
      ['人均月收入低于低保标准', '车辆数是0'],
    )
  })

  it('keeps an "or" in one sentence', () => {
    expect(
      zh('(household.housingCount <= 1 || household.housingCount == 2) && household.motorVehicleCount == 0'),
    ).toEqual(['住房套数不超过1，或者住房套数是2', '车辆数是0'])
    expect(
      zh('household.motorVehicleCount == 0 || household.housingCount == 0 && household.housingCount == 1'),
    ).toHaveLength(1)
  })

  it('says of days that one is before the other', () => {
    expect(zh('person.birthDate < date("1961-09-26")')).toEqual([expect.stringMatching(/早于1961-09-26$/)])
  })

  it('says of a span from when to when it is, and of two days which is before', () => {
    expect(zh('daysBetween(person.birthDate, today) <= 90 && person.age > 3')).toEqual([
      '出生日期到今天的天数不超过90',
      '年龄高于3',
    ])
    expect(zh('household.members.exists(m, monthsBetween(m.birthDate, today) < 6)')).toEqual([
      '家里人里有一个（出生日期到今天的整月数低于6）',
    ])
    expect(zh('completedYears(date("2000-07-01"), today) > 20')).toEqual(['2000-07-01到今天的整年数高于20'])
    expect(zh('person.birthDate < person.enrolledOn')).toEqual(['出生日期早于入学日'])
    expect(sentencesOf('daysBetween(today, addMonths(person.birthDate, 216)) <= 60', dictionary)[0]?.en).toBe(
      'the days from today to the day 216 months after person.birthDate is at most 60',
    )
  })

  it('says whom a quantifier is about', () => {
    expect(zh('household.members.exists(m, m.age >= 60)')).toEqual(['家里人里有一个（年龄不低于60）'])
  })

  it('says how many there are, and that there is one, without empty brackets', () => {
    expect(zh('household.members.size() == 0')).toEqual(['家里人的个数是0'])
    expect(zh('household.housingCount == 0 && household.members.exists(m, true)')).toEqual([
      '住房套数是0',
      '家里人里至少有一个',
    ])
    expect(zh('household.members.map(m, m.age).sum() > 3')).toEqual(['家里人的（年龄）合计高于3'])
    expect(zh('household.members.filter(m, m.age > 3).size() >= 2')).toEqual(['家里人中符合（年龄高于3）的个数不低于2'])
    expect(zh('true')).toEqual(['没有别的条件'])
  })

  it('states a yes or no as one would say it', () => {
    expect(zh('!person.livingAlone && person.leftBehind')).toEqual(['不是一个人住', '是留守儿童'])
    expect(zh('person.leftBehind == false || person.age > 3')).toEqual(['不是留守儿童，或者年龄高于3'])
    expect(zh('household.members.exists(m, !m.leftBehind)')).toHaveLength(1)
  })

  it('names the choices of a fact and of a list', () => {
    expect(zh('person.tier in ["dibao", "other"]')).toEqual(['困难类别是“低保”或“other”'])
    expect(zh('person.tier in ["dibao", "other", "third"]')).toEqual(['困难类别是“低保”、“other”或“third”'])
    expect(zh('household.members.exists(m, m.tier == "dibao")')).toEqual(['家里人里有一个（困难类别是“低保”）'])
    expect(zh('household.lifeEvents.exists(e, e.kind == "fire")')).toEqual(['家里的大事里有一个（种类是“火灾”）'])
  })
})
