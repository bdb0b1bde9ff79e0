import { day, type Id } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../platform/calendar.ts'
import { caseStates, caseSteps, outcomes } from './contract.ts'
import {
  clockOf,
  clocks,
  isMain,
  nextDue,
  openStates,
  outcomeWords,
  states,
  stateWords,
  stepsOpen,
  transitionOf,
  transitions,
} from './case.ts'

const me = { account: '01900000-0000-7000-8000-00000000000a' as Id, role: 'guide' as const }
const other = { account: '01900000-0000-7000-8000-00000000000b' as Id, role: 'guide' as const }
const clerk = { account: '01900000-0000-7000-8000-00000000000c' as Id, role: 'townshipClerk' as const }
const officer = { account: '01900000-0000-7000-8000-00000000000d' as Id, role: 'districtOfficer' as const }
const calendar = calendarOf([
  {
    year: 2021,
    holidays: ['2021-10-01', '2021-10-04', '2021-10-05', '2021-10-06', '2021-10-07'].map(day),
    workdays: ['2021-09-26', '2021-10-09'].map(day),
  },
])
const stand = (
  state: (typeof states)[number],
  holder: string | null = me.account,
  held_by: 'village' | 'township' = 'village',
  consent = true,
) => ({ state, holder_id: holder, held_by, consent })
const names = (...of: Parameters<typeof stepsOpen>) => stepsOpen(...of).map(t => t.step)

describe('the life of a case', () => {
  it('has one home for its words: contract and table name the same states, steps and outcomes', () => {
    expect([...caseStates]).toEqual([...states])
    expect(new Set(transitions.map(t => t.step))).toEqual(new Set(caseSteps))
    expect(Object.keys(outcomeWords)).toEqual([...outcomes])
    expect(Object.keys(stateWords)).toEqual([...states])
  })

  it('leads from the first state to an end, and every open state has a clock and a main step', () => {
    const reached = new Set<string>(['new'])
    for (let grew = true; grew; ) {
      grew = false
      for (const t of transitions)
        if (t.to !== 'before' && t.from.some(s => reached.has(s)) && !reached.has(t.to))
          grew = Boolean(reached.add(t.to))
    }
    expect(states.filter(s => !reached.has(s))).toEqual(['withdrawn'])
    for (const state of openStates) {
      expect(clocks[state]?.days).toBeGreaterThan(0)
      expect(transitions.some(t => t.from.includes(state) && isMain(t, state))).toBe(true)
    }
  })

  it('never has two rows for one step from one state', () => {
    for (const state of states)
      for (const step of caseSteps)
        expect(transitions.filter(t => t.step === step && t.from.includes(state)).length).toBeLessThan(2)
  })

  it('lets any guide of the village take a new one, and only its holder go on', () => {
    expect(names(stand('new', null), me)).toEqual(['accept'])
    expect(names(stand('accepted'), me)).toEqual(['contact', 'visit', 'handOver', 'close'])
    expect(names(stand('accepted'), other)).toEqual([])
    expect(names(stand('visited'), me)).toContain('file')
    expect(names(stand('accepted'), me)).not.toContain('file')
  })

  it('lets the township take over and give back what was handed to it, and the officer only reopen', () => {
    expect(names(stand('handedOver', null, 'township'), clerk)).toEqual(['takeOver', 'return'])
    expect(names(stand('handedOver', null, 'township'), me)).toEqual([])
    expect(names(stand('handedOver', other.account), other)).toEqual(['takeOver'])
    expect(names(stand('new', null), officer)).toEqual([])
    expect(names(stand('closed', me.account), officer)).toEqual(['reopen'])
    expect(names(stand('new', null, 'township'), me)).toEqual([])
    expect(names(stand('new', null, 'township'), clerk)).toEqual(['accept'])
  })

  it('leaves nothing but closing once consent is gone, and nothing at all once it was taken back', () => {
    expect(names(stand('visited', me.account, 'village', false), me)).toEqual(['close'])
    for (const who of [me, clerk, officer]) expect(names(stand('withdrawn', me.account), who)).toEqual([])
  })

  it('counts in working days over a holiday', () => {
    expect(nextDue('new', day('2021-09-30'), calendar)).toBe('2021-10-08')
    expect(nextDue('accepted', day('2021-09-30'), calendar)).toBe('2021-10-09')
    expect(nextDue('closed', day('2021-09-30'), calendar)).toBeNull()
    expect(clockOf('new', day('2021-10-08'), day('2021-09-30'), calendar)).toMatchObject({ daysLeft: 1, state: 'near' })
    expect(clockOf('new', day('2021-09-30'), day('2021-10-08'), calendar)).toMatchObject({
      daysLeft: -1,
      state: 'late',
    })
    // A Saturday after a Friday.
    expect(clockOf('new', day('2021-09-24'), day('2021-09-25'), calendar)).toMatchObject({
      daysLeft: -1,
      state: 'late',
    })
    expect(clockOf('closed', null, day('2021-10-08'), calendar).state).toBe('none')
  })

  it('finds the row of a step, and none where the step is not open', () => {
    expect(transitionOf('visit', 'filed')?.to).toBe('filed')
    expect(transitionOf('accept', 'closed')).toBeUndefined()
  })
})
