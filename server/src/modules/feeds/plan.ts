import { type Id, maskName, type Words } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import {
  factsOfMany,
  inOrderOfWeight,
  type KnownFact,
  type KnownHousehold,
  type RegisteredHousehold,
  type RegisteredPerson,
  registeredOf,
} from '../registry/index.ts'
import { isNews } from './is-news.ts'
import type { ReadRow } from './read-row.ts'
import type { BatchRow, ChangeLine, Fault } from './tables.ts'

type Facts = Readonly<Record<string, unknown>>

/** A household the file brings. */
export interface NewOne {
  readonly kind: 'newHousehold'
  readonly householdNo: string
  readonly division: string
  /** When it was in the registry once, with a file that was undone. */
  readonly id: Id | undefined
  readonly facts: Facts
  readonly members: readonly { readonly row: ReadRow; readonly id: Id | undefined }[]
}
/** What the file adds to a household that stands. */
export interface Addition {
  readonly kind: 'addition'
  readonly household: RegisteredHousehold
  readonly facts: Facts
  readonly joining: readonly { readonly row: ReadRow; readonly id: Id | undefined }[]
  readonly said: readonly { readonly person: Id; readonly facts: Facts }[]
}
export interface Plan {
  readonly steps: readonly (NewOne | Addition)[]
  readonly faults: ReadonlyMap<number, Fault[]>
  readonly changes: readonly ChangeLine[]
  readonly unchanged: number
  readonly changedPersons: number
  readonly changedHouseholds: number
}

/** Works out what some whole households of a file would change. Reads the registry, writes nothing. */
export async function planHouseholds(
  ctx: Ctx,
  batch: Pick<BatchRow, 'division' | 'origin' | 'as_of'>,
  rows: readonly ReadRow[],
  faulty: ReadonlyMap<string, readonly number[]>,
  labels: (owner: 'household' | 'person', fact: string) => Words,
): Promise<Plan> {
  const byNumber = Map.groupBy(rows, r => r.householdNo)
  const { households, persons } = await registeredOf(
    ctx,
    [...byNumber.keys()],
    rows.map(r => r.idNumber),
  )
  const standing = [...byNumber.keys()].flatMap(no => {
    const found = households.get(no)
    return found && !found.withdrawn ? [found.id] : []
  })
  const known = new Map((await factsOfMany(ctx, standing)).map(h => [h.id, h]))
  const planner = new Planner(batch, persons, labels)
  for (const [no, members] of byNumber) {
    const household = households.get(no)
    const there = household && !household.withdrawn ? known.get(household.id) : undefined
    if (household && there) planner.add(household, there, members)
    else planner.bring(no, household?.id, members, faulty.get(no) ?? [])
  }
  return planner
}

class Planner implements Plan {
  readonly steps: (NewOne | Addition)[] = []
  readonly faults = new Map<number, Fault[]>()
  readonly changes: ChangeLine[] = []
  unchanged = 0
  changedPersons = 0
  changedHouseholds = 0
  readonly #batch: Pick<BatchRow, 'division' | 'origin' | 'as_of'>
  readonly #persons: ReadonlyMap<string, RegisteredPerson>
  readonly #labels: (owner: 'household' | 'person', fact: string) => Words

  constructor(
    batch: Pick<BatchRow, 'division' | 'origin' | 'as_of'>,
    persons: ReadonlyMap<string, RegisteredPerson>,
    labels: (owner: 'household' | 'person', fact: string) => Words,
  ) {
    this.#batch = batch
    this.#persons = persons
    this.#labels = labels
  }

