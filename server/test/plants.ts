import { newId } from '@zhulian/kernel'
import type { House } from './house.ts'

/** Strings that stand for somebody's secrets. If one of them reaches a stranger, a wall is down. */
export const canaries = [
  '金丝雀甲',
  '金丝雀乙',
  '330111194904150001',
  '10012345678',
  'canary-note',
  '0571-20000000',
] as const

export const village = '330111109203'

/**
 * Puts somebody's data into every module whose rows belong to a place or a person, through its own routes where they are
 * mounted. Each module adds what it keeps.
 */
export const plants: readonly ((house: House) => Promise<void>)[] = [
  async function household(house) {
    const added = await house.as('guide', { scope: village }).post('POST /households', {
      body: {
        division: village,
        members: [
          { name: canaries[0], idNumber: canaries[2], relation: '01', phone: canaries[3] },
          { name: canaries[1], relation: '20' },
        ],
      },
    })
    if (added.problem) throw new Error(added.text)
  },
  async function slip(house) {
    const guide = house.as('guide', { scope: village })
    const { body } = await guide.get('GET /households')
    const sent = await guide.post('POST /households/:householdId/slips', {
      params: { householdId: (body.items as { id: string }[])[0]?.id ?? '' },
      body: { unit: 'hrss', need: canaries[4], reach: canaries[5], agreed: true },
    })
    if (sent.problem) throw new Error(sent.text)
  },
  async function need(house) {
    const guide = house.as('guide', { scope: village })
    const { body } = await guide.get('GET /households')
    const told = await guide.post('POST /households/:householdId/needs', {
      params: { householdId: (body.items as { id: string }[])[0]?.id ?? '' },
      body: { words: canaries[4] },
    })
    if (told.problem) throw new Error(told.text)
    const added = await guide.post('POST /resources', {
      body: { division: village, kind: 'person', name: canaries[1], offers: canaries[4], places: 1 },
    })
    if (added.problem) throw new Error(added.text)
  },
  async function order(house) {
    const guide = house.as('guide', { scope: village })
    const [{ id: need = '' } = {}] = await house.sql<{ id: string }>('select id from wishes.need limit 1')
    const [{ id: resource = '' } = {}] = await house.sql<{ id: string }>('select id from wishes.resource limit 1')
    const provider = newId()
    await house.sql(
      `insert into organisations.organisation (district, id, kind, name, seat, purpose, stage, added_on, added_at, added_by, added_name)
       values ('330111', $1, 'firm', $2, '330111', '', 'mature', '2021-01-01', '2021-01-01', $1, '')`,
      [provider, '示例社'],
    )
    await house.sql(
      `insert into organisations.access (district, contract_id, organisation_id, from_on, until_on)
       values ('330111', $1, $1, '2021-01-01', '2099-01-01')`,
      [provider],
    )
    const steps = [{ step: 'accept' }, { step: 'match', resource }]
    for (const body of steps) await guide.post('POST /needs/:needId/steps', { params: { needId: need }, body })
    const sent = await guide.post('POST /needs/:needId/orders', {
      params: { needId: need },
      body: {
        provider,
        service: 'S-B1',
        plannedUnits: 1,
        unitPrice: 100,
        startBy: '2021-10-01',
        dueBy: '2021-10-02',
        what: canaries[4],
        callName: canaries[0],
        reach: canaries[5],
        agreed: true,
      },
    })
    if (sent.problem) throw new Error(sent.text)
  },
  async function delivery(house) {
    const rows = [
      ['记录编号', '身份证号', '姓名', '失业登记日期'],
      ['A1', canaries[2], canaries[0], '2021-09-20'],
      ['A2', canaries[2], canaries[1], '2021-09-20'],
      ['A3', canaries[2], canaries[0], canaries[4]],
    ]
    const taken = await house.as('districtOfficer').post('POST /deliveries', {
      query: { source: 'unemployment' },
      file: { name: 'canaries.csv', content: rows.map(row => row.join(',')).join('\n') },
    })
    if (taken.problem) throw new Error(taken.text)
    const { failures } = await house.settle()
    if (failures[0]) throw failures[0].error
  },
  async function visitor(house) {
    const phone = house.nobody()
    const begun = await phone.post('POST /visitors', { body: { village } })
    if (begun.problem) throw new Error(begun.text)
    const interview = await phone.post('POST /interviews', { body: { village, ageOfAnswerer: 76 } })
    if (interview.problem) throw new Error(interview.text)
    const { id, version } = interview.body
    const params = { interviewId: id }
    const told = await phone.post('POST /interviews/:interviewId/members', {
      params,
      body: {
        expectedVersion: version,
        members: [{ callName: canaries[0], relation: null, age: 76, sex: 'female', self: true }],
      },
    })
    if (told.problem) throw new Error(told.text)
    const finished = await phone.post('POST /interviews/:interviewId/finish', {
      params,
      body: { expectedVersion: told.body.version },
    })
    if (finished.problem) throw new Error(finished.text)
    const { items } = (await phone.get('GET /consents/texts')).body
    const agreed = await phone.put('PUT /screenings/:screeningId/consent', {
      params: { screeningId: finished.body.screening },
      body: { kind: 'tellGuide', textVersion: items.find(text => text.kind === 'tellGuide')?.textVersion },
    })
    if (agreed.problem) throw new Error(agreed.text)
    const handedIn = await phone.post('POST /screenings/:screeningId/submission', {
      params: { screeningId: finished.body.screening },
      body: { name: canaries[1], phone: canaries[5], village, note: canaries[4] },
    })
    if (handedIn.problem) throw new Error(handedIn.text)
  },
]
