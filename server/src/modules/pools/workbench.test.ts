import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Case } from '@zhulian/pool'
import type { ParameterDocument, PolicyDocument } from '@zhulian/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { finished } from '../../../test/talk.ts'
import { checkout } from '../../platform/config.ts'
import { changeInTurn, currentPool, usePool } from './current-pool.ts'
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

type Draft = Awaited<ReturnType<typeof begun>>

async function begun(kind: 'policy' | 'parameter' | 'service', key: string, from?: string) {
  const answer = await writer.post('POST /drafts', { body: { kind, key, ...(from && { from }) } })
  expect(answer.problem).toBeUndefined()
  return answer.body
}

async function saved(
  draft: { id: string; version: number },
  document: object,
  cases?: Readonly<Record<string, readonly object[]>>,
  who = writer,
) {
  const answer = await who.put('PUT /drafts/:draftId', {
    params: { draftId: draft.id },
    ifMatch: draft.version,
    body: { document, ...(cases && { cases }) },
  })
  expect(answer.problem?.detail).toBeUndefined()
  return answer.body
}

const step = <const W extends 'submit' | 'publish' | 'return' | 'check'>(
  who: Client,
  draft: { id: string },
  what: W,
  note?: string,
) =>
  who.post(`POST /drafts/:draftId/${what}`, {
    params: { draftId: draft.id },
    ...(what === 'check' ? {} : { body: note === undefined ? {} : { note } }),
  })

const withdrawn = (draft: { id: string }) => writer.delete('DELETE /drafts/:draftId', { params: { draftId: draft.id } })

const policyIn = (draft: Draft) => draft.document as unknown as PolicyDocument
const figureIn = (draft: Draft) => draft.document as unknown as ParameterDocument

/** P24, whose rule few others rest on, with one more thing that must hold from a day on. */
async function withOneMoreLine(): Promise<{ draft: Draft; next: PolicyDocument }> {
  const draft = await begun('policy', 'P24')
  const policy = policyIn(draft)
  const last = policy.versions.at(-1) as PolicyDocument['versions'][number]
  return {
    draft,
    next: {
      ...policy,
      versions: [
        ...policy.versions,
        { ...last, from: '2022-01-01', condition: `${last.condition.trim()}\n&& person.age < 60` },
      ],
    },
  }
}

const poolInUse = () => house.inside(async ctx => (await currentPool(ctx)).id)

