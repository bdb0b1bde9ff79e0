import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeTable } from '../../../platform/table-file.ts'
import { enrolHouseholds } from '../../registry/index.ts'
import { csv, deliveredHouse, header } from '../test/delivered.ts'

let words: Awaited<ReturnType<typeof deliveredHouse>>
beforeAll(async () => {
  words = await deliveredHouse(400)
}, 60_000)
afterAll(() => words.house.close())

describe('a delivery', () => {
  it('accounts for every row: accepted, twice in the file, known, to look at, not in the registry, quarantined', async () => {
    const known = words.about(words.person(0))
    expect((await words.released(csv([known]))).account).toMatchObject({ rows: 1, accepted: 1 })
    const twice = words.about(words.person(1))
    const delivery = await words.read(
      csv([
        twice,
        twice,
        words.about(words.person(0)),
        words.about({ ...words.person(2), name: '别的人' }),
        words.about(words.stranger()),
        words.about(words.stranger()),
        words.about(words.person(3), { 3: '2021-02-30' }),
        words.about({ number: '330111197603020000', name: '王五' }),
        ['合计', '8', '', '', ''],
      ]),
    )
    expect(delivery.state).toBe('read')
    expect(delivery.account).toEqual({
      rows: 8,
      leftOut: 1,
      waiting: 0,
      accepted: 1,
      duplicate: 1,
      unchanged: 1,
      look: 1,
      notInRegistry: 2,
      quarantined: 2,
    })
    const wrong = await words.rowsOf(delivery.id, 'quarantined')
    expect(wrong.map(row => row.no)).toEqual([8, 9])
    expect(wrong[0]?.faults[0]?.words.zh).toContain('2021-02-30，这一天不存在')
    expect(wrong[0]?.cells[2]).toBe(words.person(3).name)
    expect(delivery.reasons.map(r => r.why).toSorted()).toEqual(['dayNotReal', expect.stringMatching(/^id/)])
  })

  it('is compared by the weights kept for its own kind of file', async () => {
    const keep = (feed: string, weights: string) =>
      words.house.sql(
        `insert into registry.link_weights (district, feed, weights, rows, learnt_at) values ('330111', $1, $2, 300, now())`,
        [feed, weights],
      )
    await keep('death', '{}')
    expect((await words.read(csv([words.about(words.stranger())]))).account).toMatchObject({ notInRegistry: 1 })
    // What cannot be read is noticed by who reads it.
    await keep('unemployment', '{}')
    await words.handIn(csv([words.about(words.stranger())]))
    expect((await words.house.settle()).failures).toMatchObject([{ job: 'feeds.readDelivery' }])
    await words.house.sql('delete from registry.link_weights')
  })

  it('keeps nothing of who is not in the registry, and what it keeps lies sealed', async () => {
    const { number, name } = words.stranger()
    const delivery = await words.read(csv([words.about({ number, name }), words.about(words.person(4), { 3: '昨天' })]))
    expect(delivery.account).toMatchObject({ notInRegistry: 1, quarantined: 1 })
    const stored = await words.house.sql(
      `select d.*::text, r.*::text, encode(r.cells, 'escape') from feeds.delivery d left join feeds.delivery_row r on r.delivery_id = d.id where d.id = $1`,
      [delivery.id],
    )
    expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${number}|${words.person(4).number}|昨天`))
    expect(await words.house.sql('select from feeds.delivery_part where delivery_id = $1', [delivery.id])).toEqual([])
  })

  it('says of a row that fits too many alike that it was compared with nobody, and takes it for no stranger', async () => {
    const phone = '13800005555'
    // More than are added to the list as it stands: it is put together anew, and how many are alike is counted.
    await words.house.inside(async ctx => {
      const alike = { division: '330111109203', since: ctx.today, statements: [] }
      const member = { name: '同名', phone, relation: '02', statements: [] }
      await enrolHouseholds(
        ctx,
        Array.from({ length: 600 }, () => ({ ...alike, members: [member] })),
      )
    })
    const top = [...header, '联系电话']
    const delivery = await words.read(
      csv(
        [
          [...words.about({ number: '', name: '同名' }), phone],
          [...words.about(words.stranger()), phone],
          [...words.about({ number: '', name: '无人' }), '13900006666'],
        ],
        top,
      ),
    )
    expect(delivery.account).toMatchObject({ rows: 3, quarantined: 1, notInRegistry: 2 })
    expect(delivery.reasons).toMatchObject([{ why: 'notCompared', count: 1 }])
    expect((await words.rowsOf(delivery.id, 'quarantined'))[0]?.faults[0]?.words.zh).toContain('没有比对')
  })

  it('is released into the registry under its source, and judged again; sent twice it is a no-op and says so', async () => {
    const content = csv([words.about(words.person(5))])
    const done = await words.released(content)
    expect(done).toMatchObject({ state: 'released', toRelease: 0, releasedBy: { isMe: true }, confirmedBy: null })
    expect(await words.statementsOf(words.person(5).id)).toMatchObject([
      { origin: '失业登记', facts: { registeredUnemployed: true, unemploymentRegisteredOn: '2021-09-20' } },
    ])
    const again = await words.handIn(content, words.second)
    expect(again.body).toMatchObject({ isAgain: true, delivery: { id: done.id } })
    const saved = await words.read(csv([words.about(words.person(5))]))
    expect(saved.account).toMatchObject({ rows: 1, unchanged: 1 })
    const nothing = await words.step(saved.id, 'release')
    expect(nothing.problem?.code).toBe('feeds.nothingToRelease')
    expect(await words.statementsOf(words.person(5).id)).toHaveLength(1)
  })

  it('comes as a workbook too, in GB18030, or in two encodings at once', async () => {
    const rows = [words.about(words.person(6)), words.about(words.person(7), { 1: words.person(7).number })]
    const xlsx = await writeTable('xlsx', '名单', [['九月失业人员名单'], header, ...rows])
    expect((await words.read(xlsx)).account).toMatchObject({ rows: 2, accepted: 2 })
    const gb = (text: string) => new Uint8Array(Buffer.from(gbOf(text)))
    const [first, other] = [csv([words.about(words.person(8))]), `\r\n${words.about(words.person(9)).join(',')}`]
    expect((await words.read(gb(first))).account).toMatchObject({ rows: 1, accepted: 1 })
    const mixed = Buffer.concat([gb(csv([words.about(words.person(10))])), Buffer.from(other, 'utf8')])
    expect((await words.read(mixed)).account).toMatchObject({ rows: 2, accepted: 2 })
  })

  it('says of a file that cannot be read what it is, and keeps nothing of it', async () => {
    const before = await words.house.sql('select from feeds.delivery')
    const wrong = await words.handIn(csv([['1', '2']], ['甲', '乙']))
    expect(wrong.problem).toMatchObject({ code: 'feeds.tableUnclear', status: 422 })
    const missing = await words.handIn(
      csv([words.about(words.person(0))], ['记录编号', '身份证号', '姓名', '别的日期', '文化程度']),
    )
    expect(missing.problem?.detail).toContain('失业登记日期')
    expect((await words.handIn('')).problem?.code).toMatch(/fileUnreadable|fileMissing/)
    expect((await words.handIn(Buffer.from('PK\u0003\u0004 cut'))).problem?.detail).toContain('不完整')
    expect((await words.handIn('<html><table></table>')).problem?.detail).toContain('网页')
    expect((await words.handIn(header.join(','))).problem?.detail).toContain('没有数据')
    const wide = [...words.about(words.person(0)), ...Array.from({ length: 300 }, () => ''), '远处']
    expect((await words.handIn(csv([words.about(words.person(1)), wide]))).problem?.detail).toContain('第300列')
    expect((await words.handIn(csv([words.about(words.person(0))]), words.officer, 'nothing')).problem?.code).toBe(
      'feeds.sourceNotFound',
    )
    expect(await words.house.sql('select from feeds.delivery')).toHaveLength(before.length)
  })
})

describe('who may', () => {
  it('an auditor reads the account and no row, a township clerk nothing', async () => {
    words.house.later(1000)
    const delivery = await words.read(csv([words.about(words.person(11))]))
    const auditor = words.house.as('auditor')
    expect(await words.seen(delivery.id, auditor)).toMatchObject({
      account: { rows: 1, accepted: 1 },
      steps: [],
      reasons: [],
    })
    const rows = { params: { deliveryId: delivery.id }, query: { outcome: 'accepted' } }
    expect((await auditor.get('GET /deliveries/:deliveryId/rows', rows)).problem?.code).toBe('request.notAllowed')
    expect((await words.house.as('townshipClerk').get('GET /deliveries', {})).problem?.code).toBe('request.notAllowed')
    expect((await auditor.get('GET /feeds')).body.items.find(f => f.source === 'unemployment')?.last?.id).toBe(
      delivery.id,
    )
  })
})

/** Node writes no GB18030: each letter is looked up by decoding all two-byte codes once. */
const codes = new Map<string, number[]>()
function gbOf(text: string): number[] {
  if (codes.size === 0)
    for (let a = 0x81; a <= 0xfe; a++)
      for (let b = 0x40; b <= 0xfe; b++) codes.set(new TextDecoder('gb18030').decode(new Uint8Array([a, b])), [a, b])
  return [...text].flatMap(letter => (letter < '\u0080' ? [letter.charCodeAt(0)] : (codes.get(letter) ?? [63])))
}
