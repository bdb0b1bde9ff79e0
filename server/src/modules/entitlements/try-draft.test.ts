import type { Day, Id } from '@zhulian/kernel'
import { compile, judgeBare, type ParameterDocument, type PolicyDocument, type PoolDocuments } from '@zhulian/rules'
import { madeUpDistrict } from '@zhulian/seed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { currentPool } from '../pools/index.ts'
import { enrolHouseholds, factsOfMany } from '../registry/index.ts'
import { actorOf, as } from '../../platform/act-as.ts'
import { lookAgain } from './registry-memory.ts'
import { howFarTried, stopTrying, tryDraft } from './try-draft.ts'

let house: House
let officer: Client
const ids: Id[] = []

beforeAll(async () => {
  house = await openHouse()
  officer = house.as('districtOfficer')
  const some = [...madeUpDistrict({ people: 1500, today: '2021-09-26' as Day })]
  const enrolled = await house.inside(ctx => enrolHouseholds(ctx, some as never))
  ids.push(...enrolled.map(e => e.id))
})
afterAll(() => house.close())

interface Draft {
  readonly id: string
  readonly version: number
  readonly document: unknown
}

async function drafted(kind: 'policy' | 'parameter' | 'service', key: string, change: (document: never) => object) {
  const begun = await officer.post('POST /drafts', { body: { kind, key } })
  return await saved(begun.body, change(begun.body.document as never))
}

async function saved(draft: Draft, document: object): Promise<Draft> {
  const answer = await officer.put('PUT /drafts/:draftId', {
    params: { draftId: draft.id },
    ifMatch: draft.version,
    body: { document },
  })
  expect(answer.problem?.detail).toBeUndefined()
  return answer.body
}

const ask = (draft: Draft, who = officer) =>
  who.post('POST /simulations/drafts/:draftId', { params: { draftId: draft.id } })
const tried = async (draft: Draft) => {
  const answer = await ask(draft)
  expect(answer.problem).toBeUndefined()
  return answer.body
}
const withdrawn = (draft: Draft) => officer.delete('DELETE /drafts/:draftId', { params: { draftId: draft.id } })

/** With one more thing that must hold, from the last period on. */
const narrowed = (more: string) => (policy: PolicyDocument) => ({
  ...policy,
  versions: policy.versions.map((version, i) =>
    i === policy.versions.length - 1 ? { ...version, condition: `${version.condition.trim()}\n&& ${more}` } : version,
  ),
})

/** Everybody one by one, by the pool in use and by the one with the draft in it. */
async function oneByOne(change: (documents: PoolDocuments) => PoolDocuments, on?: Day) {
  return await house.inside(async ctx => {
    const { pool, documents } = await currentPool(ctx)
    const compiled = compile(change(documents))
    if (!compiled.ok) throw new Error('the draft does not compile')
    const known = await factsOfMany(ctx, ids)
    return [pool, compiled.pool].map(p => known.map(h => judgeBare(p, h.facts, on ?? ctx.today)))
  })
}

type Judged = Awaited<ReturnType<typeof oneByOne>>[number]
const householdsWith = (all: Judged | undefined, policy: string) =>
  new Set(
    (all ?? []).flatMap((judgement, i) => {
      const own = judgement.policies[policy]
      const results = (Array.isArray(own) ? own : [own]) as readonly { verdict: string }[]
      return results.some(r => r.verdict === 'eligible') ? [i] : []
    }),
  )