describe('a rule in the workbench', () => {
  it('is written by one officer and put in force by another, and survives a restart', async () => {
    const resident = house.as('resident')
    const before = await finished(resident)
    const was = await poolInUse()
    const { draft, next } = await withOneMoreLine()
    expect(draft).toMatchObject({ state: 'draft', mine: true, changes: [], baseChanged: false })
    const kept = await saved(draft, next)
    // A new period shows what it changes of the one it follows, and no more.
    expect(kept.changes.map(c => c.what.zh)).toEqual(['时期', '2022-01-01起 条件'])
    expect(kept.changes.some(c => c.after?.zh.includes('年龄低于60'))).toBe(true)
    expect(kept.text.filter(l => l.sign === 'new').map(l => l.line.trim())).toContain('&& person.age < 60')
    const check = await step(writer, kept, 'check')
    expect(check.body).toMatchObject({ ready: true, problems: [], cases: { failed: [] } })
    expect(check.body.cases.ran).toBeGreaterThan(0)
    expect(check.body.reached[0]).toMatchObject({ id: 'P24' })
    expect((await step(second, kept, 'publish')).problem?.code).toBe('pools.draftStepNotOpen')
    const handed = await step(writer, kept, 'submit', '按新办法')
    expect(handed.body).toMatchObject({ state: 'submitted', may: ['return', 'withdraw'] })
    expect((await step(writer, kept, 'publish')).problem?.code).toBe('pools.secondPerson')
    const seen = await second.get('GET /drafts/:draftId', { params: { draftId: kept.id } })
    expect(seen.body).toMatchObject({ mine: false, may: ['publish', 'return', 'withdraw'], note: '按新办法' })
    const published = await step(second, kept, 'publish')
    expect(published.body.draft.state).toBe('published')
    expect(published.body.poolVersion).not.toBe(was)

    await house.inside(ctx => openPools(ctx))
    expect(await poolInUse()).toBe(published.body.poolVersion)
    const shown = await house.nobody().get('GET /policies/:policyId', { params: { policyId: 'P24' } })
    expect(shown.body.versions.at(-1)).toMatchObject({ from: '2022-01-01', inForce: false })
    expect(shown.body.versions.at(-1)?.sentences.map(s => s.zh)).toContain('年龄低于60')
    const replay = await resident.get('GET /screenings/:screeningId/replay', { params: { screeningId: before } })
    expect(replay.body).toMatchObject({ same: true, poolVersion: was })

    const history = await writer.get('GET /workbench/:kind/:key/history', { params: { kind: 'policy', key: 'P24' } })
    // What was in force before is still there to read.
    const old = await writer.get('GET /workbench/:kind/:key/history/:hash', {
      params: { kind: 'policy', key: 'P24', hash: history.body.items[1]?.hash as string },
    })
    expect(old.body.document).toEqual(draft.document)
    const foreign = await writer.get('GET /workbench/:kind/:key/history/:hash', {
      params: { kind: 'policy', key: 'P11', hash: history.body.items[1]?.hash as string },
    })
    expect(foreign.problem?.code).toBe('pools.ruleNotFound')
    expect(history.body.items).toMatchObject([
      { publisherName: '沈科长', authorName: '吴科长', note: '按新办法', inUse: true },
      { publishedAt: null, inUse: false },
    ])
    expect((await house.trail(60)).map(row => row.action)).toEqual(
      expect.arrayContaining(['pools.beginDraft', 'pools.saveDraft', 'pools.submitDraft', 'pools.publishDraft']),
    )
  })

  it('goes back to what it was, and what was in use once is in use again', async () => {
    const history = await writer.get('GET /workbench/:kind/:key/history', { params: { kind: 'policy', key: 'P24' } })
    const shipped = history.body.items.at(-1)?.hash as string
    const now = await poolInUse()
    const draft = await begun('policy', 'P24', shipped)
    await step(writer, draft, 'submit')
    const { body } = await step(second, draft, 'publish')
    expect(body.poolVersion).not.toBe(now)
    expect(await poolInUse()).toBe(body.poolVersion)
    const first = await house.sql<{ version: string }>('select version from pools.use order by turn limit 1')
    expect(first[0]?.version).toBe(body.poolVersion)
    await house.inside(ctx => openPools(ctx))
    expect(await poolInUse()).toBe(body.poolVersion)
  })

  it('stays in force while a draft has a fault, which is named with its place', async () => {
    const was = await poolInUse()
    const draft = await begun('policy', 'P24')
    const policy = policyIn(draft)
    const [first, ...rest] = policy.versions as [PolicyDocument['versions'][number], ...PolicyDocument['versions']]
    const kept = await saved(draft, {
      ...policy,
      unit: 'no-such-unit',
      versions: [
        { ...first, condition: 'person.age < 18\n&& person.agee > 3' },
        ...rest,
        { ...first, from: '2000-01-01' },
      ],
    })
    const { body } = await step(writer, kept, 'check')
    expect(body.ready).toBe(false)
    expect(body.problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'versions.0.condition', at: expect.objectContaining({ line: 2, column: 4 }) }),
        expect.objectContaining({ field: `versions.${rest.length + 1}.from` }),
        expect.objectContaining({ field: 'unit' }),
      ]),
    )
    await step(writer, kept, 'submit')
    const refused = await step(second, kept, 'publish')
    expect(refused.problem).toMatchObject({ code: 'pools.notReady', status: 409 })
    expect(await poolInUse()).toBe(was)
    const back = await step(second, kept, 'return', '单位写错了')
    expect(back.body).toMatchObject({ state: 'returned', note: '单位写错了', reviewerName: '沈科长' })
    await withdrawn(kept)
  })

  it('is refused while a worked household comes out differently, its own or of another rule, and passes when that is mended', async () => {
    const draft = await begun('parameter', 'dibaoStandard')
    const figure = figureIn(draft)
    const changed = {
      ...figure,
      rows: figure.rows.map(row => (row.from === '2025-01-01' ? { ...row, value: 1302 } : row)),
    }
    const kept = await saved(draft, changed)
    expect(kept.changes).toMatchObject([
      { what: { zh: '2025-01-01起' }, before: { zh: '1301 · S07' }, after: { zh: '1302 · S07' } },
    ])
    const { body } = await step(writer, kept, 'check')
    expect(body.problems).toEqual([])
    expect(body.reached.map(r => r.id)).toEqual(expect.arrayContaining(['P01', 'P02', 'P09']))
    expect(body.cases.ran).toBeGreaterThan(100)
    const failed = body.cases.failed.find(f => f.owner === 'P01' && f.name === 'the standard of 1301')
    expect(failed?.differences).toEqual([{ what: 'P01 amount', expected: '2403', found: '2406' }])
    await step(writer, kept, 'submit')
    expect((await step(second, kept, 'publish')).problem?.code).toBe('pools.notReady')
    await step(second, kept, 'return', '算例也要改')
    await withdrawn(kept)
  })

  it('takes along the worked households that it changes', async () => {
    const draft = await begun('policy', 'P24')
    const own = draft.ownCases as unknown as readonly Case[]
    const [first] = own as [Case]
    const wrong = {
      ...first,
      name: '一个新算例',
      expect: { P24: { [first.persons[0]?.key as string]: { verdict: 'undetermined' } } },
    }
    const kept = await saved(draft, policyIn(draft), { P24: [...own, wrong] })
    const { body } = await step(writer, kept, 'check')
    expect(body.cases.failed.map(f => [f.owner, f.index, f.name])).toEqual([['P24', own.length, '一个新算例']])
    const mended = await saved(kept, policyIn(kept), { P24: [...own, { ...first, name: '一个新算例' }] })
    await step(writer, mended, 'submit')
    expect((await step(second, mended, 'publish')).status).toBe(200)
    const shown = await house.nobody().get('GET /policies/:policyId', { params: { policyId: 'P24' } })
    expect(shown.body.casesCount).toBe(own.length + 1)
    const file = await writer.get('GET /policies/:policyId/file', {
      params: { policyId: 'P24' },
      query: { part: 'cases' },
    })
    expect(file.text).toContain('一个新算例')
    const households = await writer.get('GET /worked-households/:owner', { params: { owner: 'P24' } })
    expect(households.body.items.at(-1)).toMatchObject({ name: '一个新算例' })
  })

  it('shows what changes in papers, procedure, legal basis and notes line by line, and takes no empty line', async () => {
    const draft = await begun('policy', 'P24')
    const policy = policyIn(draft)
    const [first] = policy.procedure.steps as [PolicyDocument['procedure']['steps'][number]]
    const paper = { zh: '学生证', en: 'Student card', provenance: ['R:m'] }
    const empty = await writer.put('PUT /drafts/:draftId', {
      params: { draftId: draft.id },
      ifMatch: draft.version,
      body: { document: { ...policy, materials: [...policy.materials, { ...paper, en: '' }] } },
    })
    expect(empty.problem?.detail).toContain('材料第2条英文 格式不对：不能空着')
    const kept = await saved(draft, {
      ...policy,
      materials: [...policy.materials, paper],
      legalBasis: policy.legalBasis.slice(1),
      notes: undefined,
      procedure: {
        ...policy.procedure,
        level: 'township',
        steps: [{ ...first, workingDays: 10, provenance: ['R:m'] }],
      },
    })
    const [gone] = policy.legalBasis
    expect(kept.changes.map(c => [c.what.zh, c.before?.zh ?? null, c.after?.zh ?? null])).toEqual(
      expect.arrayContaining([
        ['材料', null, '学生证 · R:m'],
        ['依据', `${gone?.zh} · S02`, null],
        ['备注', expect.stringContaining('职业高中'), null],
        ['谁来定', '主管单位', '镇街'],
        ['办理第1步', expect.stringContaining('20个工作日'), expect.stringMatching(/10个工作日 · R:m$/)],
      ]),
    )
    expect(kept.changes).toHaveLength(5)
    // A time limit that is an example stays marked while it is the same.
    const marked = await saved(kept, {
      ...policy,
      procedure: { ...policy.procedure, steps: [{ ...first, provenance: ['R:h'] }] },
    })
    const { body } = await step(writer, marked, 'check')
    expect(body.problems).toMatchObject([{ field: 'procedure.steps.0' }])
    await withdrawn(draft)
  })

  it('reads one worked household while it is written: what is wrong at which place, and what it comes to', async () => {
    const draft = await begun('policy', 'P24')
    const [first] = draft.ownCases as unknown as [Case]
    const read = async (example: object) => {
      const answer = await writer.post('POST /drafts/:draftId/case', {
        params: { draftId: draft.id },
        body: { case: { ...example }, owner: 'P24' },
      })
      expect(answer.problem).toBeUndefined()
      return answer.body
    }
    expect(await read(first)).toEqual({ problems: [], differences: [], byDraft: true })
    const key = first.persons[0]?.key as string
    const other = await read({ ...first, expect: { P24: { [key]: { verdict: 'undetermined' } } } })
    expect(other.differences).toMatchObject([{ what: `P24 ${key} verdict`, expected: 'undetermined' }])
    const wrong = await read({
      ...first,
      household: { ...first.household, housingCount: 'two' },
      persons: [{ key, agee: 3 }],
      expect: { P99: {}, P24: { z: { verdict: 'eligible' } } },
    })
    expect(wrong.differences).toEqual([])
    expect(wrong.problems).toMatchObject([
      { place: 'household', fact: 'household.housingCount', words: { zh: expect.stringContaining('应该是数') } },
      { place: 'person', person: key, fact: 'person.agee' },
      { place: 'expect', words: { zh: '没有「P99」这项政策或服务' } },
      { place: 'expect', words: { zh: 'P24：家里没有「z」这个人' } },
    ])
    const shapeless = await read({ name: '', on: '2021-13-01', household: {}, expect: {} })
    expect(shapeless.problems.map(p => [p.fact, p.words.zh])).toEqual([
      ['name', '格式不对：不能空着'],
      ['on', '格式不对：不是日期，例如 2021-09-26'],
      ['persons', '格式不对：没有写，这里要一列（用方括号）'],
    ])
    await withdrawn(draft)
  })

  it('keeps a figure for every day that a rule needs, and the mark of an example', async () => {
    const draft = await begun('parameter', 'linshi.expenditureShare')
    const figure = figureIn(draft)
    const [row] = figure.rows as [ParameterDocument['rows'][number]]
    expect(row.provenance).toEqual(['I'])
    const kept = await saved(draft, {
      ...figure,
      rows: [
        { ...row, until: '2023-01-01', provenance: ['R:h'] },
        { ...row, from: '2024-01-01' },
      ],
    })
    const { body } = await step(writer, kept, 'check')
    expect(body.problems.map(p => p.words.zh)).toEqual([
      '2023-01-01到2024-01-01之间没有数',
      expect.stringMatching(/要用「.+」，2023-01-01到2024-01-01前没有数/),
      '这个数原来标着示例，没有写新的出处，示例要留着',
    ])
    await withdrawn(kept)
  })
})

