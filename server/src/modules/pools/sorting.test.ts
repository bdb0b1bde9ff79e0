import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { CircleDocument, ClassDocument } from '@zhulian/rules'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { finished } from '../../../test/talk.ts'
import { checkout } from '../../platform/config.ts'
import { currentPool } from './current-pool.ts'
import { openPools } from './open-pools.ts'

let house: House
let writer: Client
let second: Client
beforeAll(async () => {
  house = await openHouse()
  writer = house.as('districtOfficer', { name: '吴科长' })
  second = house.as('districtOfficer', { name: '沈科长' })
})
afterAll(() => house.close())
afterEach(async () => {
  for (const { id } of (await writer.get('GET /drafts')).body.items)
    await writer.delete('DELETE /drafts/:draftId', { params: { draftId: id } })
})

type Kind = 'circle' | 'class'
async function begun(kind: Kind, from?: string) {
  const answer = await writer.post('POST /drafts', { body: { kind, key: kind, ...(from && { from }) } })
  expect(answer.problem).toBeUndefined()
  return answer.body
}
type Draft = Awaited<ReturnType<typeof begun>>

async function saved(draft: Draft, document: object, cases?: Readonly<Record<string, readonly object[]>>) {
  const answer = await writer.put('PUT /drafts/:draftId', {
    params: { draftId: draft.id },
    ifMatch: draft.version,
    body: { document, ...(cases && { cases }) },
  })
  expect(answer.problem?.detail).toBeUndefined()
  return answer.body
}

const step = <const W extends 'submit' | 'publish'>(who: Client, draft: { id: string }, what: W) =>
  who.post(`POST /drafts/:draftId/${what}`, { params: { draftId: draft.id }, body: {} })
const check = async (draft: Draft) =>
  (await writer.post('POST /drafts/:draftId/check', { params: { draftId: draft.id } })).body
const withdrawn = (draft: { id: string }) => writer.delete('DELETE /drafts/:draftId', { params: { draftId: draft.id } })
const circlesIn = (draft: Draft) => draft.document as unknown as CircleDocument
const classesIn = (draft: Draft) => draft.document as unknown as ClassDocument
const historyOf = async (kind: Kind) =>
  (await writer.get('GET /workbench/:kind/:key/history', { params: { kind, key: kind } })).body.items
const versionInUse = () => house.inside(async ctx => (await currentPool(ctx)).id)

/** People of 90 who live alone, after all that is there. */
const oneMoreLine = {
  circle: 3,
  label: { zh: '独居的高龄老人', en: 'Very old and living alone' },
  condition: 'person.age >= 90 && household.size == 1',
  provenance: ['I'],
} as const

