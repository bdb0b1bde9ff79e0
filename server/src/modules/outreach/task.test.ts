import { newId } from '@zhulian/kernel'
import type { Day, Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../../test/house.ts'
import { openTask, tasksOf, type TaskToOpen } from './index.ts'
import { mayTaskStep, taskStates, taskTransitionOf, taskTransitions } from './task.ts'

const village = '330111109203'

describe('a task, by its table', () => {
  it('has a row for each step and state at most, and every state but the last is left', () => {
    const pairs = taskTransitions.flatMap(t => t.from.map(from => `${t.step} ${from}`))
    expect(new Set(pairs).size).toBe(pairs.length)
    for (const state of taskStates) expect(taskTransitions.some(t => t.from.includes(state))).toBe(true)
  })

  it.each([
    ['take', 'given', 'guide', false, true],
    ['take', 'given', 'guide', true, false],
    ['visit', 'handedOver', 'townshipClerk', true, true],
    ['giveBack', 'handedOver', 'townshipClerk', true, false],
    ['giveBack', 'handedOver', 'townshipClerk', false, true],
    ['cancel', 'given', 'guide', false, false],
    ['cancel', 'given', 'districtOfficer', false, true],
    ['visit', 'given', 'operator', false, false],
  ] as const)('%s from %s by a %s, careful %s: %s', (step, state, role, careful, may) => {
    const transition = taskTransitionOf(step, state)
    const stand = { state, holder_id: null, held_by: careful ? ('township' as const) : ('village' as const), careful }
    expect(transition && mayTaskStep(transition, stand, { role, account: 'a' as Id })).toBe(may)
  })
})

describe('the door for tasks', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  const family = async () =>
    (
      await house.as('guide').post('POST /households', {
        body: { division: village, members: [{ name: '俞建国', relation: '01' }] },
      })
    ).body.id
  const open = (task: Omit<TaskToOpen, 'origin'> & { origin?: TaskToOpen['origin'] }) =>
    house.inside(ctx => openTask(ctx, { origin: { kind: 'alert', id: newId() }, ...task }))
  const rowOf = async (id: Id) =>
    (await house.sql<Record<string, unknown>>('select * from outreach.task where id = $1', [id]))[0]

  it('a task is given to the guide of the village who has the fewest, who is told at once', async () => {
    const [one, two] = [house.as('guide', { name: '徐小英' }), house.as('guide', { name: '何美' })]
    const streams = [await one.live(), await two.live()]
    const household = await family()
    const ids = [
      await open({ kind: 'verification', household, dueOn: '2021-09-28' as Day }),
      await open({ kind: 'verification', household, dueOn: '2021-09-28' as Day }),
    ]
    const holders = await Promise.all(ids.map(async id => (await rowOf(id))?.['holder_name']))
    expect(new Set(holders).size).toBe(2)
    const told = (await Promise.all(streams.map(s => s.next('outreach.taskGiven', 1000).catch(() => undefined))))
      .filter(e => e !== undefined)
      .map(e => e.id)
    expect(ids).toEqual(expect.arrayContaining(told))
    for (const s of streams) s.close()
  })

  it('one origin has one open task, which becomes more urgent and never less', async () => {
    const household = await family()
    const origin = { kind: 'alert', id: newId() } as const
    const first = await open({ kind: 'verification', household, origin, dueOn: '2021-09-30' as Day, level: 'yellow' })
    const again = await open({ kind: 'verification', household, origin, dueOn: '2021-09-27' as Day, level: 'red' })
    const later = await open({ kind: 'verification', household, origin, dueOn: '2021-10-20' as Day, level: 'blue' })
    expect([again, later]).toEqual([first, first])
    expect(await rowOf(first)).toMatchObject({ level: 'red', due_on: '2021-09-27', version: 2 })
    expect(await house.inside(ctx => tasksOf(ctx, { kind: 'alert', ids: [origin.id] }))).toMatchObject([
      { id: first, household, state: 'given', level: 'red' },
    ])
  })

  it('a careful task goes to the township, and no guide sees it, of the village or of the township', async () => {
    const household = await family()
    const origin = { kind: 'alert', id: newId() } as const
    const why = { zh: '金丝雀：家里动手', en: 'canary' }
    const id = await open({ kind: 'verification', household, origin, dueOn: '2021-09-27' as Day, careful: true, why })
    const row = await rowOf(id)
    expect(row).toMatchObject({ held_by: 'township', division: '330111109', holder_id: null, state: 'handedOver' })
    expect(JSON.stringify(row)).not.toContain('金丝雀')
    const [visit] = await house.sql<{ n: number }>(
      'select count(*)::int as n from outreach.visit where task_id = $1 and careful',
      [id],
    )
    expect(visit?.n).toBe(1)
  })
})