describe('a draft', () => {
  it('is one at a time, and tells who changed it in between', async () => {
    const draft = await begun('policy', 'P11')
    const other = await second.post('POST /drafts', { body: { kind: 'policy', key: 'P11' } })
    expect(other.problem).toMatchObject({ code: 'pools.draftOpen', facts: { draft: draft.id, by: '吴科长' } })
    const theirs = await saved(
      draft,
      { ...policyIn(draft), summary: { zh: '新说明', en: 'new summary' } },
      undefined,
      second,
    )
    expect(theirs.authorName).toBe('沈科长')
    const late = await writer.put('PUT /drafts/:draftId', {
      params: { draftId: draft.id },
      ifMatch: draft.version,
      body: { document: draft.document },
    })
    expect(late.problem).toMatchObject({ code: 'pools.draftChanged', facts: { by: '沈科长', version: 2 } })
    const without = await writer.put('PUT /drafts/:draftId', {
      params: { draftId: draft.id },
      body: { document: draft.document },
    })
    expect(without.problem?.code).toBe('request.versionMissing')
    await step(writer, draft, 'submit')
    // Both wrote in it: neither may publish.
    expect((await step(second, draft, 'publish')).problem?.code).toBe('pools.secondPerson')
    expect((await step(writer, draft, 'publish')).problem?.code).toBe('pools.secondPerson')
    await withdrawn(draft)
    expect((await step(writer, draft, 'check')).problem?.code).toBe('pools.draftStepNotOpen')
  })

  it('with the wrong form is not saved, and nothing is handed on that changes nothing', async () => {
    const draft = await begun('policy', 'P11')
    expect((await step(writer, draft, 'submit')).problem?.code).toBe('pools.nothingChanged')
    const put = (document: object) =>
      writer.put('PUT /drafts/:draftId', { params: { draftId: draft.id }, ifMatch: draft.version, body: { document } })
    expect((await put({ ...draft.document, surprise: 1 })).problem).toMatchObject({
      code: 'pools.wrongForm',
      status: 422,
    })
    expect((await put({ ...draft.document, id: 'P12' })).problem?.code).toBe('pools.wrongForm')
    await withdrawn(draft)
  })

  it('that others overtook is compared anew before it goes on', async () => {
    const draft = await begun('policy', 'P11')
    await saved(draft, { ...policyIn(draft), summary: { zh: '新说明', en: 'new summary' } })
    // As another process would have published it in the meantime.
    await house.sql(`update pools.draft set based_on = 'older' where id = $1`, [draft.id])
    expect((await step(writer, draft, 'submit')).problem?.code).toBe('pools.baseChanged')
    const seen = await writer.get('GET /drafts/:draftId', { params: { draftId: draft.id } })
    expect(seen.body.baseChanged).toBe(true)
    const again = await writer.post('POST /drafts/:draftId/rest-on-current', { params: { draftId: draft.id } })
    expect(again.body).toMatchObject({ baseChanged: false, changes: [{ what: { zh: '说明' } }] })
    expect((await step(writer, draft, 'submit')).status).toBe(200)
    await withdrawn(draft)
  })

  it('cannot be published by its author even past the application', async () => {
    const draft = await begun('policy', 'P11')
    const publish = house.sql(`update pools.draft set state = 'published', reviewer = authors[1] where id = $1`, [
      draft.id,
    ])
    await expect(publish).rejects.toThrow(/second_person/)
    const forged = house.sql(
      `insert into pools.publication (district, id, turn, kind, key, hash, published_at, authors, author_name, publisher, publisher_name)
       select district, id, 999, kind, key, 'x', now(), authors, 'a', authors[1], 'a' from pools.draft where id = $1`,
      [draft.id],
    )
    await expect(forged).rejects.toThrow(/second_person/)
    for (const what of ['update', 'delete', 'truncate'])
      for (const table of ['publication', 'use'])
        expect(
          await house.sql(`select has_table_privilege('zhulian_app', 'pools.${table}', '${what}') as may`),
        ).toEqual([{ may: false }])
    await withdrawn(draft)
  })
})