describe('the circles in the workbench', () => {
  it('are written by one officer and put in force by another; what was judged before stays as it was', async () => {
    const resident = house.as('resident')
    const before = await finished(resident)
    const was = await versionInUse()
    const rule = await writer.get('GET /workbench/:kind/:key', { params: { kind: 'circle', key: 'circle' } })
    expect(rule.body).toMatchObject({ name: { zh: '三个圈层' }, draft: null })
    expect(rule.body.cases.length).toBeGreaterThan(10)
    const draft = await begun('circle')
    expect(draft).toMatchObject({ casesOwner: 'circles', changes: [], writtenCases: [] })
    const kept = await saved(draft, { lines: [...circlesIn(draft).lines, oneMoreLine] })
    expect(kept.changes.map(c => c.what.zh)).toEqual(['圈层：先后', '圈层：独居的高龄老人'])
    expect(kept.changes[1]?.after?.zh).toBe('第三圈 · 年龄不低于90；家庭人口是1 · I')
    const checked = await check(kept)
    expect(checked).toMatchObject({ ready: true, problems: [], cases: { failed: [] } })
    expect(checked.cases.ran).toBeGreaterThan(20)
    expect(checked.reached.map(one => one.name.zh)).toContain('三个圈层')
    await step(writer, kept, 'submit')
    expect((await step(writer, kept, 'publish')).problem?.code).toBe('pools.secondPerson')
    const published = await step(second, kept, 'publish')
    expect(published.body.draft).toMatchObject({ kind: 'circle', key: 'circle', state: 'published' })
    const { poolVersion } = published.body
    expect(poolVersion).not.toBe(was)

    await house.inside(ctx => openPools(ctx))
    expect(await versionInUse()).toBe(poolVersion)
    const replay = await resident.get('GET /screenings/:screeningId/replay', { params: { screeningId: before } })
    expect(replay.body).toMatchObject({ same: true, poolVersion: was })
    const history = await historyOf('circle')
    expect(history).toMatchObject([
      { authorName: '吴科长', publisherName: '沈科长', inUse: true },
      { publishedAt: null, inUse: false },
    ])
    const old = await writer.get('GET /workbench/:kind/:key/history/:hash', {
      params: { kind: 'circle', key: 'circle', hash: history[1]?.hash as string },
    })
    expect(old.body.document).toEqual(draft.document)
  })

  it('go back to what the file says', async () => {
    const file = (await historyOf('circle')).at(-1)?.hash as string
    const draft = await begun('circle', file)
    await step(writer, draft, 'submit')
    expect((await step(second, draft, 'publish')).status).toBe(200)
    expect((await historyOf('circle'))[0]).toMatchObject({ hash: file, inUse: true })
  })

  it('stay while a line is never reached, cannot hold, or lost the mark of an example', async () => {
    const draft = await begun('circle')
    const { lines } = circlesIn(draft)
    const never = { ...oneMoreLine, condition: 'person.poorChild && person.age < 10' }
    const dead = { ...oneMoreLine, condition: 'person.age < 18 && person.age >= 60' }
    let kept = await saved(draft, { lines: [...lines, never, dead] })
    const { ready, problems } = await check(kept)
    expect(ready).toBe(false)
    expect(problems.map(p => [p.field, p.words.zh])).toEqual(
      expect.arrayContaining([
        [`lines.${lines.length}`, '轮不到这一行：它成立的时候，前面总有一行先成立'],
        [`lines.${lines.length + 1}`, '这些条件不可能同时成立'],
      ]),
    )
    expect(problems).toHaveLength(2)
    // The mark goes with the line wherever it is moved; a source that stood there before is no new one.
    const unmarked = lines.map(line =>
      line.label.zh === '贫困儿童' ? { ...line, provenance: line.provenance?.filter(tag => tag !== 'I') } : line,
    )
    const moved = [unmarked.at(-1) as (typeof lines)[number], ...unmarked.slice(0, -1)]
    kept = await saved(kept, { lines: moved })
    expect((await check(kept)).problems).toMatchObject([{ field: 'lines.3', at: null }])
    const named = moved.map(line => (line.label.zh === '贫困儿童' ? { ...line, provenance: ['S01', 'S02'] } : line))
    kept = await saved(kept, { lines: named })
    expect((await check(kept)).problems).toEqual([])
    await withdrawn(kept)
  })

  it('are refused while a worked household comes out differently, and take along those that are changed', async () => {
    const draft = await begun('circle')
    const { lines } = circlesIn(draft)
    // Poor children move from the second circle to the first.
    const next = lines.map(line => (line.label.zh === '贫困儿童' ? { ...line, circle: 1 as const } : line))
    let kept = await saved(draft, { lines: next })
    const { ready, problems, cases } = await check(kept)
    expect({ ready, problems }).toEqual({ ready: false, problems: [] })
    expect(cases.failed.some(f => f.owner === 'circles')).toBe(true)
    await step(writer, kept, 'submit')
    const refused = await step(second, kept, 'publish')
    expect(refused.problem).toMatchObject({
      code: 'pools.notReady',
      facts: { problems: 0, cases: cases.failed.length },
    })
    await withdrawn(kept)

    const again = await begun('circle')
    const owners = [...new Set(cases.failed.map(f => f.owner))]
    const mended = await Promise.all(
      owners.map(async owner => {
        const { body } = await writer.get('GET /worked-households/:owner', { params: { owner } })
        const items = body.items.map((one, index) => {
          const failed = cases.failed.find(f => f.owner === owner && f.index === index)
          if (!failed) return one
          const expect = { ...(one['expect'] as object) } as Record<string, unknown>
          for (const { what, found } of failed.differences) expect[what] = JSON.parse(found)
          return { ...one, expect }
        })
        return [owner, items] as const
      }),
    )
    kept = await saved(again, { lines: next }, Object.fromEntries(mended))
    expect(kept.writtenCases.length).toBe(cases.failed.filter(f => f.owner === 'circles').length)
    expect(await check(kept)).toMatchObject({ ready: true })
    await withdrawn(kept)
  })
})

