import { describe, expect, it } from 'vitest'
import type { Day } from '@zhulian/kernel'
import { endedStates, isOrderEnded, orderStates, orderStateWords, orderSteps, orderStepsOpen } from './order.ts'
import { orderTransitions } from './order-transitions.ts'
import { checkFrom, mayBeCertified, placementOutcome, scoreChange } from './record.ts'

const roles = ['provider', 'guide', 'townshipClerk', 'districtOfficer', 'operator', 'resident', 'machine']

describe('the life of a work order', () => {
  it('is drawn in docs/orders.md from its table', async () => {
    await expect(picture()).toMatchFileSnapshot('../../../../../docs/orders.md')
  })

  it('never offers a role the same step twice', () => {
    for (const state of orderStates)
      for (const role of roles) {
        const steps = orderStepsOpen(state, role).map(t => t.step)
        expect(new Set(steps).size, `${state} ${role}`).toBe(steps.length)
      }
  })

  it('reaches every state from the first, and from every open one an end; nothing leads out of an end', () => {
    const reach = (from: string) => {
      const seen = new Set([from])
      for (const at of seen)
        for (const t of orderTransitions) if ((t.from as readonly string[]).includes(at)) seen.add(t.to)
      return seen
    }
    expect([...reach('created')].sort()).toEqual([...orderStates].sort())
    for (const state of orderStates)
      if (isOrderEnded(state)) expect(reach(state).size, state).toBe(1)
      else
        expect(
          endedStates.some(end => reach(state).has(end)),
          state,
        ).toBe(true)
    expect(orderSteps.filter(step => !orderTransitions.some(t => t.step === step))).toEqual([])
  })

  it('who delivers neither checks nor calls off, and who checks neither begins nor finishes', () => {
    for (const state of orderStates) {
      for (const t of orderStepsOpen(state, 'provider'))
        expect(['check', 'redo', 'cancel'], state).not.toContain(t.step)
      for (const role of ['townshipClerk', 'districtOfficer', 'operator', 'guide'])
        for (const t of orderStepsOpen(state, role))
          expect(['accept', 'decline', 'begin', 'finish'], `${state} ${role}`).not.toContain(t.step)
    }
  })

  it('is declined, called off or sent to be done again only with a reason', () => {
    for (const t of orderTransitions)
      if (['decline', 'cancel', 'redo'].includes(t.step)) expect(t.asks, t.step).toContain('reason')
  })
})

describe('what a service keeps', () => {
  it('gives a certificate for four days of five, of all the days the class has', () => {
    expect(mayBeCertified(8, 10)).toBe(true)
    expect(mayBeCertified(7, 10)).toBe(false)
    expect(mayBeCertified(4, 5)).toBe(true)
    expect(mayBeCertified(0, 1)).toBe(false)
  })

  it('counts a job once it was kept in each of three months', () => {
    const kept = (...months: number[]) => months.map(month => ({ month, kept: true }))
    expect(placementOutcome([])).toBe('open')
    expect(placementOutcome(kept(1, 2))).toBe('open')
    expect(placementOutcome(kept(1, 1, 2))).toBe('open')
    expect(placementOutcome(kept(1, 2, 3))).toBe('kept')
    expect(placementOutcome([...kept(1), { month: 2, kept: false }])).toBe('lost')
    expect(checkFrom('2021-11-30' as Day, 3)).toBe('2022-02-28')
  })

  it('tells the first score, the last and what lies between', () => {
    expect(scoreChange([])).toBeUndefined()
    const score = (onDay: string, value: number) => ({ onDay: onDay as Day, score: value })
    expect(scoreChange([score('2021-09-01', 40), score('2021-09-08', 35), score('2021-09-15', 60)])).toMatchObject({
      first: { score: 40 },
      last: { score: 60 },
      change: 20,
    })
  })
})

const byWords = { provider: '承接方 provider', office: '派单方 office', checker: '核对人 checker', need: '需求 need' }

function picture(): string {
  const clock = (state: (typeof orderStates)[number]) => {
    const { by } = orderStateWords[state]
    if (by === undefined) return ''
    return by === 'startBy'
      ? '最晚开始 start by'
      : by === 'dueBy'
        ? '最晚做完 due by'
        : `${by.work} 个工作日 working days`
  }
  return `# The life of a work order 工单

From its table, \`server/src/modules/projects/orders/order-transitions.ts\`; working days are examples. The need moves with it.

\`\`\`mermaid
stateDiagram-v2
  [*] --> created
${orderTransitions.flatMap(t => t.from.map(from => `  ${from} --> ${t.to}: ${t.step}`)).join('\n')}
${endedStates.map(state => `  ${state} --> [*]`).join('\n')}
\`\`\`

| state | 状态 | within |
|---|---|---|
${orderStates.map(s => `| ${s} | ${orderStateWords[s].words.zh} | ${clock(s)} |`).join('\n')}

| step | 步骤 | from | to | by | asks | its need |
|---|---|---|---|---|---|---|
${orderTransitions
  .map(
    t =>
      `| ${t.step} | ${t.words.zh} | ${t.from.join(', ')} | ${t.to} | ${t.by.map(by => byWords[by]).join(', ')} | ${t.asks.join(', ')} | ${t.need ?? ''} |`,
  )
  .join('\n')}
`
}