describe('two publications at once', () => {
  it('do not lose one another: the later is told, and what it wanted is still a draft', async () => {
    const draft = await begun('policy', 'P11')
    const kept = await saved(draft, { ...policyIn(draft), summary: { zh: '新说明', en: 'new summary' } })
    await step(writer, kept, 'submit')
    const other = await house.inside(async ctx => {
      const { documents } = await currentPool(ctx)
      const loaded = await usePool(ctx, {
        ...documents,
        units: documents.units.map((unit, i) => (i === 0 ? { ...unit, name: { zh: '改名', en: 'renamed' } } : unit)),
      })
      const late = step(second, kept, 'publish')
      await waitUntilBlocked('transactionid')
      return { id: loaded.id, late }
    })
    expect((await other.late).problem?.code).toBe('request.conflict')
    expect(await poolInUse()).toBe(other.id)
    expect((await step(second, kept, 'publish')).status).toBe(200)
    expect(await house.inside(async ctx => (await currentPool(ctx)).documents.units[0]?.name.zh)).toBe('改名')
    await house.inside(ctx => openPools(ctx))
  })

  it('wait for one another before they look at what is in force, so the later is laid over the earlier', async () => {
    const draft = await begun('policy', 'P11')
    const kept = await saved(draft, { ...policyIn(draft), summary: { zh: '更新的说明', en: 'newer summary' } })
    await step(writer, kept, 'submit')
    const late = await house.inside(async ctx => {
      await changeInTurn(ctx)
      const asked = step(second, kept, 'publish')
      await waitUntilBlocked('advisory')
      const { documents } = await currentPool(ctx)
      await usePool(ctx, {
        ...documents,
        units: documents.units.map((unit, i) =>
          i === 0 ? { ...unit, name: { zh: '又改名', en: 'renamed again' } } : unit,
        ),
      })
      return { asked }
    })
    expect((await late.asked).status).toBe(200)
    const { documents } = await house.inside(currentPool)
    expect(documents.units[0]?.name.zh).toBe('又改名')
    expect(documents.policies.find(policy => policy.id === 'P11')?.summary.zh).toBe('更新的说明')
    await house.inside(ctx => openPools(ctx))
  })

  // The locks of all databases stand in one view, and other tests wait in theirs.
  async function waitUntilBlocked(locktype: 'transactionid' | 'advisory') {
    for (let i = 0; i < 600; i++) {
      const [row] = await house.sql<{ n: number }>(
        `select count(*)::int as n from pg_locks join pg_stat_activity using (pid)
          where not granted and locktype = '${locktype}' and datname = current_database()`,
      )
      if (row?.n) return
      await new Promise(done => setTimeout(done, 50))
    }
    throw new Error('nobody waits')
  }
})