describe('the classes in the workbench', () => {
  it('are written and published as the circles are', async () => {
    const draft = await begun('class')
    const { classes, primary } = classesIn(draft)
    // Where somebody very old lives, support leads before all else.
    const old = 'household.members.exists(m, m.age >= 90)'
    const line = { class: 'support', condition: old, provenance: ['I'] } as const
    const kept = await saved(draft, { classes, primary: [line, ...primary] })
    expect(kept.changes.map(c => c.what.zh)).toContain('主要类别：先后')
    expect(await check(kept)).toMatchObject({ ready: true, reached: [{ id: 'class' }] })
    await step(writer, kept, 'submit')
    expect((await step(second, kept, 'publish')).body.draft).toMatchObject({ kind: 'class', state: 'published' })
    const { documents } = await house.inside(currentPool)
    expect(documents.class.primary[0]).toEqual(line)
    expect((await writer.get('GET /circles/file', { query: { part: 'class' } })).text).toContain(old)
    const back = await begun('class', (await historyOf('class')).at(-1)?.hash)
    await step(writer, back, 'submit')
    expect((await step(second, back, 'publish')).status).toBe(200)
  })

  it('stay while a line for the primary one is never reached', async () => {
    const draft = await begun('class')
    const { classes, primary } = classesIn(draft)
    const kept = await saved(draft, {
      classes,
      primary: [...primary, { class: 'prevention', condition: 'household.size > 3', provenance: ['I'] }],
    })
    expect((await check(kept)).problems.map(p => p.field)).toEqual([`primary.${primary.length}`])
    await withdrawn(kept)
  })
})

describe('the files of circles and classes', () => {
  it('go out byte for byte as they are shipped, and come in as drafts that change nothing', async () => {
    const data = (part: string) => readFile(path.join(checkout, 'data', 'circles', `${part}.yaml`), 'utf8')
    const get = async (part: string) => (await writer.get('GET /circles/file', { query: { part } })).text
    for (const part of ['circle', 'class', 'cases']) expect(await get(part)).toBe(await data(part))
    for (const kind of ['circle', 'class'] as const) {
      const { body, problem } = await writer.post('POST /circles/file', {
        body: { kind, rule: await get(kind), cases: await get('cases') },
      })
      expect(problem?.detail).toBeUndefined()
      expect(body).toMatchObject({ kind, key: kind, changes: [], writtenCases: [] })
      expect(body.cases['circles']?.length).toBeGreaterThan(10)
      expect(body.text.every(line => line.sign === 'same')).toBe(true)
      await withdrawn(body)
    }
  })

  it('that cannot be read are refused with line and place', async () => {
    const bad = await writer.post('POST /circles/file', { body: { kind: 'circle', rule: 'lines:\n  - { circle: 4 }' } })
    expect(bad.problem?.detail).toContain('circle.yaml lines')
    const other = await writer.post('POST /circles/file', { body: { kind: 'class', rule: 'lines: []' } })
    expect(other.problem?.code).toBe('pools.wrongForm')
    expect((await house.as('guide').get('GET /circles/file')).problem?.status).toBe(403)
  })
})

describe('worked households that several rules share', () => {
  it('are not lost when two drafts that wrote in them are published one after the other', async () => {
    const inUse = async () =>
      (await writer.get('GET /worked-households/:owner', { params: { owner: 'circles' } })).body.items
    const before = await inUse()
    const [circle, classes] = [await begun('circle'), await begun('class')]
    const named = (name: string) => ({ ...before[0], name })
    const [first, ...rest] = before
    const one = await saved(circle, circle.document, { circles: [...before, named('the first wrote this')] })
    // The other takes one out, and writes one.
    let other = await saved(classes, classes.document, { circles: [...rest, named('the second wrote this')] })
    await step(writer, one, 'submit')
    expect((await step(second, one, 'publish')).problem).toBeUndefined()
    other = (await writer.get('GET /drafts/:draftId', { params: { draftId: other.id } })).body
    expect(other.writtenCases.map(i => other.ownCases[i]?.['name'])).toEqual(['the second wrote this'])
    await step(writer, other, 'submit')
    expect((await step(second, other, 'publish')).problem).toBeUndefined()
    const names = (await inUse()).map(c => c['name'])
    expect(names).toEqual([...rest.map(c => c['name']), 'the first wrote this', 'the second wrote this'])
    expect(names).not.toContain(first?.['name'])
  })

  it('are not lost when what was asked for before the draft comes into force after it', async () => {
    const { items } = (await writer.get('GET /worked-households/:owner', { params: { owner: 'circles' } })).body
    const named = (name: string) => ({ ...items[0], name })
    const circle = await begun('circle')
    const one = await saved(circle, circle.document, { circles: [...items, named('asked for early')] })
    await step(writer, one, 'submit')
    house.at('2021-09-26T10:00:05+08:00')
    const classes = await begun('class')
    await saved(classes, classes.document, { circles: [...items, named('written meanwhile')] })
    house.at('2021-09-26T10:00:00+08:00')
    expect((await step(second, one, 'publish')).problem).toBeUndefined()
    const other = (await writer.get('GET /drafts/:draftId', { params: { draftId: classes.id } })).body
    expect(other.ownCases.map(c => c['name'])).toEqual(expect.arrayContaining(['asked for early', 'written meanwhile']))
  })
})
