import type { Day, Id } from '@zhulian/kernel'
import { type CircleDocument, type ClassDocument, compile, judgeBare, type PoolDocuments } from '@zhulian/rules'
import { madeUpDistrict } from '@zhulian/seed'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { currentPool } from '../pools/index.ts'
import { enrolHouseholds, factsOfMany, recountHouseholds } from '../registry/index.ts'

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
afterEach(async () => {
  for (const { id } of (await officer.get('GET /drafts')).body.items)
    await officer.delete('DELETE /drafts/:draftId', { params: { draftId: id } })
})

async function drafted(kind: 'circle' | 'class', document: (now: never) => object) {
  const { body } = await officer.post('POST /drafts', { body: { kind, key: kind } })
  const saved = await officer.put('PUT /drafts/:draftId', {
    params: { draftId: body.id },
    ifMatch: body.version,
    body: { document: document(body.document as never) },
  })
  expect(saved.problem?.detail).toBeUndefined()
  return saved.body
}
type Draft = Awaited<ReturnType<typeof drafted>>

async function tried(draft: Draft) {
  const answer = await officer.post('POST /simulations/drafts/:draftId', { params: { draftId: draft.id } })
  expect(answer.problem).toBeUndefined()
  return answer.body
}

/** Everybody one by one, as things are and with the draft. */
async function oneByOne(change: (documents: PoolDocuments) => PoolDocuments) {
  return await house.inside(async ctx => {
    const { pool, documents } = await currentPool(ctx)
    const compiled = compile(change(documents))
    if (!compiled.ok) throw new Error('the draft does not compile')
    const known = await factsOfMany(ctx, ids)
    return known.map(h => [pool, compiled.pool].map(p => judgeBare(p, h.facts, ctx.today)))
  })
}

const place = (circle: 1 | 2 | 3 | null | undefined) =>
  circle === undefined ? 'open' : circle === null ? 'none' : String(circle)

describe('whom a draft of the circles would move', () => {
  /** The old first, so that many move in; and who is able to work a circle further out. */
  const change = ({ lines }: CircleDocument): CircleDocument => ({
    lines: [
      { circle: 1, label: { zh: '老人', en: 'Old' }, condition: 'person.age >= 60', provenance: ['I'] },
      ...lines.map(line => (line.label.zh === '有劳动能力的持证对象' ? { ...line, circle: 3 as const } : line)),
    ],
  })

  it('is counted from circle to circle as judging everybody one by one does', async () => {
    const draft = await drafted('circle', change)
    const { circle, people } = await tried(draft)
    const counts = new Map<string, { people: number; households: Set<number> }>()
    const judged = await oneByOne(documents => ({ ...documents, circle: change(documents.circle) }))
    for (const [i, [before, after]] of judged.entries())
      for (const [key, was] of Object.entries(before?.circles ?? {})) {
        const [from, to] = [place(was.circle), place(after?.circles[key]?.circle)]
        if (from === to) continue
        const own = counts.get(`${from} ${to}`) ?? { people: 0, households: new Set() }
        counts.set(`${from} ${to}`, { people: own.people + 1, households: own.households.add(i) })
      }
    expect(people).toBeGreaterThan(1000)
    expect(circle.moves.map(m => `${m.from} ${m.to}`).toSorted()).toEqual([...counts.keys()].toSorted())
    const shown = circle.moves.filter(m => m.people !== null)
    expect(shown.length).toBeGreaterThan(0)
    for (const { from, to, people: own, households } of shown)
      expect([own, households]).toEqual([
        counts.get(`${from} ${to}`)?.people,
        counts.get(`${from} ${to}`)?.households.size,
      ])
    const sum = (of: readonly string[]) => of.reduce((n, key) => n + (counts.get(key)?.people ?? 0), 0)
    expect(circle.inward.people).toBe(
      sum(['none 1', 'none 2', 'none 3', '3 1', '3 2', '2 1', 'open 1', 'open 2', 'open 3']),
    )
    expect(circle.outward.people).toBe(
      sum(['1 2', '1 3', '1 none', '2 3', '2 none', '3 none', '1 open', '2 open', '3 open']),
    )
    expect(circle.outward.people).toBeGreaterThan(4)
  })

  it('shows no count of fewer than five households, nor a single hidden one beside its sum', async () => {
    const draft = await drafted('circle', change)
    const { circle } = await tried(draft)
    const few = (cells: readonly { households: number | null; people: number | null }[]) => {
      for (const { households, people } of cells) {
        expect(households === null || households === 0 || households >= 5).toBe(true)
        expect(people === null).toBe(households === null)
      }
      return cells.filter(cell => cell.households === null).length
    }
    few([circle.inward, circle.outward])
    const inward = ['none', 'open', '3', '2', '1']
    const isInward = ({ from, to }: { from: string; to: string }) =>
      inward.indexOf(from) < inward.indexOf(to) && to !== 'open'
    for (const row of [
      circle.moves.filter(isInward),
      circle.townships.map(t => t.inward),
      circle.townships.map(t => t.outward),
    ])
      expect(few(row)).not.toBe(1)
    expect(circle.townships.length).toBeGreaterThan(5)
  })

  it('is nobody where the lines say the same in another order', async () => {
    const draft = await drafted('circle', ({ lines }: CircleDocument) => ({
      lines: [...lines.slice(0, -2), ...lines.slice(-2).toReversed()],
    }))
    const { circle, class: classes } = await tried(draft)
    expect(circle).toEqual({
      inward: { people: 0, households: 0 },
      outward: { people: 0, households: 0 },
      moves: [],
      townships: [],
    })
    expect(classes).toMatchObject({ moves: [], held: [], townships: [] })
  })
})