  /** A new household comes in whole or not at all. */
  bring(householdNo: string, id: Id | undefined, members: readonly ReadRow[], faulty: readonly number[]): void {
    const division = this.#divisionOf(members)
    const heads = members.filter(m => m.relation === '02')
    const facts = this.#householdFacts(members)
    for (const m of members) {
      const registered = this.#persons.get(m.idNumber)
      if (registered && belongs(registered)) this.#fault(m, '身份证号', elsewhere)
    }
    if (heads.length === 0 && faulty.length === 0)
      this.#fault(members[0], '与户主关系', { zh: '这一户没有户主', en: 'This household has no head' })
    for (const second of heads.slice(1))
      this.#fault(second, '与户主关系', {
        zh: `这一户已经有户主（第${heads[0]?.row}行）`,
        en: `This household has a head already (row ${heads[0]?.row})`,
      })
    if (!division)
      this.#fault(members[0], '村（社区）', { zh: '新的一户要写明村（社区）', en: 'A new household needs its village' })
    const first = faulty[0] ?? members.find(m => this.faults.has(m.row))?.row
    if (first !== undefined || !division) return this.#holdBack(members, first ?? 0)
    const lines = members.map(row => ({ row, id: this.#persons.get(row.idNumber)?.id }))
    this.steps.push({ kind: 'newHousehold', householdNo, division, id, facts, members: lines })
    for (const m of members) this.#line(m, m === heads[0] ? 'newHousehold' : 'newPerson')
  }

  #holdBack(members: readonly ReadRow[], because: number): void {
    for (const m of members)
      if (!this.faults.has(m.row))
        this.#fault(m, undefined, {
          zh: `同一户第${because}行有错，改好后一起导入`,
          en: `Row ${because} of the same household is faulty; mend it and import them together`,
        })
  }

  add(household: RegisteredHousehold, known: KnownHousehold, members: readonly ReadRow[]): void {
    const joining: { row: ReadRow; id: Id | undefined }[] = []
    const said: { person: Id; facts: Facts }[] = []
    if (!household.division.startsWith(this.#batch.division))
      for (const m of members)
        this.#fault(m, '户编号', {
          zh: '这一户不在您的工作范围内',
          en: 'This household lies outside the area you work in',
        })
    const own = this.#householdFacts(members)
    for (const m of members) {
      if (m.division && m.division !== household.division)
        this.#fault(m, '村（社区）', {
          zh: '这一户登记在另一个村（社区），搬家请先在家庭页面登记',
          en: 'This household is registered in another village; record the move on its page first',
        })
      const person = this.#persons.get(m.idNumber)
      const member = known.members.find(k => k.id === person?.id)
      if (person && belongs(person) && !member) this.#fault(m, '身份证号', elsewhere)
      if (member && member.name !== m.name)
        this.#fault(m, '姓名', {
          zh: `这个身份证号登记的姓名是${maskName(member.name)}，请核对`,
          en: 'The registry has another name for this identity number; please check',
        })
      if (this.faults.has(m.row)) continue
      if (!member) {
        joining.push({ row: m, id: person?.id })
        this.#line(m, 'newPerson')
        continue
      }
      const facts = this.#new('person', m, m.person, member.facts)
      if (Object.keys(facts).length === 0) this.unchanged++
      else {
        said.push({ person: member.id, facts })
        this.changedPersons++
      }
    }
    const good = members.find(m => !this.faults.has(m.row))
    const facts = good ? this.#new('household', good, own, known.known) : {}
    if (Object.keys(facts).length > 0) this.changedHouseholds++
    if (joining.length > 0 || said.length > 0 || Object.keys(facts).length > 0)
      this.steps.push({ kind: 'addition', household, facts, joining, said })
  }

  /** What the file says that is not what is in use, and that the same source has not said already. */
  #new(owner: 'household' | 'person', row: ReadRow, facts: Facts, known: Readonly<Record<string, KnownFact>>): Facts {
    const fresh: Record<string, unknown> = {}
    for (const [fact, value] of Object.entries(facts)) {
      const now = known[fact]
      if (!isNews(now, value, this.#batch.origin)) continue
      fresh[fact] = value
      const { rivals = [], disputed: _, ...first } = now ?? { rivals: [], disputed: false }
      const mine = {
        value,
        source: 'feed' as const,
        origin: this.#batch.origin,
        asOf: this.#batch.as_of,
        recordedAt: new Date(8.64e15),
        recordedBy: '' as Id,
      }
      const order = now ? inOrderOfWeight(fact, [mine, first as KnownFact, ...rivals]) : [mine]
      this.changes.push({
        row: row.row,
        who: maskName(row.name),
        kind: 'changed',
        fact: `${owner}.${fact}`,
        label: this.#labels(owner, fact),
        before: now?.value ?? null,
        after: value,
        beside: order[0] !== mine,
      })
    }
    return fresh
  }

  #line(m: ReadRow, kind: 'newHousehold' | 'newPerson'): void {
    this.changes.push({
      row: m.row,
      who: maskName(m.name),
      kind,
      fact: null,
      label: null,
      before: null,
      after: null,
      beside: false,
    })
  }

  #divisionOf(members: readonly ReadRow[]): string | undefined {
    const first = members.find(m => m.division)
    for (const m of members)
      if (m.division && m.division !== first?.division)
        this.#fault(m, '村（社区）', {
          zh: `同一户的村和第${first?.row}行不一样`,
          en: `The village differs from row ${first?.row} of the same household`,
        })
    return first?.division
  }

  /** Facts of the household may stand on any of its rows, but say one thing. */
  #householdFacts(members: readonly ReadRow[]): Facts {
    const facts: Record<string, unknown> = {}
    const from = new Map<string, number>()
    for (const m of members)
      for (const [fact, value] of Object.entries(m.household)) {
        if (!(fact in facts)) {
          facts[fact] = value
          from.set(fact, m.row)
        } else if (JSON.stringify(facts[fact]) !== JSON.stringify(value))
          this.#fault(m, this.#labels('household', fact).zh, {
            zh: `同一户的这一项和第${from.get(fact)}行不一样`,
            en: `This differs from row ${from.get(fact)} of the same household`,
          })
      }
    return facts
  }

  #fault(m: ReadRow | undefined, column: string | undefined, words: Words): void {
    if (!m) return
    const before = this.faults.get(m.row) ?? []
    this.faults.set(m.row, [...before, { column, words }])
  }
}

/** Who has left their household, or came with a file that was taken back, belongs to none. */
const belongs = (person: RegisteredPerson) => !person.withdrawn && person.household !== null

const elsewhere: Words = {
  zh: '这个人已经登记在另一户，请先在原来那户登记迁出，或核对户编号',
  en: 'This person is registered in another household; record there that they left, or check the household number',
}
