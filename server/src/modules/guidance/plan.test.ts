import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Day } from '@zhulian/kernel'
import { readPool, shippedData } from '@zhulian/pool/files'
import { judge, openQuestions, type PolicyResult, priorsFrom, type Shares } from '@zhulian/rules'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { LoadedPool } from '../pools/index.ts'
import {
  backTo,
  birthDateOfAge,
  emptyInterview,
  factsOf,
  type Interview,
  keyOf,
  splitKey,
  type Value,
  withAnswer,
  withMembers,
} from './interview.ts'
import { bestVerdict, enoughPages, itemsOf, planInterview } from './plan.ts'
import { kindOf, valueWords, yesNo } from './question.ts'

const on = '2021-09-26' as Day
const asking = { on, district: '330111', guide: false }
let loaded: LoadedPool
beforeAll(async () => {
  const read = await readPool()
  if (!read.ok) throw new Error('the shipped pool does not compile')
  loaded = new LoadedPool('shipped', read.pool.documents)
})

const household = (ages: readonly number[]): Interview =>
  withMembers(
    emptyInterview,
    ages.map((age, i) => ({
      key: String.fromCharCode(97 + i),
      callName: i === 0 ? '我' : `家人${i}`,
      relation: i === 0 ? '02' : '20',
      birthDate: birthDateOfAge(age, on),
      sex: i % 2 ? ('male' as const) : ('female' as const),
      self: i === 0,
    })),
  )

/** Somebody who always says the same to the same question, and whom the answers to others do not move. */
const someone = (seed: number) => {
  const roll = (key: string) => {
    let h = seed
    for (const c of key) h = Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193)
    return ((h ^ (h >>> 13)) >>> 0) / 2 ** 32
  }
  return (key: string): Value => {
    const fact = loaded.fact(splitKey(key).fact)
    if (!fact) throw new Error(key)
    const r = roll(key)
    switch (kindOf(fact)) {
      case 'yesNo':
        return r < 0.3
      case 'choice':
        return fact.values?.[Math.floor(r * fact.values.length)]?.value ?? null
      case 'several':
        return (fact.values ?? []).filter((_, i) => roll(key + i) < 0.2).map(v => v.value)
      case 'number':
        return Math.floor(r * Math.min(fact.max ?? 3, 3))
      case 'money':
        return Math.floor(r * 3000)
      case 'place':
        return r < 0.8 ? '330111109203' : '330105001001'
      case 'date':
        return '2021-03-01'
      case 'list':
        return []
      default:
        return '一二三'
    }
  }
}

/** Through the pages, until the interview ends by itself. */
function through(start: Interview, says: (key: string) => Value, how = asking): Interview {
  let interview = start
  for (let i = 0; i < 60; i++) {
    const { next } = planInterview(loaded, interview, how)
    if (!next) return interview
    const about = next.options.map(o => String(o.value))
    interview =
      next.kind === 'who'
        ? withAnswer(interview, {
            key: next.key,
            value: about.filter(k => says(keyOf(next.fact, k)) === true),
            from: 'answer',
            about,
          })
        : withAnswer(interview, { key: next.key, value: says(next.key), from: 'answer' })
  }
  throw new Error('the interview does not end')
}

