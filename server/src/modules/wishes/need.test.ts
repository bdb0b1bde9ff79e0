import { describe, expect, it } from 'vitest'
import {
  closedStates,
  isNeedClosed,
  landing,
  laneOf,
  levels,
  type NeedStand,
  needStates,
  needStateWords,
  needSteps,
  needStepsOpen,
} from './need.ts'
import { needTransitions } from './need-transitions.ts'

const roles = ['guide', 'townshipClerk', 'operator', 'districtOfficer', 'resident', 'machine']
const everyStand = needStates.flatMap(state =>
  levels.flatMap(level =>
    [true, false].flatMap(urgent => [true, false].map(careful => ({ state, level, urgent, careful }))),
  ),
)
const stand = (state: NeedStand['state'], more: Partial<NeedStand> = {}): NeedStand => ({
  state,
  level: 'village',
  urgent: false,
  careful: false,
  ...more,
})

describe('the life of a need', () => {
  it('is drawn in docs/needs.md from its table', async () => {
    await expect(picture()).toMatchFileSnapshot('../../../../docs/needs.md')
  })

  it('never offers a role the same step twice', () => {
    for (const at of everyStand)
      for (const role of roles) {
        const steps = needStepsOpen(at, role).map(t => t.step)
        expect(new Set(steps).size, `${at.state} ${at.level} ${role}: ${steps.join()}`).toBe(steps.length)
      }
  })

  it('reaches every state from the first, and from every open one an end', () => {
    const ways = needTransitions.flatMap(t =>
      t.from.flatMap(from =>
        t.to === 'before'
          ? []
          : levels.map(level => [from, landing(t, stand(from, { level }), undefined).state] as const),
      ),
    )
    const reach = (from: string) => {
      const seen = new Set([from])
      for (const at of seen) for (const [a, b] of ways) if (a === at) seen.add(b)
      return seen
    }
    expect([...reach('submitted')].sort()).toEqual([...needStates].sort())
    for (const state of needStates.filter(s => !isNeedClosed(s)))
      expect(
        closedStates.some(end => reach(state).has(end)),
        state,
      ).toBe(true)
    expect(needSteps.filter(step => !needTransitions.some(t => t.step === step))).toEqual([])
  })

  it('lets no machine end one: the clock only moves it up, or back into the pool', () => {
    for (const at of everyStand)
      for (const t of needStepsOpen(at, 'machine')) expect(['rise', 'unclaim'], at.state).toContain(t.step)
  })

  it('goes up one level at a time, and down only with a reason', () => {
    const rank = (level: string) => levels.indexOf(level as never)
    for (const at of everyStand)
      for (const role of roles)
        for (const t of needStepsOpen(at, role)) {
          const by = rank(landing(t, at, undefined).level) - rank(at.level)
          if (by > 1) expect(at.urgent || t.step === 'rise', `${at.state} ${t.step}`).toBe(true)
          if (by < 0) expect(t.asks.length > 0 || t.step === 'accept', `${at.state} ${t.step}`).toBe(true)
        }
  })

  it('never shows the village what needs care', () => {
    for (const at of everyStand.filter(s => s.careful && s.level !== 'village'))
      for (const role of roles)
        for (const t of needStepsOpen(at, role))
          expect(landing(t, at, undefined).level, `${at.state} ${t.step}`).not.toBe('village')
  })

  it('has a clock wherever it is open, and lies in one column', () => {
    for (const state of needStates) {
      expect(needStateWords[state].within === undefined, state).toBe(isNeedClosed(state))
      for (const level of levels) expect(laneOf(state, level) === null, state).toBe(isNeedClosed(state))
    }
    expect([laneOf('matched', 'village'), laneOf('matched', 'district'), laneOf('screened', 'district')]).toEqual([
      'village',
      'project',
      'district',
    ])
  })
})

function picture(): string {
  const who = {
    village: '村 village',
    township: '镇街 township',
    district: '区级 district',
    holder: '所在级 who holds it',
    officer: '区民政 officer',
    family: '家庭 family',
    claimant: '认领人 claimant',
    bureau: '部门（转介单） bureau by its slip',
    clock: '时限 clock',
    source: '撤回来源的人 who takes back what told of it',
  }
  const arrows = needTransitions.flatMap(t =>
    t.to === 'before' || t.step === 'withdraw' || t.step === 'join'
      ? []
      : t.from.flatMap(from => {
          const to = t.to === 'held' ? ['acceptedVillage', 'escalatedTownship', 'screened'] : [t.to]
          return to.map(end => `  ${from} --> ${end}: ${t.words.zh}`)
        }),
  )
  const rows = needTransitions.map(
    t =>
      `| ${t.words.zh} ${t.words.en} | ${t.from.map(s => needStateWords[s].words.zh).join('、')} | ${t.to === 'held' ? '所在级在想办法' : t.to === 'before' ? '原来的状态' : needStateWords[t.to].words.zh} | ${t.by.map(by => who[by]).join('、')}${t.only === 'urgent' ? '（急）' : t.only ? '（不涉及人身安全的）' : ''} |`,
  )
  const clocks = needStates.flatMap(s => {
    const within = needStateWords[s].within
    return within
      ? [
          `| ${needStateWords[s].words.zh} ${needStateWords[s].words.en} | ${within.days} ${within.of === 'work' ? '个工作日 working days' : '天 days'} |`,
        ]
      : []
  })
  return `# The life of a need 需求的一生

Written from \`server/src/modules/wishes/need.ts\` and \`need-transitions.ts\` by their test; the days are illustrative (示例).
Taking back and joining lead out of many states and are left out of the picture.

\`\`\`mermaid
stateDiagram-v2
  [*] --> submitted
${[...new Set(arrows)].join('\n')}
${needStates.map(s => `  ${s}: ${needStateWords[s].words.zh} ${needStateWords[s].words.en}`).join('\n')}
\`\`\`

| step | from | to | who |
|---|---|---|---|
${rows.join('\n')}

| state | somebody does something within |
|---|---|
${clocks.join('\n')}
`
}