describe('who a draft would change', () => {
  it('is counted as judging everybody one by one does, when the text of a rule is changed', async () => {
    const change = narrowed('household.size >= 2')
    const draft = await drafted('policy', 'P01', change)
    const answer = await tried(draft)
    const [before, after] = await oneByOne(documents => ({
      ...documents,
      policies: documents.policies.map(p => (p.id === 'P01' ? (change(p) as PolicyDocument) : p)),
    }))
    const [had, has] = [householdsWith(before, 'P01'), householdsWith(after, 'P01')]
    const own = answer.results[0]
    expect(own?.id).toBe('P01')
    expect(own?.lost.households).toBe(had.difference(has).size)
    expect(own?.lost.households).toBeGreaterThan(4)
    expect(own?.gained.households).toBe(0)
    expect(own?.cost.tried).toBeLessThan(own?.cost.now ?? 0)
    expect(answer.cost.now).toBeGreaterThan(0)
    expect(answer).toMatchObject({ version: draft.version, on: '2021-09-26' })
    await withdrawn(draft)
  })

  it('with a dated figure is looked at on the day from which it holds', async () => {
    const row = { from: '2022-03-01', value: 2000, provenance: ['I'] }
    const change = (figure: ParameterDocument) => ({
      ...figure,
      rows: [...figure.rows.filter(r => r.from < row.from), row],
    })
    const draft = await drafted('parameter', 'dibaoStandard', change)
    const answer = await tried(draft)
    expect(answer.on).toBe('2022-03-01')
    const [before, after] = await oneByOne(
      documents => ({
        ...documents,
        parameters: documents.parameters.map(p => (p.name === 'dibaoStandard' ? (change(p) as ParameterDocument) : p)),
      }),
      '2022-03-01' as Day,
    )
    const [had, has] = [householdsWith(before, 'P01'), householdsWith(after, 'P01')]
    const dibao = answer.results.find(r => r.id === 'P01')
    expect(dibao?.gained.households).toBe(has.difference(had).size)
    // Who had it already gets more.
    expect(dibao?.raised.households).toBeGreaterThan(4)
    expect(dibao?.lowered).toEqual({ people: 0, households: 0 })
    await withdrawn(draft)
  })

  it('is nobody while the draft says the same, and a service is counted without money', async () => {
    const same = await officer.post('POST /drafts', { body: { kind: 'policy', key: 'P11' } })
    const nothing = await tried(same.body)
    expect(nothing.results).toEqual([])
    expect(nothing.cost.now).toBe(nothing.cost.tried)
    await withdrawn(same.body)
    const draft = await drafted('service', 'S-A1', (service: { condition: string }) => ({
      ...service,
      condition: 'person.age >= 60',
    }))
    const [own] = (await tried(draft)).results
    expect(own).toMatchObject({ id: 'S-A1', cost: { now: 0, tried: 0 } })
    expect(own?.gained.people).toBeGreaterThan(4)
    await withdrawn(draft)
  })

  it('shows no count of fewer than five households, nor one that the others or the money give away', async () => {
    let draft = await drafted('policy', 'P01', narrowed('household.size >= 2'))
    const policy = draft.document as PolicyDocument
    const plain = policy.versions.at(-1)?.condition.replace(/\n&& household\.size >= 2$/, '') ?? ''
    for (const more of ['size < 8', 'size < 6', 'size < 5', 'size < 4', 'size < 3', 'size >= 2', 'size >= 4']) {
      const last = policy.versions.at(-1) as PolicyDocument['versions'][number]
      const condition = `${plain}\n&& household.${more}`
      draft = await saved(draft, { ...policy, versions: [...policy.versions.slice(0, -1), { ...last, condition }] })
      const { all, results, townships, cost } = await tried(draft)
      for (const move of ['gained', 'lost', 'opened', 'raised', 'lowered'] as const) {
        for (const row of [[all], results, townships]) {
          const sides = row.map(one => one[move])
          for (const { people, households } of sides) {
            expect(households === null || households === 0 || households >= 5).toBe(true)
            expect(people === null).toBe(households === null)
          }
        }
        const cells = townships.map(t => t[move].households)
        const sum = all[move].households
        if (sum === null || !cells.includes(null)) continue
        expect(cells.filter(n => n === null).length).toBeGreaterThan(1)
        expect(sum - cells.reduce<number>((a, n) => a + (n ?? 0), 0)).toBeGreaterThanOrEqual(sum < 10 ? sum : 10)
      }
      const few = results.length > 0 && results.every(r => r.cost.tried === null)
      if (few && all.lost.households === null) expect(cost.tried).toBeNull()
    }
    await withdrawn(draft)
  })

  it('is the same for the second person, and not asked again while nothing changes', async () => {
    const draft = await drafted('policy', 'P01', narrowed('household.size >= 2'))
    const first = await tried(draft)
    const second = await ask(draft, house.as('districtOfficer', { name: '沈科长' }))
    expect({ ...second.body, ms: 0 }).toEqual({ ...first, ms: 0 })
    const guide = await ask(draft, house.as('guide'))
    expect(guide.problem?.status).toBe(403)
    await withdrawn(draft)
    expect((await ask(draft)).problem?.code).toBe('pools.draftStepNotOpen')
  })

  it('is not counted by a rule that cannot be read, nor by one that asks a list within itself', async () => {
    const draft = await drafted('policy', 'P01', narrowed('household.sizee >= 2'))
    expect((await ask(draft)).problem).toMatchObject({ code: 'entitlements.draftNotReadable', status: 409 })
    await withdrawn(draft)
    const nested = 'household.members.exists(a, household.members.exists(b, a.age + b.age > 100))'
    const heavy = await drafted('policy', 'P01', narrowed(nested))
    expect((await ask(heavy)).problem?.code).toBe('entitlements.draftNotReadable')
    await withdrawn(heavy)
  })
  it('is read again by whoever asks next where a reading was called off', async () => {
    await house.inside(async ctx => {
      const enough = AbortSignal.abort(new Error('enough'))
      await expect(lookAgain(ctx, enough)).rejects.toThrow('enough')
      expect((await lookAgain(ctx)).loaded.id).toBe((await currentPool(ctx)).id)
    })
  })
})

describe('the counting of a draft', () => {
  it('is seen and called off by whoever counts, and by nobody else; then it is counted whole', async () => {
    const draft = await drafted('policy', 'P01', narrowed('household.size >= 4'))
    const input = { params: { draftId: draft.id } } as never
    const [me, other] = [await officer.account(), await house.as('districtOfficer').account()]
    await house.inside(async machine => {
      const actor = actorOf(machine, 'districtOfficer', me, '周建国', '330111' as never)
      await as(machine, actor, machine.now, async ctx => {
        const counted = tryDraft(ctx, input).catch((error: unknown) => error)
        // Asked in one breath: the database answers them before what the counting asks next.
        const [mine, others, stopped] = await Promise.all([
          howFarTried(ctx, input),
          howFarTried({ ...ctx, actor: { ...actor, account: other } }, input),
          stopTrying(ctx, input),
        ])
        expect(mine.counting).toMatchObject({ step: 'reading' })
        expect(others).toEqual({ counting: null })
        expect(stopped).toEqual({ stopped: true })
        expect(await counted).toMatchObject({ message: 'entitlements.countingStopped' })
        expect(await howFarTried(ctx, input)).toEqual({ counting: null })
      })
    })
    expect((await tried(draft)).version).toBe(draft.version)
    await withdrawn(draft)
  })
})
