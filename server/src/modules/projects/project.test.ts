import type { Day, Id } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import {
  budgetStates,
  byTurn,
  type InTurn,
  isForAnother,
  type ProjectStand,
  projectStates,
  projectStateWords,
  projectSteps,
  projectStepsOpen,
} from './project.ts'
import { projectTransitions } from './project-transitions.ts'

const [me, other] = ['me' as Id, 'other' as Id]
const roles = ['operator', 'districtOfficer']
const stand = (more: Partial<ProjectStand> = {}): ProjectStand => ({
  state: 'draft',
  budget: 'none',
  named: false,
  signed: false,
  budgetAsker: null,
  organisationNamer: null,
  evaluator: null,
  ...more,
})
const everyStand = projectStates.flatMap(state =>
  budgetStates.flatMap(budget =>
    [true, false].flatMap(named => [true, false].map(signed => stand({ state, budget, named, signed }))),
  ),
)
const steps = (at: ProjectStand, role = 'districtOfficer', account = me) =>
  projectStepsOpen(at, role, account).map(t => t.step)

describe('the life of a project', () => {
  it('is drawn in docs/projects.md from its table', async () => {
    await expect(picture()).toMatchFileSnapshot('../../../../docs/projects.md')
  })

  it('never offers a role the same step twice', () => {
    for (const at of everyStand)
      for (const role of roles) {
        const open = steps(at, role)
        expect(new Set(open).size, `${at.state} ${role}: ${open.join()}`).toBe(open.length)
      }
  })

  it('reaches every state from a draft, and from every state the archive', () => {
    const ways = projectTransitions.flatMap(t =>
      t.from.map(from => [from, t.to === 'same' ? from : t.to] as [string, string]),
    )
    const reach = (from: string) => {
      const seen = new Set([from])
      for (const at of seen) for (const [a, b] of ways) if (a === at) seen.add(b)
      return seen
    }
    expect([...reach('draft')].toSorted()).toEqual([...projectStates].toSorted())
    for (const state of projectStates) expect(reach(state).has('archived'), state).toBe(true)
    expect(projectSteps.filter(step => !projectTransitions.some(t => t.step === step))).toEqual([])
  })

  it('is for people alone: no machine and no guide takes a step', () => {
    for (const at of everyStand)
      for (const role of ['machine', 'guide', 'townshipClerk', 'provider', 'resident'])
        expect(steps(at, role), at.state).toEqual([])
  })

  it('lets nobody approve the money they asked for, sign for whom they named, or settle what they evaluated', () => {
    const asked = stand({ budget: 'asked', budgetAsker: me })
    expect(steps(asked)).not.toContain('approveBudget')
    expect(steps(asked)).not.toContain('refuseBudget')
    expect(isForAnother(asked, 'districtOfficer', me, 'approveBudget')).toBe(true)
    expect(steps(asked, 'districtOfficer', other)).toContain('approveBudget')
    const named = stand({ budget: 'approved', named: true, organisationNamer: me })
    expect([steps(named), steps(named, 'districtOfficer', other)].map(s => s.includes('sign'))).toEqual([false, true])
    const evaluated = stand({ state: 'evaluated', signed: true, evaluator: me })
    expect([steps(evaluated), steps(evaluated, 'districtOfficer', other)].map(s => s.includes('settle'))).toEqual([
      false,
      true,
    ])
  })

  it('comes to a contract only by approved money and a named organisation, and the hub alone signs nothing', () => {
    for (const at of everyStand)
      if (steps(at).includes('sign')) expect([at.budget, at.named]).toEqual(['approved', true])
    for (const at of everyStand)
      for (const step of ['approveBudget', 'sign', 'settle'])
        expect(steps(at, 'operator'), `${at.state} ${step}`).not.toContain(step)
  })

  it('waits for somebody in every state but the last', () => {
    for (const state of projectStates) expect(projectStateWords[state].within === undefined).toBe(state === 'archived')
  })
})

describe('whose turn it is', () => {
  it('is what is urgent, then the inner circle, then who said it first', () => {
    const who = (id: string, more: Partial<InTurn> = {}): InTurn => ({
      id: id as Id,
      number: id,
      urgent: false,
      circle: null,
      told_on: '2021-09-20' as Day,
      ...more,
    })
    const list = [
      who('d', { told_on: '2021-09-21' as Day }),
      who('c'),
      who('b', { circle: 1, told_on: '2021-09-22' as Day }),
      who('a', { urgent: true, told_on: '2021-09-25' as Day }),
      who('e', { circle: 2 }),
    ]
    expect(list.toSorted(byTurn).map(one => one.id)).toEqual(['a', 'b', 'e', 'c', 'd'])
  })
})

function picture(): string {
  const arrows = projectTransitions.flatMap(t =>
    t.to === 'same' ? [] : t.from.map(from => `  ${from} --> ${t.to}: ${t.words.zh}`),
  )
  const who = { hub: '运营方、区民政 hub and officers', officer: '区民政 officers' }
  const not = {
    budgetAsker: '，不能是申请预算的人 not who asked for the money',
    organisationNamer: '，不能是提名的人 not who named the organisation',
    evaluator: '，不能是评估的人 not who evaluated',
  }
  const rows = projectTransitions.map(
    t =>
      `| ${t.words.zh} ${t.words.en} | ${t.from.map(s => projectStateWords[s].words.zh).join('、')} | ${t.to === 'same' ? '不变' : projectStateWords[t.to].words.zh} | ${who[t.by]}${t.notBy ? not[t.notBy] : ''} |`,
  )
  const within = (state: (typeof projectStates)[number]) => {
    const days = projectStateWords[state].within
    return days === undefined
      ? '—'
      : days === 'period'
        ? '到项目最后一天 its last day'
        : days === 'call'
          ? '到征集截止 the end of the call'
          : `${days} 个工作日 working days`
  }
  return `# The life of a project 项目的一生

Written from \`server/src/modules/projects/project.ts\` and \`project-transitions.ts\` by their test; the days are illustrative (示例).

\`\`\`mermaid
stateDiagram-v2
  [*] --> draft
${arrows.join('\n')}
${projectStates.map(s => `  ${s}: ${projectStateWords[s].words.zh} ${projectStateWords[s].words.en}`).join('\n')}
\`\`\`

| step | from | to | who |
|---|---|---|---|
${rows.join('\n')}

| state | somebody does something within |
|---|---|
${projectStates.map(s => `| ${projectStateWords[s].words.zh} ${projectStateWords[s].words.en} | ${within(s)} |`).join('\n')}
`
}
