import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { documents, poolOf, policy } from '../../test/small-pool.ts'
import { sqlOf, sqlOfAll } from '../index.ts'

const on = day('2021-09-26')
const of = (condition: string) => sqlOf(poolOf(documents([policy('P01', condition)])), 'P01', on)
const refusalOf = (condition: string) => {
  const result = of(condition)
  return result.ok
    ? undefined
    : { code: result.refusal.code, at: condition.slice(result.refusal.at.start, result.refusal.at.end) }
}

describe('a rule as SQL', () => {
  it('has its words and figures as parameters, never in the text', () => {
    const result = of(
      `household.money < 1216.5 && household.kind == "red" || household.day < date("2021-02-03") || household.kind in ["green"] || household.events.exists(e, e.kind == "fire")`,
    )
    if (!result.ok) throw new Error(result.refusal.words.en)
    for (const written of ['1216.5', 'red', 'green', 'fire', '2021-02-03', 'money', 'kind']) {
      expect(result.text.replaceAll(/"[^"]*"/g, ''), written).not.toContain(written)
      expect(JSON.stringify(result.parameters)).toContain(written)
    }
    expect(result.text).toMatch(/\$1\b/)
    expect(result.readable).toContain(`- 1216.5 <= (-0.000001)`)
    expect(result.readable).toContain(`date '2021-02-03'`)
  })

  it('writes what is to be read with every quote doubled', () => {
    const facts = documents([]).facts.map(f => (f.name === 'household.kind' ? { ...f, type: 'string' as const } : f))
    const pool = poolOf(documents([policy('P01', `household.kind == "it's '; --"`)], { facts }))
    const rule = sqlOf(poolOf(documents([policy('P01', 'household.members.exists(m, m.p)')])), 'P01', on, {
      schema: 'a"b',
    })
    expect(rule).toMatchObject({
      ok: true,
      of: 'household',
      text: expect.stringContaining('FROM "a""b".person') as string,
    })
    const result = sqlOf(pool, 'P01', on)
    if (!result.ok) throw new Error(result.refusal.words.en)
    expect(result.readable).toContain(`'it''s ''; --'`)
    expect(result.text).not.toContain('it')
  })

  it('tells words apart that look like names of its own', () => {
    const facts = documents([]).facts.map(f => (f.name === 'household.kind' ? { ...f, type: 'string' as const } : f))
    const pool = poolOf(
      documents([policy('P01', '(household.a ? household.kind == "m1" : household.kind == "m2")')], { facts }),
    )
    const result = sqlOf(pool, 'P01', on)
    if (!result.ok) throw new Error(result.refusal.words.en)
    expect(result.readable).toContain(`= 'm1'`)
    expect(result.readable).toContain(`= 'm2'`)
  })

  it.each([
    [`household.x ${'* household.x '.repeat(12)} > 0`, 'arithmetic', undefined],
    ['addMonths(household.day, household.x) > today', 'months', 'addMonths(household.day, household.x)'],
    ['addMonths(household.day, 99999) > today', 'months', 'addMonths(household.day, 99999)'],
    [
      'addMonths(household.day, household.a ? 1 : 2) > today',
      'months',
      'addMonths(household.day, household.a ? 1 : 2)',
    ],
    [`addMonths(${'addMonths('.repeat(9)}household.day${', 1200)'.repeat(9)}, 1) > today`, 'months', undefined],
    [`prefix(household.kind, household.x) == "re"`, 'prefix', 'prefix(household.kind, household.x)'],
  ])('%s is refused as %s', (condition, code, at) => {
    expect(refusalOf(condition)).toMatchObject({ code, ...(at !== undefined && { at }) })
  })

  it('that writes a text the database cannot hold is refused', () => {
    const facts = documents([]).facts.map(f => (f.name === 'household.kind' ? { ...f, type: 'string' as const } : f))
    const pool = poolOf(documents([policy('P01', `household.kind in ["a", "\u{1f600}"]`)], { facts }))
    expect(sqlOf(pool, 'P01', on)).toMatchObject({ ok: false, refusal: { code: 'text' } })
  })

  it('that nobody wrote is refused, and others beside it are not', () => {
    const pool = poolOf(
      documents([policy('P01', 'household.a'), policy('P02', 'prefix(household.kind, household.x) == "a"')]),
    )
    expect(sqlOf(pool, 'P09', on)).toMatchObject({ ok: false, refusal: { id: 'P09', code: 'unknown_rule' } })
    const all = sqlOfAll(
      pool,
      ['P02', 'P01', 'P09', 'circle/0', 'circle/7', 'household.x', 'circle/', 'circle/00', 'circle/0/1'],
      on,
    )
    expect(all.refused.map(r => [r.id, r.code])).toEqual([
      ['P02', 'prefix'],
      ['P09', 'unknown_rule'],
      ['circle/7', 'unknown_rule'],
      ['household.x', 'unknown_rule'],
      ['circle/', 'unknown_rule'],
      ['circle/00', 'unknown_rule'],
      ['circle/0/1', 'unknown_rule'],
    ])
    expect([all.household.columns, all.person.columns]).toEqual([['P01'], ['circle/0']])
    expect(all.household.text).not.toContain('left(')
  })
})