describe('a policy file', () => {
  it('goes out and comes in again as a draft that changes nothing', async () => {
    const get = (part: string) =>
      writer.get('GET /policies/:policyId/file', { params: { policyId: 'P01' }, query: { part } })
    const [policy, cases] = [(await get('policy')).text, (await get('cases')).text]
    expect(policy).toContain('slug: dibao')
    const read = await writer.post('POST /policies/file', { body: { policy, cases } })
    expect(read.problem).toBeUndefined()
    expect(read.body).toMatchObject({ key: 'P01', changes: [] })
    expect(read.body.cases['P01']?.length).toBeGreaterThan(10)
    expect(read.body.text.every(line => line.sign === 'same')).toBe(true)
    await withdrawn(read.body)
  })

  it('of every policy and service is byte for byte the shipped one while it says what is in force, and changes nothing when it comes in', async () => {
    const data = (file: string) => readFile(path.join(checkout, 'data', file), 'utf8')
    const { documents } = await house.inside(currentPool)
    const changed = new Set(['P24', 'P11', 'P77'])
    for (const { id, slug } of documents.policies.filter(p => !changed.has(p.id))) {
      const get = (part: string) =>
        writer.get('GET /policies/:policyId/file', { params: { policyId: id }, query: { part } })
      const [policy, cases] = [(await get('policy')).text, (await get('cases')).text]
      expect(policy).toBe(await data(`policies/${slug}/policy.yaml`))
      expect(cases).toBe(await data(`policies/${slug}/cases.yaml`))
      const { body, problem } = await writer.post('POST /policies/file', { body: { policy, cases } })
      expect(problem?.detail).toBeUndefined()
      expect(body.text.some(line => line.sign !== 'same')).toBe(false)
      await withdrawn(body)
    }
    const cases = await data('services/cases.yaml')
    for (const { id, slug } of documents.services) {
      const get = (part: string) =>
        writer.get('GET /services/:serviceId/file', { params: { serviceId: id }, query: { part } })
      const service = (await get('service')).text
      expect(service).toBe(await data(`services/${slug}.yaml`))
      expect((await get('cases')).text).toBe(cases)
      const { body, problem } = await writer.post('POST /services/file', { body: { service, cases } })
      expect(problem?.detail).toBeUndefined()
      expect(body).toMatchObject({ key: id, changes: [] })
      expect(body.text.some(line => line.sign !== 'same')).toBe(false)
      await withdrawn(body)
    }
  })

  it('of a rule that was changed here says what is in force, and comes in the same', async () => {
    const draft = await begun('service', 'S-A1')
    expect(draft).toMatchObject({ casesOwner: 'services' })
    expect(draft.ownCases.some(one => 'S-A1' in (one as unknown as Case).expect)).toBe(true)
    const kept = await saved(draft, { ...draft.document, summary: { zh: '新说明', en: 'new summary' } })
    expect(kept.changes.map(c => c.what.zh)).toEqual(['说明'])
    await step(writer, kept, 'submit')
    expect((await step(second, kept, 'publish')).status).toBe(200)
    const get = () => writer.get('GET /services/:serviceId/file', { params: { serviceId: 'S-A1' } })
    const service = (await get()).text
    expect(service).toContain('新说明')
    const { body } = await writer.post('POST /services/file', { body: { service } })
    expect(body).toMatchObject({ changes: [] })
    expect(body.text.every(line => line.sign === 'same')).toBe(true)
    await withdrawn(body)
    const wrong = await writer.post('POST /services/file', { body: { service: 'id: S-A1\nname: 1' } })
    expect(wrong.problem?.detail).toContain('service.yaml')
  })

  it('of a policy that is not there yet becomes one when two have looked at it', async () => {
    const { text } = await writer.get('GET /policies/:policyId/file', { params: { policyId: 'P24' } })
    const policy = text.replace(/^id: P24/m, 'id: P77').replace(/^slug: .*/m, 'slug: new-help')
    const { body } = await writer.post('POST /policies/file', { body: { policy } })
    expect(body).toMatchObject({ key: 'P77', state: 'draft' })
    const alone = await writer.get('GET /workbench/:kind/:key', { params: { kind: 'policy', key: 'P77' } })
    expect(alone.body).toMatchObject({ document: null, draft: body.id })
    await step(writer, body, 'submit')
    expect((await step(second, body, 'publish')).status).toBe(200)
    const all = (await house.nobody().get('GET /policies')).body.items.map(p => p.id)
    expect(all.slice(all.indexOf('P40'))).toEqual(['P40', 'P77', 'J1', 'J2', 'J3', 'J4', 'J5'])
  })

  it('that cannot be read is refused with line and place', async () => {
    const bad = await writer.post('POST /policies/file', { body: { policy: 'id: P01\nname: { zh: x' } })
    expect(bad.problem?.detail).toContain('policy.yaml 2')
    const form = await writer.post('POST /policies/file', { body: { policy: 'id: P01', cases: '- name: x' } })
    expect(form.problem?.detail).toMatch(/policy\.yaml slug.*cases\.yaml 0\.on/)
  })
})