describe('whose class a draft would change', () => {
  const change = ({ classes, primary }: ClassDocument): ClassDocument => ({
    classes: classes.map(line =>
      line.class === 'support'
        ? { ...line, condition: `${line.condition} || household.members.exists(m, m.age >= 80)` }
        : line,
    ),
    primary: [{ class: 'support', condition: 'household.size <= 2', provenance: ['I'] }, ...primary],
  })

  it('is counted as judging everybody one by one does: which leads, and which is held', async () => {
    const draft = await drafted('class', change)
    const answer = await tried(draft)
    const judged = await oneByOne(documents => ({ ...documents, class: change(documents.class) }))
    const plan = (classes: readonly string[] | undefined) => classes?.[0] ?? 'none'
    const moved = judged.filter(([a, b]) => plan(a?.classes) !== plan(b?.classes))
    const moves = answer.class.moves.filter(m => m.households !== null)
    expect(moves.length).toBeGreaterThan(0)
    for (const { from, to, households } of moves)
      expect(households).toBe(moved.filter(([a, b]) => plan(a?.classes) === from && plan(b?.classes) === to).length)
    const gained = judged.filter(([a, b]) => !a?.classes.includes('support') && b?.classes.includes('support'))
    expect(answer.class.held.find(h => h.class === 'support')?.gained.households).toBe(gained.length)
    const differs = judged.filter(([a, b]) => a?.classes.toSorted().join() !== b?.classes.toSorted().join())
    expect(answer.class.all.households).toBe(new Set([...moved, ...differs]).size)
  })
})

describe('publishing circles', () => {
  const second = () => house.as('districtOfficer', { name: '沈科长' })
  const publish = async (draft: { id: string }) => {
    await officer.post('POST /drafts/:draftId/submit', { params: { draftId: draft.id }, body: {} })
    const answer = await second().post('POST /drafts/:draftId/publish', { params: { draftId: draft.id }, body: {} })
    expect(answer.problem).toBeUndefined()
  }
  const standing = async () =>
    (await house.sql(
      'select id, circle, judged_circle from registry.person where judged_since is not null order by id',
    )) as { id: string; circle: number | null; judged_circle: number | null }[]
  const recount = () => house.inside(ctx => recountHouseholds(ctx, ids))

  it('moves nobody by itself, and with the recount nobody enters the base or leaves it unasked', async () => {
    await recount()
    const before = await standing()
    const line = {
      circle: 1,
      label: { zh: '高龄老人', en: 'Very old' },
      condition: 'person.age >= 85',
      provenance: ['I'],
    }
    await publish(await drafted('circle', ({ lines }: CircleDocument) => ({ lines: [line, ...lines] })))
    expect(await standing()).toEqual(before)
    await recount()
    const after = new Map((await standing()).map(one => [one.id, one]))
    const inward = before.filter(one => one.circle !== 1 && after.get(one.id)?.judged_circle === 1)
    // Who stands outside is a candidate for two people to decide.
    expect(inward.some(one => one.circle === null && after.get(one.id)?.circle === null)).toBe(true)

    const history = await officer.get('GET /workbench/:kind/:key/history', {
      params: { kind: 'circle', key: 'circle' },
    })
    const from = history.body.items.at(-1)?.hash as string
    const back = await officer.post('POST /drafts', { body: { kind: 'circle', key: 'circle', from } })
    await publish(back.body)
    await recount()
    const out = await standing()
    for (const { id, circle } of out) expect(circle ?? 4).toBeLessThanOrEqual(after.get(id)?.circle ?? 4)
  })
})
