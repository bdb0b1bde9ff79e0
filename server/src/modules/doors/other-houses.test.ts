import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { Id } from '@zhulian/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import { signatureFor, verdictOf } from './dci/signature.ts'
import { type OtherSystem, otherSystem } from './test/other-system.ts'

const start = '2021-09-13T09:00:00+08:00'

let house: House
let other: OtherSystem
beforeAll(async () => {
  other = await otherSystem()
  house = await openHouse({ at: start, insideOrigins: [other.origin] })
})
afterAll(async () => {
  await house.close()
  await other.close()
})

interface Page {
  readonly total_items: number
  readonly total_pages: number
  readonly page_number: number
  readonly size: number
  readonly first_page: boolean
  readonly last_page: boolean
  readonly empty: boolean
  readonly contents: readonly { readonly id: string; readonly [key: string]: unknown }[]
}

describe('the directory over HTTP (HSDS 3.0)', () => {
  const ask = async (path: string) => await fetch(`${house.url}/api/hsds${path}`)
  const page = async (path: string) => (await (await ask(path)).json()) as Page

  test('says what it is, to anyone, and pages of any house may read it', async () => {
    const answer = await ask('')
    expect(await answer.json()).toMatchObject({ version: '3.0' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await fetch(`${house.url}/api/session`)).headers.has('access-control-allow-origin')).toBe(false)
  })

  test('comes page by page, and a page past the end is empty', async () => {
    const first = await page('/services?per_page=7')
    expect(first).toMatchObject({ page_number: 1, size: 7, first_page: true, last_page: false, empty: false })
    const ids: string[] = []
    for (let n = 1; n <= first.total_pages; n++)
      ids.push(...(await page(`/services?per_page=7&page=${n}`)).contents.map(one => one.id))
    expect(new Set(ids).size).toBe(first.total_items)
    expect(ids).toHaveLength(first.total_items)
    const past = await page(`/services?per_page=7&page=${first.total_pages + 1}`)
    expect(past).toMatchObject({ size: 0, last_page: true, empty: true, contents: [] })
    expect((await ask('/services?page=0')).status).toBe(400)
    expect((await ask('/services?per_page=101')).status).toBe(400)
    expect((await ask('/services?nearby=1')).status).toBe(400)
  })

  test('a list has one-to-one fields, all of them when asked, or ids alone on one page', async () => {
    const bare = await page('/services')
    expect(bare.contents[0]).toHaveProperty('organization')
    expect(bare.contents[0]).not.toHaveProperty('attributes')
    expect((await page('/services?full=true')).contents[0]).toHaveProperty('attributes')
    const minimal = await page('/services?minimal=true&per_page=1')
    expect(minimal.size).toBe(bare.total_items)
    expect(Object.keys(minimal.contents[0] ?? {})).toEqual(['id', 'modified_date'])
  })

  test('can be searched, and narrowed by organisation, term and time', async () => {
    const found = await page(`/services?search=${encodeURIComponent('送餐')}`)
    expect(found.total_items).toBe(1)
    const one = (await (await ask(`/services/${found.contents[0]?.id}`)).json()) as {
      organization_id: string
      last_modified: string
      attributes: { taxonomy_term_id: string }[]
    }
    const term = one.attributes[0]?.taxonomy_term_id ?? ''
    expect((await page(`/services?taxonomy_term_id=${term}`)).total_items).toBe(5)
    const of = await page(`/services?organization_id=${one.organization_id}&full=true`)
    expect(of.contents.every(s => s['organization_id'] === one.organization_id)).toBe(true)
    const at = encodeURIComponent(one.last_modified)
    expect((await page(`/services?modified_after=${at}`)).empty).toBe(false)
    expect((await page('/services?modified_after=2099-01-01')).empty).toBe(true)
    const organisation = (await (await ask(`/organizations/${one.organization_id}`)).json()) as { services: unknown[] }
    expect(organisation.services).toHaveLength(of.total_items)
    expect((await page('/taxonomy_terms?top_only=true')).total_items).toBe(10)
  })

  test('names the seven hubs as places, by postcode, and an organisation as long as its contract holds', async () => {
    const places = await page('/service_at_locations?postcode=311400&per_page=100')
    expect(new Set(places.contents.map(one => one['location_id'])).size).toBe(7)
    expect((await page('/service_at_locations?postcode=310000')).empty).toBe(true)
    const before = (await page('/organizations')).total_items
    const id = '01900000-0000-7000-8000-0000000000aa'
    const officer = '01900000-0000-7000-8000-0000000000ab'
    await house.sql(
      `insert into organisations.organisation (district, id, kind, name, seat, purpose, stage, shown, added_on, added_at, added_by, added_name)
       values ('330111', $1, 'socialOrganisation', '示例社工站', '330111116', '示例', 'mature', true, '2021-01-01', '2021-01-01', $2, '示例')`,
      [id, officer],
    )
    await house.sql(
      `insert into organisations.capacity (district, organisation_id, service, places, area, set_at, set_by, set_name)
       values ('330111', $1, 'S-B2', 5, '{330111116}', '2021-09-01', $2, '示例')`,
      [id, officer],
    )
    expect((await page('/organizations')).total_items).toBe(before)
    await house.sql(
      `insert into organisations.contract (district, id, organisation_id, kind, subject, amount_fen, from_on, until_on, written_at, written_by,
         written_name, signed_at, signed_by, signed_name)
       values ('330111', $1, $1, 'services', '示例', 0, '2021-01-01', '2021-09-13', '2021-01-01', $2, '示例', '2021-01-01', $1, '示例')`,
      [id, officer],
    )
    expect((await page(`/services?organization_id=${id}`)).contents.map(one => one['name'])).toEqual(['心理疏导'])
    expect((await page(`/service_at_locations?organization_id=${id}`)).total_items).toBe(1)
    house.at('2021-09-14T09:00:00+08:00')
    expect((await page('/organizations')).total_items).toBe(before)
    house.at(start)
  })

  test('what is not there is said to be not there', async () => {
    for (const path of ['services', 'organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms'])
      expect((await ask(`/${path}/01900000-0000-7000-8000-000000000000`)).status).toBe(404)
    expect((await ask('/service_at_locations?proximity=500')).status).toBe(400)
  })
})

