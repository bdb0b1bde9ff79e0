import type { Day } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import { judge, type PolicyResult, type Reason } from '@zhulian/rules'
import { beforeAll, describe, expect, it } from 'vitest'
import { LoadedPool, stated } from '../pools/index.ts'
import type { Member } from './interview.ts'
import { itemsOf } from './plan.ts'
import { reasonWords } from './reason-words.ts'

const on = '2021-09-26' as Day
let loaded: LoadedPool
beforeAll(async () => {
  const read = await readPool()
  if (!read.ok) throw new Error('the shipped pool does not compile')
  loaded = new LoadedPool('shipped', read.pool.documents)
})

const herself: Member = { key: 'a', callName: '陆奶奶', relation: '02', birthDate: null, sex: 'female', self: true }
const child: Member = { key: 'b', callName: '小宝', relation: '20', birthDate: null, sex: 'male', self: false }
const members = [herself, child]
const fact = (name: string, value: unknown, test?: object): Reason =>
  ({ kind: 'fact', fact: name, person: 'b', value, tests: test ? [test] : [], from: [] }) as Reason
const zh = (reason: Reason, favours: boolean) => reasonWords(loaded, reason, members, favours).words.zh

describe('a reason', () => {
  it('states what is, and what is not, as one would say it', () => {
    expect(zh(fact('person.hasDisabilityCertificate', false), false)).toBe('小宝没有残疾人证')
    expect(zh({ ...fact('person.livingAlone', true), person: 'a' } as Reason, true)).toBe('您一个人住')
    expect(zh(fact('person.leftBehind', true), true)).toBe('小宝是留守儿童')
    expect(zh(fact('person.seriousIllness', false), false)).toBe('小宝没有得大病')
    expect(zh(fact('person.alive', true, { is: '==', than: false, holds: false }), false)).toBe('小宝健在')
    expect(stated('享受过善居工程', false)).toBe('没有享受过善居工程')
    expect(stated('五年内卖过房', false)).toBe('五年内没有卖过房')
    expect(stated('没有其他孩子', false)).toBe('有其他孩子')
    expect(stated('全家都是特困人员', false)).toBe('不是全家都是特困人员')
    expect(stated('会用智能手机', false)).toBe('不会用智能手机')
  })

  it('against a result names what would be needed, and for it what holds', () => {
    const age = (is: string, than: number, holds: boolean) => fact('person.age', 38, { is, than, holds })
    expect(zh(age('<', 18, false), false)).toBe('小宝的年龄：38岁，要低于18岁')
    expect(zh(age('>=', 60, false), false)).toBe('小宝的年龄：38岁，要达到60岁')
    expect(zh(age('>=', 16, true), true)).toBe('小宝的年龄：38岁，达到16岁')
    // Inside a "not" the test fails and speaks for the result all the same.
    expect(zh(age('<', 30, false), true)).toBe('小宝的年龄：38岁，达到30岁')
    const work = fact('person.employmentStatus', 'homemaker', { is: '==', than: 'unemployed', holds: false })
    expect(zh(work, false)).toBe('小宝现在靠什么生活：做家务、带孩子，要求“没工作，能干活”')
    const tier = fact('person.tier', ['tekun', 'dibao'], { is: '!=', than: 'none', holds: true })
    expect(zh(tier, true)).toBe('小宝的个人困难类别：特困或低保')
    expect(zh(fact('person.tier', 'none', { is: '!=', than: 'none', holds: false }), false)).toBe(
      '小宝的个人困难类别：无',
    )
  })

  it('of a place says which, not its code', () => {
    const place = (than: string, holds: boolean) => fact('person.hukouProvince', '33', { is: '==', than, holds })
    expect(zh(place('33', true), true)).toBe('小宝户口在本省')
    expect(zh(place('3301', false), false)).toBe('小宝户口不在本市')
    const kin = fact('person.relationToHead', '20', { is: '==', than: '12', holds: false })
    expect(zh(kin, false)).toBe('小宝是户主的什么人：儿子，要求妻子')
  })

  it('of any result has no code words in it', () => {
    const facts = {
      household: { hukouDivisionCode: '330111', certifiedTier: 'dibao', housingCount: 1, members: ['a', 'b'] },
      persons: [
        { key: 'a', alive: true, birthDate: '1949-07-01', sex: 'female', relationToHead: '02', livingAlone: true },
        { key: 'b', alive: true, birthDate: '2012-07-01', sex: 'male', relationToHead: '20', leftBehind: true },
      ],
    } as unknown as Parameters<typeof judge>[1]
    const said: string[] = []
    for (const { results } of itemsOf(loaded, judge(loaded.pool, facts, on)))
      for (const result of results as readonly PolicyResult[])
        for (const reason of result.reasons)
          for (const words of Object.values(
            reasonWords(loaded, reason, members, result.verdict === 'eligible').words,
          ) as string[])
            said.push(words)
    expect(said.length).toBeGreaterThan(40)
    expect(said.filter(words => /household\.|person\.|undefined|\btrue\b|\bfalse\b|是不是/.test(words))).toEqual([])
  })
})