describe('reading an expression', () => {
  const read = async (text: string, scope = 'person', what = 'condition') =>
    (await writer.get('GET /workbench/reading', { query: { text, scope, what } })).body

  it('gives groups and lines, sentences, and faults at their place', async () => {
    const good = await read('household.tier in ["dibao"] && person.age < 18')
    expect(good.problems).toEqual([])
    expect(good.group).toMatchObject({ join: 'all', parts: [{ sign: 'in' }, { sign: '<', value: '18' }] })
    expect(good.sentences).toHaveLength(2)
    expect((await read('person.age < "x"')).problems).toMatchObject([{ field: 'versions.0.condition' }])
    expect((await read('person.age <')).problems[0]?.at).toMatchObject({ line: 1 })
    expect((await read('person.age < 18', 'household')).problems).toHaveLength(1)
    expect((await read('params.dibaoStandard * 2', 'person', 'amount')).problems).toEqual([])
    expect((await read('', 'person')).problems).toHaveLength(1)
  })
})

describe('when the shipped files change', () => {
  it('what was published stands, the workbench says so, and files that no longer fit leave what is in use', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'zhulian-shipped-'))
    const before = process.env['ZHULIAN_SHIPPED']
    try {
      await cp(path.join(checkout, 'data'), folder, { recursive: true })
      process.env['ZHULIAN_SHIPPED'] = folder
      const was = await poolInUse()
      const file = path.join(folder, 'policies', 'edu-senior', 'policy.yaml')
      const id = /^id: (\w+)/m.exec(await readFile(file, 'utf8'))?.[1]
      expect(id).toBe('P24')
      await writeFile(file, (await readFile(file, 'utf8')).replace(/^unit: .*/m, 'unit: civil-affairs'))
      await house.inside(ctx => openPools(ctx))
      expect(await poolInUse()).toBe(was)
      const list = await writer.get('GET /drafts')
      expect(list.body.shippedChanged).toEqual([{ kind: 'policy', key: 'P24' }])
      const rule = await writer.get('GET /workbench/:kind/:key', { params: { kind: 'policy', key: 'P24' } })
      expect(rule.body.shippedChanged).toBe(true)

      // The figure that the published rule counts with has another name in the new files.
      for (const [name, from] of [
        ['parameters.yaml', 'name: educationGrant.senior'],
        ['policies/edu-senior/policy.yaml', 'params.educationGrant.senior'],
      ] as const) {
        const at = path.join(folder, name)
        await writeFile(at, (await readFile(at, 'utf8')).replace(from, `${from}New`))
      }
      await house.inside(ctx => openPools(ctx))
      expect(await poolInUse()).toBe(was)
      expect(house.log.some(line => line.includes('pools.filesDoNotFit'))).toBe(true)
    } finally {
      if (before === undefined) delete process.env['ZHULIAN_SHIPPED']
      else process.env['ZHULIAN_SHIPPED'] = before
      await rm(folder, { recursive: true, force: true })
    }
  })
})