describe('the search of the registry over HTTP (DCI Social Registry 1.0.0)', () => {
  const village = '330111109203'
  const grandmother = '330111194605016021'
  const keys = generateKeyPairSync('ed25519')
  const own = { kid: 'key-1', privatePem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string }
  let admin: Client
  let family: Id
  let far: Id
  /** Signs nothing, may hear everything. */
  let open: Partner
  /** Signs, and may hear next to nothing, of one township. */
  let strict: Partner

  interface Partner {
    readonly id: string
    readonly clientId: string
    readonly clientSecret: string
    readonly token: string
  }

  beforeAll(async () => {
    admin = house.as('admin')
    const clerk = house.as('districtOfficer')
    const register = async (division: string, members: readonly object[]) => {
      const added = await clerk.post('POST /households', { body: { division, members } })
      expect(added.problem).toBeUndefined()
      return added.body.id
    }
    family = await register(village, [
      { name: '陆阿香', relation: '02', idNumber: grandmother },
      { name: '陆小明', relation: '20', birthDate: '2012-05-01' },
    ])
    far = await register('330111001003', [{ name: '周建国', relation: '02', birthDate: '1970-01-01' }])
    open = await letIn({ senderId: 'spmis.example', callback: other.origin })
    strict = await letIn({
      senderId: 'strict.example',
      jwk: { ...(keys.publicKey.export({ format: 'jwk' }) as Record<string, string>), kid: own.kid },
      scope: '330111109',
      basis: 'consent',
      fields: [],
    })
  })

  async function letIn(said: object): Promise<Partner> {
    const made = await admin.post('POST /partners', {
      body: {
        name: '社会保障平台',
        jwk: null,
        callback: null,
        scope: '330111',
        purpose: 'benefit-check',
        basis: 'law',
        basisWords: '示例：部门间数据共享协议',
        fields: ['circle', 'tier', 'head', 'members'],
        mostRecords: 20,
        perMinute: 600,
        untilOn: '2021-12-31',
        ...said,
      },
    })
    expect(made.text).not.toContain('"code"')
    const { id, clientId, clientSecret } = made.body
    const token = (await tokenFor(clientId, clientSecret)).body['access_token'] as string
    return { id, clientId, clientSecret, token }
  }

  async function tokenFor(id: string, secret: string) {
    const answer = await fetch(`${house.url}/api/dci/oauth2/client/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  const now = () => house.app.installation.clock.now().toISOString()

  const headerOf = (from: Partner, action: string, more: object = {}) => ({
    version: '1.0.0',
    message_id: randomUUID(),
    message_ts: now(),
    action,
    sender_id: from.clientId,
    receiver_id: 'registry.fuyang',
    total_count: 1,
    ...more,
  })
  const itemOf = (criteria: object, more: object = {}) => ({
    reference_id: randomUUID(),
    timestamp: now(),
    search_criteria: criteria,
    ...more,
  })
  const byNumber = (value: string) => ({ query_type: 'idtype-value', query: { type: 'UIN', value } })

  async function send(from: Partner | undefined, path: string, body: object) {
    const answer = await fetch(`${house.url}/api/dci/registry/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(from ? { authorization: `Bearer ${from.token}` } : {}),
      },
      body: JSON.stringify(body),
    })
    return { status: answer.status, type: answer.headers.get('content-type'), body: (await answer.json()) as Loose }
  }
  const envelope = (from: Partner, items: readonly object[], header: object = {}) => ({
    signature: 'unsigned',
    header: headerOf(from, 'search', { total_count: items.length, ...header }),
    message: { transaction_id: randomUUID(), search_request: items },
  })
  const ask = async (from: Partner, ...items: readonly object[]) =>
    (await send(from, 'sync/search', envelope(from, items))).body.message.search_response as Loose[]

  test('finds a household by number, tells no more than was agreed, and never names a child', async () => {
    const [answer] = await ask(open, itemOf(byNumber(grandmother), { locale: 'zho' }))
    expect(answer).toMatchObject({ status: 'succ', locale: 'zho', pagination: { page_number: 1, total_count: 1 } })
    const [record] = answer.data.reg_records
    expect(record.group_identifier[0]).toMatchObject({ identifier_type: 'HOUSEHOLD_ID' })
    expect(record).toMatchObject({ group_size: 2, place: { address: '常绿镇' } })
    expect(record.group_head_info.demographic_info.name.given_name).toBe('陆阿香')
    expect(record.member_list).toHaveLength(1)
    expect(JSON.stringify(answer)).not.toContain('陆小明')
    expect(JSON.stringify(answer)).not.toContain(grandmother)
    const bare = await signedAsk(
      strict,
      itemOf({ ...byNumber(grandmother), consent: { purpose: { code: 'benefit-check' } } }),
    )
    expect(Object.keys(bare[0].data.reg_records[0])).toEqual([
      '@context',
      '@type',
      'group_identifier',
      'group_type',
      'place',
      'group_size',
      'registration_date',
      'last_updated',
    ])
  })

  const signedAsk = async (from: Partner, ...items: readonly object[]) => {
    const { header, message } = envelope(from, items)
    const signature = signatureFor({ header, message }, own, from.clientId, new Date(now()))
    return (await send(from, 'sync/search', { signature, header, message })).body.message.search_response as Loose[]
  }

  test('who is not known, lives out of reach, or has no such number looks the same', async () => {
    const consent = { consent: { purpose: { code: 'benefit-check' } } }
    const ofFar = { query_type: 'idtype-value', query: { type: 'HOUSEHOLD_ID', value: far }, ...consent }
    const answers = await signedAsk(
      strict,
      itemOf({ ...byNumber('330111194904150001'), ...consent }),
      itemOf({ ...byNumber('TEST-001'), ...consent }),
      itemOf(ofFar),
    )
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'succ', data: { reg_records: [] }, pagination: { total_count: 0 } })
    const here = await ask(open, itemOf({ ...ofFar, consent: undefined }))
    expect(here[0].data.reg_records).toHaveLength(1)
  })

  test('takes expressions and predicates, page by page in the order asked for, and says what it cannot take', async () => {
    const small = { $and: [{ group_size: { $lt: 5 } }, { location: { $eq: '常绿镇' } }] }
    const expression = {
      query_type: 'expression',
      query: { type: 'ns', value: { expression: { collection: 'Group', query: small } } },
    }
    const predicate = {
      query_type: 'predicate',
      query: [
        {
          seq_num: 1,
          expression1: { attribute_name: 'age', operator: 'gt', attribute_value: '70' },
          condition: 'and',
          expression2: { attribute_name: 'group_size', operator: 'ge', attribute_value: 2 },
        },
      ],
    }
    const everybody = {
      query_type: 'expression',
      query: { value: { expression: { query: { group_size: { $gt: 0 } } } } },
    }
    const sort = [{ attribute_name: 'group_size', sort_order: 'desc' }]
    const [byExpression, byPredicate, first, second, unknown, unsorted] = await ask(
      open,
      itemOf(expression),
      itemOf(predicate),
      itemOf({ ...everybody, sort, pagination: { page_size: 1, page_number: 1 } }),
      itemOf({ ...everybody, sort, pagination: { page_size: 1, page_number: 2 } }),
      itemOf({ query_type: 'expression', query: { value: { expression: { query: { id_number: grandmother } } } } }),
      itemOf({ ...everybody, sort: [{ attribute_name: 'name', sort_order: 'asc' }] }),
    )
    for (const answer of [byExpression, byPredicate])
      expect(answer.data.reg_records.map((r: Loose) => r.group_size)).toEqual([2])
    expect([first, second].map(a => [a.data.reg_records[0].group_size, a.pagination.total_count])).toEqual([
      [2, 2],
      [1, 2],
    ])
    expect([unknown.status, unknown.status_reason_code]).toEqual(['rjct', 'rjct.filter.invalid'])
    expect([unsorted.status, unsorted.status_reason_code]).toEqual(['rjct', 'rjct.sort.invalid'])
  })

  const find = (query: object, collection = 'Group') =>
    itemOf({ query_type: 'expression', query: { value: { expression: { collection, query } } } })

  test('no village is searched by, by number or by name, nor its contrary; a partner’s place is no village', async () => {
    const asked = [{ location: village }, { place: '青龙村' }, { $not: { location: { $in: ['常绿镇', village] } } }]
    for (const answer of await ask(open, ...asked.map(query => find(query))))
      expect([answer.status_reason_code, answer.data]).toEqual(['rjct.filter.invalid', undefined])
    await expect(letIn({ senderId: 'village.example', scope: village })).rejects.toThrow()
    await expect(letIn({ senderId: 'over.example', untilOn: '2021-09-12' })).rejects.toThrow()
  })

  test('what is not known fits neither a comparison nor its contrary', async () => {
    await house.sql('update registry.household set tier = null, circle = null')
    const asked = [{ $not: { circle: 1 } }, { tier: { $ne: 'dibao' } }, { $not: { poverty_score: { $lt: 5 } } }]
    for (const answer of await ask(open, ...asked.map(query => find(query))))
      expect(answer.pagination.total_count).toBe(0)
    expect((await ask(open, find({ $not: { age: { $gt: 70 } } })))[0].pagination.total_count).toBe(1)
  })

  test('no household is found by a child of it, nor by there being none', async () => {
    const asked = [{ birth_date: '2012-05-01' }, { age: { $lt: 18 } }, { $not: { birth_date: { $gt: '1900-01-01' } } }]
    for (const answer of await ask(open, ...asked.map(query => find(query))))
      expect(answer.pagination.total_count).toBe(0)
  })

  test('what a partner may not hear it may not search by, and nothing without the consent that was agreed', async () => {
    const consent = { consent: { purpose: { code: 'benefit-check' } } }
    const poor = { query_type: 'expression', query: { value: { expression: { query: { circle: 1 } } } }, ...consent }
    const [byCircle, without, otherwise] = await signedAsk(
      strict,
      itemOf(poor),
      itemOf(byNumber(grandmother)),
      itemOf({ ...byNumber(grandmother), consent: { purpose: { code: 'marketing' } } }),
    )
    expect(byCircle.status_reason_code).toBe('rjct.filter.invalid')
    for (const answer of [without, otherwise]) {
      expect(answer.status_reason_code).toBe('rjct.search_criteria.invalid')
      expect(answer).not.toHaveProperty('data')
    }
  })

  test('who has no token, another’s name or no signature is told so in the words of the interface', async () => {
    const good = envelope(open, [itemOf(byNumber(grandmother))])
    const none = await send(undefined, 'sync/search', good)
    expect([none.status, none.type]).toEqual([401, 'application/json; charset=utf-8'])
    expect(none.body.errors[0].code).toBe('err.request.unauthorized')
    expect(none.body.message).toMatchObject({ ack_status: 'ERR', correlation_id: expect.any(String) })
    const codeOf = async (from: Partner, body: object) => (await send(from, 'search', body)).body.message.error.code
    expect(await codeOf(open, { ...good, header: { ...good.header, sender_id: 'strict.example' } })).toBe(
      'err.sender_id.invalid',
    )
    expect(await codeOf(open, { ...good, signature: 'invalid-signature' })).toBe('err.signature.invalid')
    expect(await codeOf(strict, envelope(strict, [itemOf(byNumber(grandmother))]))).toBe('err.signature.missing')
    const { header, message } = envelope(strict, [itemOf(byNumber(grandmother))])
    const signature = signatureFor({ header, message }, own, strict.clientId, new Date(now()))
    expect(await codeOf(strict, { signature, header, message: { ...message, transaction_id: 'x' } })).toBe(
      'err.signature.invalid',
    )
    expect(await codeOf(open, { ...good, header: { ...good.header, is_msg_encrypted: true } })).toBe(
      'err.encryption.invalid',
    )
    expect((await tokenFor(open.clientId, 'guessed')).status).toBe(401)
    expect((await tokenFor('nobody.example', 'guessed')).body['error']).toBe('invalid_client')
    const twice = await fetch(`${house.url}/api/dci/oauth2/client/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"grant_type": "client_credentials", "client_id": "a", "client_id": "b", "client_secret": "guessed"}',
    })
    expect(await twice.json()).toMatchObject({ error: 'unsupported_grant_type' })
  })

  test('a message that is not as the interface has it is turned away whole', async () => {
    const broken: [string, (body: Loose) => void][] = [
      ['no header', body => delete body.header],
      ['no message', body => delete body.message],
      ['no transaction', body => delete body.message.transaction_id],
      ['a long transaction', body => (body.message.transaction_id = 'x'.repeat(100))],
      ['a time without zone', body => (body.message.search_request[0].timestamp = '2021-09-13T09:00:00')],
      ['a short locale', body => (body.message.search_request[0].locale = 'en')],
      ['a capital locale', body => (body.message.search_request[0].locale = 'ENG')],
      ['an empty page', body => (body.message.search_request[0].pagination = { page_size: 0, page_number: 1 })],
      [
        'page nought',
        body => (body.message.search_request[0].search_criteria.pagination = { page_size: 1, page_number: 0 }),
      ],
      ['a query of another kind', body => (body.message.search_request[0].search_criteria.query_type = 'graphql')],
    ]
    for (const [what, breakIt] of broken) {
      const body = envelope(open, [itemOf(byNumber(grandmother))])
      breakIt(body)
      for (const path of ['search', 'sync/search']) {
        const answer = await send(open, path, body)
        expect([what, answer.status, answer.body.message.error.code]).toEqual([what, 400, 'err.request.bad'])
      }
    }
    const { message, ...rest } = envelope(open, [itemOf(byNumber(grandmother))])
    const long = { ...rest, message: { ...message, transaction_id: 'x'.repeat(99) } }
    expect((await send(open, 'sync/search', long)).status).toBe(200)
  })

  test('a header that does not fit is said in the header of the answer, and a message counts once', async () => {
    const reasonOf = async (header: object, items = 1) => {
      const body = envelope(
        open,
        Array.from({ length: items }, () => itemOf(byNumber(grandmother))),
        header,
      )
      const { status, body: answer } = await send(open, 'sync/search', body)
      expect([status, answer.header.status, answer.header.receiver_id]).toEqual([200, 'rjct', open.clientId])
      return answer.header.status_reason_code
    }
    expect(await reasonOf({ version: '2.0.0' })).toBe('rjct.version.invalid')
    expect(await reasonOf({ action: 'txn-status' })).toBe('rjct.action.invalid')
    expect(await reasonOf({ action: 'subscribe' })).toBe('rjct.action.invalid')
    expect(await reasonOf({ action: 'notify' })).toBe('rjct.action.not_supported')
    expect(await reasonOf({ message_ts: '2021-09-12T00:00:00Z' })).toBe('rjct.message_ts.invalid')
    expect(await reasonOf({ total_count: 3 })).toBe('rjct.total_count.invalid')
    expect(await reasonOf({}, 21)).toBe('rjct.total_count.limit_exceeded')
    const once = envelope(open, [itemOf(byNumber(grandmother))])
    expect((await send(open, 'sync/search', once)).body.header.status).toBe('succ')
    expect((await send(open, 'sync/search', once)).body.header.status_reason_code).toBe('rjct.message_id.duplicate')
    expect((await send(open, 'search', once)).body.message.ack_status).toBe('ERR')
    const twice = itemOf(byNumber(grandmother))
    expect((await ask(open, twice, twice))[1].status_reason_code).toBe('rjct.reference_id.duplicate')
  })

  test('an answer is brought to who asked, signed with the published key, and tried again until it arrives', async () => {
    other.take()
    let isUp = false
    other.answers(async () => {
      // No row is held meanwhile.
      await house.sql('select id from doors.dci_exchange for update nowait')
      return { status: isUp ? 200 : 503 }
    })
    const body = envelope(open, [itemOf(byNumber(grandmother))], { sender_uri: `${other.origin}/registry/on-search` })
    const acked = await send(open, 'search', body)
    expect(acked.body).toEqual({ message: { ack_status: 'ACK', timestamp: now(), correlation_id: expect.any(String) } })
    await house.settle()
    expect(other.take()).toHaveLength(1)
    isUp = true
    house.later(60_000)
    await house.settle()
    const [heard] = other.take()
    const brought = JSON.parse(heard?.body ?? '') as Loose
    expect(heard?.path).toBe('/registry/on-search')
    expect(brought.header).toMatchObject({
      action: 'on-search',
      status: 'succ',
      sender_id: 'registry.fuyang',
      total_count: 1,
    })
    expect(brought.message).toMatchObject({
      transaction_id: body.message.transaction_id,
      correlation_id: acked.body.message.correlation_id,
    })
    expect(brought.message.search_response[0].data.reg_records).toHaveLength(1)
    const { keys: published } = (await (await fetch(`${house.url}/api/dci/.well-known/jwks.json`)).json()) as Loose
    const at = new Date(now())
    expect(verdictOf(brought.signature, brought, published[0], 'registry.fuyang', at)).toBe('good')
    expect(verdictOf(brought.signature, { ...brought, message: {} }, published[0], 'registry.fuyang', at)).toBe(
      'invalid',
    )
    const kept = await house.sql('select sealed_answer, state from doors.dci_exchange where callback is not null')
    expect(kept).toEqual([{ sealed_answer: null, state: 'succ' }])
    house.later(3_600_000)
    await house.settle()
    expect(other.take()).toEqual([])
    house.at(start)
    const elsewhere = envelope(open, [itemOf(byNumber(grandmother))], {
      sender_uri: 'https://elsewhere.example/registry/on-search',
    })
    expect((await send(open, 'search', elsewhere)).body.message.error.code).toBe('err.sender_uri.invalid')
  })

  test('a partner hears what became of its own searches, and of another’s as if there were none', async () => {
    const item = itemOf(byNumber(grandmother))
    const asked = envelope(open, [item])
    const answer = await send(open, 'sync/search', asked)
    const status = async (from: Partner, type: string, value: unknown, path = 'sync/txn/status') => {
      const header = headerOf(from, 'txn-status')
      const message = {
        transaction_id: asked.message.transaction_id,
        txnstatus_request: {
          reference_id: randomUUID(),
          txn_type: 'search',
          attribute_type: type,
          attribute_value: value,
        },
      }
      const signature = from === strict ? signatureFor({ header, message }, own, from.clientId, new Date(now())) : ''
      return (await send(from, path, { signature, header, message })).body
    }
    const mine = await status(open, 'transaction_id', asked.message.transaction_id)
    expect(mine.header.action).toBe('txn-on-status')
    expect(mine.message.txnstatus_response.txn_status).toMatchObject({
      transaction_id: asked.message.transaction_id,
      correlation_id: answer.body.message.correlation_id,
      search_response: [{ reference_id: item.reference_id, status: 'succ' }],
    })
    for (const [type, value] of [
      ['reference_id_list', [item.reference_id]],
      ['correlation_id', answer.body.message.correlation_id],
    ] as const) {
      const own = await status(open, type, value)
      expect(own.message.txnstatus_response.txn_status.search_response).toHaveLength(1)
      const theirs = await status(strict, type, value)
      expect(theirs.message.txnstatus_response.txn_status.search_response).toEqual([])
    }
    other.answers(() => ({}))
    other.take()
    expect((await status(open, 'transaction_id', 'unknown', 'txn/status')).message.ack_status).toBe('ACK')
    await house.settle()
    expect(other.take().map(heard => heard.path)).toEqual(['/registry/txn/on-status'])
  })

  test('each answer stands in the trail with whom it told of, the partner, the purpose and the basis', async () => {
    const lines = () =>
      house.sql<{ purpose: string }>(
        `select purpose from audit.entry where action = 'doors.search' and outcome = 'done' and subject_id = $1 and reason = $2`,
        [family, '社会保障平台：benefit-check（示例：部门间数据共享协议），告知 1 条'],
      )
    const before = (await lines()).length
    await ask(open, itemOf(byNumber(grandmother)))
    const after = await lines()
    expect(after).toHaveLength(before + 1)
    expect(after[0]?.purpose).toBe('registry')
    const kept = JSON.stringify(await house.sql('select * from doors.dci_exchange')) + house.log.join('')
    for (const secret of [grandmother, '陆阿香', open.token]) expect(kept).not.toContain(secret)
  })

  test('an administrator reads when a partner asked and how much it was told, and nothing of whom or what', async () => {
    const asked = await letIn({ senderId: 'lately.example' })
    await ask(asked, itemOf(byNumber(grandmother)))
    await ask(asked, itemOf(byNumber('TEST-001')))
    const params = { partnerId: asked.id as Id }
    const { body, text } = await admin.get('GET /partners/:partnerId/exchanges', { params })
    const line = {
      action: 'search',
      way: 'sync',
      state: 'succ',
      broughtAt: null,
      tries: 0,
      waits: false,
      isDead: false,
      cameAt: now(),
    }
    const told = body.items.map(({ id: _id, ...one }) => one).toSorted((a, b) => a.records - b.records)
    expect(told).toEqual([
      { ...line, records: 0 },
      { ...line, records: 1 },
    ])
    expect(text).not.toMatch(/陆|330111/)
    const listed = (await admin.get('GET /partners')).body.items.find(one => one.id === asked.id)
    expect(listed).toMatchObject({ asked: { messages: 2, records: 1 }, endedAt: null, usedAt: now() })
    const nobody = { partnerId: family }
    expect((await admin.get('GET /partners/:partnerId/exchanges', { params: nobody })).problem?.code).toBe(
      'doors.partnerNotFound',
    )
  })

  describe('told without asking', () => {
    const wanted = (criteria: object = {}) => ({
      reference_id: randomUUID(),
      timestamp: now(),
      subscribe_criteria: {
        reg_event_type: 'REGISTER',
        filter: { type: 'ns', value: { expression: { collection: 'Group', query: { group_size: { $lt: 3 } } } } },
        notify_record_type: 'Group',
        ...criteria,
      },
    })
    /** What was brought in the end. */
    const say = async (from: Partner, action: 'subscribe' | 'unsubscribe', message: object, count = 1) => {
      other.take()
      const header = headerOf(from, action, { total_count: count })
      const acked = await send(from, action, { header, message: { transaction_id: randomUUID(), ...message } })
      expect(acked.body.message.ack_status).toBe('ACK')
      await house.settle()
      const heard = other.take().find(one => one.path === `/registry/on-${action}`)
      const brought = JSON.parse(heard?.body ?? '') as Loose
      expect(brought.message.correlation_id).toBe(acked.body.message.correlation_id)
      return brought.message
    }
    const subscribe = async (from: Partner, ...items: readonly object[]) =>
      (await say(from, 'subscribe', { subscribe_request: items }, items.length)).subscribe_response as Loose[]
    const registered = async (division: string, ...names: readonly string[]) => {
      const members = names.map((name, i) => ({
        name,
        relation: i === 0 ? '02' : '20',
        birthDate: i === 0 ? '1950-01-01' : '2012-01-01',
      }))
      return (await house.as('districtOfficer').post('POST /households', { body: { division, members } as never })).body
        .id
    }
    const statusOf = async (from: Partner, txn_type: string, attribute_type: string, attribute_value: unknown) => {
      const asked = { reference_id: randomUUID(), txn_type, attribute_type, attribute_value }
      const message = { transaction_id: randomUUID(), txnstatus_request: asked }
      const token = (await tokenFor(from.clientId, from.clientSecret)).body['access_token'] as string
      const header = headerOf(from, 'txn-status')
      return (await send({ ...from, token }, 'sync/txn/status', { header, message })).body.message.txnstatus_response
    }
    /** What the partner hears of its notices. */
    const noticed = async (from: Partner, of: string) =>
      (await statusOf(from, 'notify', 'subscription_code_list', [of])).txn_status.search_response as Loose[]
    const notified = async () => {
      house.later(16 * 60_000)
      await house.run('doors.notifyPartners')
      return other.take().map(heard => ({ path: heard.path, ...(JSON.parse(heard.body) as Loose) }))
    }

    test('a partner hears of households registered since then, of its place and condition, each once, until it ends it', async () => {
      const told = await letIn({
        senderId: 'told.example',
        callback: other.origin,
        scope: '330111109',
        fields: ['head'],
        toldUnasked: true,
      })
      other.answers(() => ({}))
      const [done, again] = await subscribe(told, wanted(), wanted())
      expect([done.status, again.status_reason_code]).toEqual(['succ', 'rjct.event.already_subscribed'])
      const [{ code }] = done.subscriptions
      house.later(1000)
      const home = await registered(village, '邵月英', '邵小宝')
      await registered('330111001003', '周大为')
      await registered(village, '沈一', '沈二', '沈三')
      await house.run('doors.notifyPartners')
      expect(other.take()).toEqual([])
      const [one, ...more] = await notified()
      expect(more).toEqual([])
      expect(one).toMatchObject({
        path: '/registry/notify',
        header: { action: 'notify', status: 'succ', total_count: 1 },
      })
      const [{ reference_id, data }] = one.message.notify_event
      expect([reference_id, data.reg_record_type, data.reg_records.group_size]).toEqual([code, 'Group', 2])
      expect(data.reg_records.group_head_info.demographic_info.name.given_name).toBe('邵月英')
      expect(JSON.stringify(one)).not.toMatch(/邵小宝|青龙/)
      const trail = await house.sql(
        `select reason from audit.entry where action = 'doors.notify' and subject_id = $1`,
        [home],
      )
      expect(trail).toEqual([{ reason: '社会保障平台：benefit-check（示例：部门间数据共享协议），新登记，告知 1 条' }])
      expect(await notified()).toEqual([])
      expect(await say(told, 'unsubscribe', { subscription_codes: [code] })).toMatchObject({ status: 'succ' })
      await registered(village, '丁三妹')
      expect(await notified()).toEqual([])
      expect(await say(told, 'unsubscribe', { subscription_codes: [code] })).toMatchObject({
        status_reason_code: 'rjct.event.already_unsubscribed',
      })
      house.at(start)
    })

    describe('of who is kept from partners', () => {
      const number = '330111195203156026'
      let told: Partner
      let code: string
      let home: Id
      beforeAll(async () => {
        other.answers(() => ({}))
        told = await letIn({ senderId: 'kept.example', callback: other.origin, toldUnasked: true })
        const [done] = await subscribe(
          told,
          wanted({ filter: { value: { expression: { query: { group_size: 4 } } } } }),
        )
        code = done.subscriptions[0].code
        house.later(1000)
        const members = [
          { name: '申屠兰', relation: '02', idNumber: number },
          { name: '申屠一', relation: '20', birthDate: '1990-01-01' },
          { name: '申屠二', relation: '20', birthDate: '1992-01-01' },
          { name: '申屠三', relation: '20', birthDate: '1994-01-01' },
        ]
        const body = { division: village, members } as never
        home = (await house.as('districtOfficer').post('POST /households', { body })).body.id
      })
      afterAll(() => house.at(start))

      /** The same questions, in which only the household could be found, and one about nobody. */
      const questions = () => [
        itemOf(byNumber(number)),
        itemOf({ query_type: 'idtype-value', query: { type: 'HOUSEHOLD_ID', value: home } }),
        itemOf({ ...byNumber(number), response_entity: 'Member' }),
        find({ group_size: 4, location: '330111109' }),
      ]
      const nothing = { status: 'succ', data: { reg_records: [] }, pagination: { total_count: 0 } }
      const isFound = async () => {
        const answers = await ask(told, ...questions())
        if (answers.every(one => one.pagination.total_count > 0)) return true
        const [absent] = await ask(told, itemOf(byNumber('330111194904150001')))
        for (const answer of answers) {
          expect(answer).toMatchObject(nothing)
          expect(Object.keys(answer)).toEqual(Object.keys(absent))
        }
        return false
      }

      test('a household with something careful open is as if it were not there, whatever it is, until that is closed', async () => {
        const place = { household_id: home, division: '330111109', careful: true }
        const closed = 'closed_at = now()'
        const sources: [string, object, string][] = [
          [
            'alerts.alert',
            { ...place, audience: 'township', level: 'red', state: 'raised' },
            `state = 'closed', cause = 'resolved', ${closed}`,
          ],
          [
            'outreach.task',
            { ...place, village, kind: 'verification', origin_kind: 'alert', state: 'given', held_by: 'township' },
            `state = 'cancelled', ${closed}`,
          ],
          [
            'outreach.slip',
            { ...place, state: 'sent', due_on: '2021-10-01', sealed_whom: Buffer.from('x') },
            `state = 'done', due_on = null, ${closed}`,
          ],
          [
            'outreach.lead',
            { ...place, village, channel: 'guide', state: 'found', due_on: '2021-10-01' },
            `state = 'notSo', due_on = null, ${closed}`,
          ],
          ['outreach.case', { ...place, village, state: 'new', held_by: 'township' }, `state = 'withdrawn'`],
          [
            'wishes.need',
            { ...place, level: 'township', state: 'submitted', origin: 'guide', due_on: '2021-10-01' },
            `state = 'withdrawn', due_on = null, ${closed}`,
          ],
        ]
        expect(await isFound()).toBe(true)
        for (const [table, row, end] of sources) {
          const id = await madeUp(table, row)
          expect([table, await isFound()]).toEqual([table, false])
          await house.sql(`update ${table} set ${end} where id = $1`, [id])
          expect([table, await isFound()]).toEqual([table, true])
        }
        const account = await house.as('resident', { household: home }).account()
        const signal = { account_id: account, division: '330111109', kind: 'violence', state: 'open' }
        const id = await madeUp('guidance.signal', signal)
        expect(await isFound()).toBe(false)
        await house.sql(`update guidance.signal set state = 'closed' where id = $1`, [id])
        expect(await isFound()).toBe(true)
      })

      test('the family, or who works for it with a reason, keeps it from partners, and takes back what is its own', async () => {
        const [guide, clerk] = [house.as('guide'), house.as('townshipClerk')]
        const family = house.as('resident', { household: home })
        const params = { householdId: home }
        const keep = (who: Client, reason = '家里人要求，正在搬家') =>
          who.post('POST /households/:householdId/kept-from-partners', { params, body: { reason } })
        const takeBack = (who: Client) =>
          who.post('POST /households/:householdId/kept-from-partners/take-back', {
            params,
            body: { reason: '已经安顿好' },
          })
        const marks = async (who: Client) =>
          (await who.get('GET /households/:householdId/kept-from-partners', { params })).body
        const mine = async () => (await family.get('GET /my/kept-from-partners')).body

        expect(await mine()).toEqual({ kept: false, since: null })
        await family.put('PUT /my/kept-from-partners', { body: { kept: true } })
        await family.put('PUT /my/kept-from-partners', { body: { kept: true } })
        expect(await mine()).toEqual({ kept: true, since: '2021-09-13' })
        expect(await isFound()).toBe(false)
        expect((await takeBack(clerk)).problem?.code).toBe('doors.notKept')
        house.later(1000)
        expect((await keep(clerk)).problem).toBeUndefined()
        expect((await keep(guide)).problem?.code).toBe('doors.alreadyKept')
        await family.put('PUT /my/kept-from-partners', { body: { kept: false } })
        expect(await mine()).toEqual({ kept: false, since: null })
        expect(await isFound()).toBe(false)

        const [forClerk, forGuide] = [await marks(clerk), await marks(guide)]
        expect(forClerk.items.map(one => [one.setBy, one.reason, one.ended?.on, one.mayTakeBack])).toEqual([
          ['office', '家里人要求，正在搬家', undefined, true],
          ['family', null, '2021-09-13', false],
        ])
        expect(forGuide.items.map(one => [one.setBy, one.reason, one.mayTakeBack])).toEqual([
          ['office', null, false],
          ['family', null, false],
        ])
        expect((await takeBack(guide)).problem?.code).toBe('doors.keptByTownship')
        expect((await takeBack(clerk)).problem).toBeUndefined()
        expect(await isFound()).toBe(true)
        expect((await keep(guide)).problem).toBeUndefined()
        expect((await takeBack(guide)).problem).toBeUndefined()
        expect((await keep(house.as('guide', { scope: '330111001003' }))).status).toBe(404)
        expect((await house.as('resident').get('GET /my/kept-from-partners')).body.kept).toBeNull()

        const whole = await clerk.get('GET /households/:householdId/whole', { params })
        const events = whole.body.lanes.find(one => one.lane === 'event')?.items ?? []
        expect(events.filter(one => one.words.zh === '不告诉合作系统')).toHaveLength(3)
        const trail = await house.sql<{ action: string; reason: string | null }>(
          `select action, reason from audit.entry where subject_id = $1 and action in ('doors.keepHousehold', 'doors.takeMarkBack', 'doors.setMyMark')
             and outcome = 'done'`,
          [home],
        )
        expect(trail).toHaveLength(7)
        expect(JSON.stringify(trail)).not.toContain('搬家')
      })

      test('an answer on its way and a notice leave out who is kept by then, and tell of it once nobody keeps it', async () => {
        const set = (kept: boolean) =>
          house.as('resident', { household: home }).put('PUT /my/kept-from-partners', { body: { kept } })
        let isUp = false
        other.answers(() => ({ status: isUp ? 200 : 503 }))
        other.take()
        await send(told, 'search', envelope(told, [itemOf(byNumber(number)), itemOf(byNumber(grandmother))]))
        expect((await notified()).map(one => one.path).toSorted()).toEqual(['/registry/notify', '/registry/on-search'])
        expect(await noticed(told, code)).toEqual([])
        await set(true)
        isUp = true
        house.later(3_600_000)
        await house.settle()
        const heard = other.take().map(one => JSON.parse(one.body) as Loose)
        expect(heard).toHaveLength(1)
        const [kept, plain] = heard[0].message.search_response
        expect([kept.data.reg_records, kept.pagination.total_count, plain.pagination.total_count]).toEqual([[], 0, 1])
        expect(await notified()).toEqual([])
        expect(await noticed(told, code)).toEqual([])
        await set(false)
        const [notice, ...more] = await notified()
        expect(more).toEqual([])
        expect(await noticed(told, code)).toMatchObject([{ reference_id: code, status: 'succ' }])
        expect(
          notice.message.notify_event.map((one: Loose) => [one.reference_id, one.data.reg_records.group_size]),
        ).toEqual([[code, 4]])
        await set(true)
        await set(false)
        expect(await notified()).toEqual([])
      })

      test('who was left out of a notice on its way is told of later, and once, though the notice itself comes late', async () => {
        told = await letIn({ senderId: 'late.example', callback: other.origin, toldUnasked: true })
        const size = { filter: { value: { expression: { query: { group_size: 3 } } } } }
        other.answers(() => ({}))
        await subscribe(told, wanted(size))
        house.later(1000)
        const left = await registered(village, '来早一', '来早二', '来早三')
        const beside = await registered(village, '来早四', '来早五', '来早六')
        const set = (kept: boolean) =>
          house.as('resident', { household: left }).put('PUT /my/kept-from-partners', { body: { kept } })
        const homes: string[] = []
        const hear = async (ms: number) => {
          house.later(ms)
          await house.settle()
          for (const { body } of other.take())
            for (const { data } of (JSON.parse(body) as Loose).message.notify_event)
              homes.push(data.reg_records.group_identifier[0].identifier_value)
        }
        other.answers(() => ({ status: 503 }))
        expect(await notified()).toHaveLength(1)
        await set(true)
        await hear(60_000)
        await set(false)
        homes.length = 0
        other.answers(() => ({}))
        await hear(3_600_000)
        expect(homes).toEqual([beside])
        await house.run('doors.notifyPartners')
        await hear(16 * 60_000)
        await house.run('doors.notifyPartners')
        await hear(16 * 60_000)
        expect(homes).toEqual([beside, left])
      })

      test('what waits and does not say of whom it tells is not brought', async () => {
        told = await letIn({ senderId: 'before.example', callback: other.origin })
        other.answers(() => ({ status: 503 }))
        const item = itemOf(byNumber(grandmother))
        await send(told, 'search', envelope(told, [item]))
        await house.settle()
        other.take()
        await house.sql('update doors.dci_exchange set sealed_households = null where partner_id = $1', [told.id])
        other.answers(() => ({}))
        house.later(60_000)
        await house.settle()
        expect(other.take()).toEqual([])
        expect((await statusOf(told, 'search', 'reference_id_list', [item.reference_id])).txn_status).toMatchObject({
          search_response: [{ reference_id: item.reference_id }],
        })
        const { items } = (
          await admin.get('GET /partners/:partnerId/exchanges', { params: { partnerId: told.id as Id } })
        ).body
        expect(items.find(one => one.action === 'search')).toMatchObject({ state: 'rjct', waits: false })
      })

      test('a household that became one with one that is kept is kept with it, until that is taken back there', async () => {
        told = await letIn({ senderId: 'merged.example' })
        const clerk = house.as('districtOfficer')
        const alone = '330111195807190022'
        const register = async (members: readonly object[]) =>
          (await clerk.post('POST /households', { body: { division: village, members } as never })).body.id
        const home = await register([
          { name: '司空平', relation: '02', idNumber: alone },
          { name: '司空小', relation: '20', birthDate: '1990-01-01' },
        ])
        const empty = await register([{ name: '司空坪', relation: '02', birthDate: '1958-07-19' }])
        const isThere = async () => (await ask(told, itemOf(byNumber(alone))))[0].pagination.total_count === 1
        const first = async (id: Id) =>
          (await clerk.get('GET /households/:id', { params: { id } })).body.members[0]?.id as Id
        const reason = '上门核对是同一人'
        await clerk.post('POST /households/:householdId/kept-from-partners', {
          params: { householdId: empty },
          body: { reason },
        })
        expect(await isThere()).toBe(true)
        const merged = await clerk.post('POST /persons/:id/merge', {
          params: { id: await first(home) },
          body: { other: await first(empty), household: home, reason },
        })
        expect(merged.body).toMatchObject({ household: home, emptied: empty })
        expect(await isThere()).toBe(false)
        const params = { householdId: home }
        expect(
          (await clerk.post('POST /households/:householdId/kept-from-partners/take-back', { params, body: { reason } }))
            .problem,
        ).toBeUndefined()
        expect(await isThere()).toBe(true)
      })

      test('of whom was unknown where it stands is told when that is known, and once', async () => {
        told = await letIn({ senderId: 'kept2.example', callback: other.origin, toldUnasked: true })
        await subscribe(told, wanted({ filter: { value: { expression: { query: { tier: 'dibao' } } } } }))
        house.later(1000)
        const later = await registered(village, '来晚一')
        const stands = (tier: string | null) =>
          house.sql('update registry.household set tier = $2, standing_at = $3 where id = $1', [later, tier, now()])
        await stands(null)
        expect(await notified()).toEqual([])
        house.later(60_000)
        await stands('dibao')
        expect(await notified()).toHaveLength(1)
        await stands('tekun')
        await stands('dibao')
        expect(await notified()).toEqual([])
      })

      test('a notice that does not arrive in three days is said to who keeps the doors, and sent again by them or when the partner subscribes anew', async () => {
        told = await letIn({ senderId: 'deaf.example', callback: other.origin, toldUnasked: true })
        const size = { filter: { value: { expression: { query: { group_size: 2 } } } } }
        other.answers(() => ({}))
        const [done] = await subscribe(told, wanted(size))
        const { code: own } = done.subscriptions[0]
        house.later(1000)
        await registered(village, '没送到', '没送到二')
        const params = { partnerId: told.id as Id }
        const dead = async () =>
          (await admin.get('GET /partners/:partnerId/exchanges', { params })).body.items.filter(one => one.isDead)
        const listed = async () => (await admin.get('GET /partners')).body.items.find(one => one.id === told.id)?.dead
        other.answers(() => ({ status: 400 }))
        house.later(16 * 60_000)
        const stream = await admin.live()
        await house.run('doors.notifyPartners')
        expect(other.take().map(heard => heard.path)).toEqual(['/registry/notify'])
        expect((await stream.next('doors.noticeDead')).id).toBe(told.id)
        stream.close()
        expect(await listed()).toBe(1)
        const [one] = await dead()
        const again = () =>
          admin.post('POST /partners/:partnerId/exchanges/:exchangeId/again', {
            params: { ...params, exchangeId: one?.id as Id },
            body: {},
          })
        expect((await again()).body).toEqual({ records: 1 })
        await house.settle()
        expect(other.take().map(heard => heard.path)).toEqual(['/registry/notify'])
        expect(await listed()).toBe(1)

        expect(await noticed(told, own)).toMatchObject([{ reference_id: own, status: 'rjct' }])
        const subscribed = await statusOf(told, 'subscribe', 'reference_id_list', [done.reference_id])
        expect(subscribed).toMatchObject({
          txn_type: 'on-subscribe',
          txn_status: { subscribe_response: [{ status: 'succ', subscriptions: [{ code: own, status: 'subscribe' }] }] },
        })
        const byCode = await statusOf(told, 'subscribe', 'subscription_code_list', [own])
        expect(byCode.txn_status.subscribe_response).toHaveLength(1)
        expect((await statusOf(told, 'unsubscribe', 'subscription_code_list', [own])).txn_status).toMatchObject({
          status: 'rjct',
          status_reason_code: 'rjct.subscription_code.invalid',
        })

        other.answers(() => ({}))
        const [repeated] = await subscribe(told, wanted(size))
        expect(repeated.status_reason_code).toBe('rjct.event.already_subscribed')
        expect(await listed()).toBe(0)
        expect(await noticed(told, own)).toMatchObject([{ status: 'succ' }])
        expect((await again()).problem?.code).toBe('doors.noticeNotDead')
        await say(told, 'unsubscribe', { subscription_codes: [own] })
        const ended = await statusOf(told, 'unsubscribe', 'subscription_code_list', [own])
        expect(ended).toMatchObject({
          txn_type: 'on-unsubscribe',
          txn_status: { status: 'succ', subscription_status: [{ code: own, status: 'unsubscribe' }] },
        })
      })

      test('a protected note keeps a household from partners as long as it stands, and nobody else can tell', async () => {
        told = await letIn({ senderId: 'kept3.example' })
        expect(await isFound()).toBe(true)
        await house.as('guide').post('POST /households/:householdId/protected-notes', {
          params: { householdId: home },
          body: { text: '搬到了别处，不能让他知道', readers: [] },
        })
        expect(await isFound()).toBe(false)
        const marks = await house
          .as('townshipClerk')
          .get('GET /households/:householdId/kept-from-partners', { params: { householdId: home } })
        expect(marks.body).toMatchObject({ mayKeep: true })
      })

      /** A row of which nothing counts but what is said: the rest is made of the types of its columns. */
      async function madeUp(table: string, said: object): Promise<Id> {
        const columns = await house.sql<{ name: string; type: string }>(
          `select attname as name, format_type(atttypid, null) as type from pg_attribute
           where attrelid = $1::regclass and attnum > 0 and attnotnull and not atthasdef and not attisdropped`,
          [table],
        )
        const ofType = (type: string) =>
          type === 'uuid'
            ? randomUUID()
            : type === 'bytea'
              ? Buffer.from('x')
              : type === 'boolean'
                ? false
                : type === 'date' || type.startsWith('timestamp')
                  ? '2021-09-13'
                  : type.endsWith('[]')
                    ? '{}'
                    : type.startsWith('json')
                      ? '{}'
                      : /int|numeric/.test(type)
                        ? 1
                        : randomUUID()
        const row: Record<string, unknown> = Object.fromEntries(columns.map(c => [c.name, ofType(c.type)]))
        Object.assign(row, { district: '330111' }, said)
        const names = Object.keys(row)
        await house.sql(
          `insert into ${table} (${names.map(n => `"${n}"`).join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
          Object.values(row),
        )
        return row['id'] as Id
      }
    })

    test('nothing is told unasked where that was not agreed, of another event, or to another partner’s order', async () => {
      const told = await letIn({ senderId: 'told2.example', callback: other.origin, fields: [], toldUnasked: true })
      const [good, event, members, broken] = await subscribe(
        told,
        wanted(),
        wanted({ reg_event_type: 'DEATH' }),
        wanted({ notify_record_type: 'Member' }),
        wanted({ filter: { value: { expression: { query: { location: village } } } } }),
      )
      expect([good, event, members, broken].map(one => one.status_reason_code)).toEqual([
        undefined,
        'rjct.notify_types.invalid',
        'rjct.notify_details.invalid',
        'rjct.notify_details.invalid',
      ])
      const [refused] = await subscribe(open, wanted())
      expect(refused.status_reason_code).toBe('rjct.notify_details.invalid')
      const codes = { subscription_codes: [good.subscriptions[0].code] }
      expect(await say(open, 'unsubscribe', codes)).toMatchObject({
        status_reason_code: 'rjct.subscription_code.invalid',
        subscription_status: [],
      })
      await expect(letIn({ senderId: 'told3.example', toldUnasked: true })).rejects.toThrow()
      await admin.post('POST /partners/:partnerId/end', { params: { partnerId: told.id as Id }, body: {} })
      const live = 'select id from doors.dci_subscription where partner_id = $1 and ended_at is null'
      expect(await house.sql(live, [told.id])).toEqual([])
      expect((await send(undefined, 'subscribe', {})).status).toBe(401)
      expect((await send(open, 'unsubscribe', { header: headerOf(open, 'unsubscribe'), message: {} })).status).toBe(400)
    })
  })

  test('who asks too often waits, and a partner that has ended, or whose day is over, comes in no more', async () => {
    const slow = await letIn({ senderId: 'slow.example', perMinute: 2 })
    const statuses = []
    for (let i = 0; i < 3; i++)
      statuses.push((await send(slow, 'sync/search', envelope(slow, [itemOf(byNumber(grandmother))]))).status)
    expect(statuses).toEqual([200, 200, 429])
    await admin.post('POST /partners/:partnerId/end', { params: { partnerId: slow.id }, body: {} })
    expect((await send(slow, 'sync/search', envelope(slow, [itemOf(byNumber(grandmother))]))).status).toBe(401)
    const short = await letIn({ senderId: 'short.example', untilOn: '2021-09-13' })
    house.at('2021-09-14T00:10:00+08:00')
    expect((await send(short, 'sync/search', envelope(short, [itemOf(byNumber(grandmother))]))).status).toBe(401)
    house.at(start)
    const listed = (await admin.get('GET /partners')).body.items
    expect(listed.find(one => one.senderId === 'slow.example')?.isGood).toBe(false)
    expect(JSON.stringify(listed)).not.toMatch(/secret|sealed/)
  })
})

// What came over the wire and is looked at piece by piece.
type Loose = ReturnType<typeof JSON.parse>