describe('an interview', () => {
  it('ends by itself, and what it decided stays decided when everything else is asked too', () => {
    const ages = fc.array(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(ages, fc.integer(), (others, seed) => {
        const says = someone(seed)
        const short = through(household([45, ...others.slice(1)]), says)
        expect(short.answers.length).toBeLessThanOrEqual(enoughPages)
        let facts = short
        for (let i = 0; i < 400; i++) {
          const [open] = openQuestions(loaded.pool, factsOf(facts, '330111', on), on)
          if (!open) break
          facts = withAnswer(facts, {
            key: keyOf(open.fact, open.person),
            value: says(keyOf(open.fact, open.person)),
            from: 'answer',
          })
        }
        const whole = new Map(
          [...itemsOf(loaded, judge(loaded.pool, factsOf(facts, '330111', on), on))].map(i => [i.id, i.results]),
        )
        for (const { id, results } of itemsOf(loaded, judge(loaded.pool, factsOf(short, '330111', on), on)))
          results.forEach((result: PolicyResult, i) => {
            if (result.verdict !== 'undetermined')
              expect(`${id} ${whole.get(id)?.[i]?.verdict}`).toBe(`${id} ${result.verdict}`)
          })
      }),
      { numRuns: 25 },
    )
  })

  it('asks a lone old lady far less than a form would', () => {
    const end = through(household([76]), someone(7))
    expect(end.answers.length).toBeLessThan(26)
    expect(planInterview(loaded, end, asking).saved).toBeGreaterThan(60)
  })

  it('asks less where one looks for what one is likely to get, and calls nothing it left open a no', async () => {
    const shares = JSON.parse(await readFile(path.join(shippedData, 'shares.json'), 'utf8')) as Shares
    const knowing = { ...asking, priors: priorsFrom(loaded.pool, shares, on) }
    const pages = { likely: 0, everything: 0 }
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const says = someone(seed)
      for (const depth of ['likely', 'everything'] as const) {
        const end = through({ ...household([76]), depth }, says, knowing)
        pages[depth] += end.answers.length
        const { judgement, undecided, tiles, next } = planInterview(loaded, end, knowing)
        expect(next).toBeNull()
        const open = [...itemsOf(loaded, judgement)].filter(i => bestVerdict(i.results) === 'undetermined')
        expect(undecided.improbable + undecided.others).toBe(open.length)
        expect(undecided.improbable > 0).toBe(depth === 'likely')
        const states = new Map(tiles.map(t => [t.id, t.state]))
        expect(open.every(({ id }) => states.get(id) === 'possible')).toBe(true)
        // Everything can be gone on with, and what was answered stays.
        if (depth === 'likely') {
          const whole = through({ ...end, depth: 'everything' }, says, knowing)
          expect(whole.answers.slice(0, end.answers.length)).toEqual(end.answers)
        }
      }
    }
    expect(pages.likely).toBeLessThan(0.8 * pages.everything)
  })

  it('never asks the same twice, nor of members who left', () => {
    const end = through(household([45, 12]), someone(3))
    const keys = end.answers.map(a => a.key)
    expect(new Set(keys).size).toBe(keys.length)
    const alone = withMembers(end, end.members?.filter(m => m.key === 'a') ?? [])
    expect(alone.answers.every(a => !a.key.startsWith('b:') && !a.about?.includes('b'))).toBe(true)
  })

  it('comes back to where it was after any way there and back', () => {
    const end = through(household([45, 70]), someone(11))
    const at = Math.floor(end.answers.length / 2)
    const back = backTo(end, end.answers[at]?.key)
    expect(back?.answers).toEqual(end.answers.slice(0, at))
    expect(Object.keys(back?.drafts ?? {})).toHaveLength(end.answers.length - at)
    let again = back as Interview
    for (const answer of end.answers.slice(at)) again = withAnswer(again, answer)
    expect(again.answers).toEqual(end.answers)
    expect(again.drafts).toEqual({})
  })
})

describe('a question', () => {
  it('is answered as it is asked', () => {
    expect(yesNo('家里有没有人得了大病？')[0].zh).toBe('有')
    expect(yesNo('您愿不愿意也帮帮别人？').map(w => w.zh)).toEqual(['愿意', '不愿意'])
    expect(yesNo('您需不需要轮椅？').map(w => w.zh)).toEqual(['需要', '不需要'])
    expect(yesNo('您家是不是低收入农户？').map(w => w.zh)).toEqual(['是', '不是'])
    expect(yesNo('您和家人同意核对吗？').map(w => w.zh)).toEqual(['同意', '不同意'])
  })

  it('says values as people do', () => {
    const fact = loaded.fact('household.certifiedTier')
    expect(fact && valueWords(fact, 'dibao', [], '').zh).toBe('低保')
    expect(valueWords({ type: 'money' }, 46000, [], '').zh).toBe('46,000元')
    expect(valueWords({ type: 'integer', none: true }, null, [], '').zh).toBe('没有')
  })
})
