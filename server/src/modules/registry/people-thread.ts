import type { Id } from '@zhulian/kernel'
import {
  addressBook,
  completed,
  type District,
  type Explanation,
  openRegistry,
  type Pair,
  type People,
  type Person,
  type Place,
  type Registry,
  usualWeights,
  type Weights,
} from '@zhulian/linkage'
import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { collect } from '../../platform/heap.ts'
import type { Answered, Asked } from '../../platform/thread.ts'

// A thread of its own: comparing a file with everybody takes long enough that others would wait for it. What it holds of people stays
// in the memory of this process.

/** Where somebody lives as far as the registry knows. */
interface Whereabouts {
  readonly household: Id | null
  readonly division: string
}
export interface Somebody extends Whereabouts {
  readonly id: Id
  /** Where they belong, and belonged. */
  readonly homes: readonly Id[]
  readonly person: Omit<Person, 'household'>
}

export type Told =
  | { readonly places: readonly Place[]; readonly district: District }
  /** Everybody who is or was in these households. */
  | { readonly households: readonly Id[]; readonly put: readonly Somebody[] }
  | { readonly isWhole: true }

export type Question =
  /** Each of these alone: whom might it be? */
  | { readonly what: 'find'; readonly persons: readonly Person[] }
  /** All of these as one list, nobody being two of them. Without weights they are learnt where there is enough to learn from. */
  | { readonly what: 'link'; readonly people: People; readonly weights: Weights | undefined }
  /** Who stands in the registry twice. */
  | { readonly what: 'doubles'; readonly most: number }

/** Somebody of the registry, with what speaks for and against: empty for a row of a list that needs nobody to look. */
export interface Likeness extends Omit<Pair, 'left' | 'right'> {
  readonly person: Id
  readonly at: Whereabouts
  readonly explanation: Explanation
}
/** So many have changed that all must be told anew. */
export type Full = 'full'
export interface LinkedPeople {
  /** By row of the list, the likeliest first. */
  readonly rows: readonly (readonly Likeness[])[]
  /** Rows that were compared with nobody: all they could be found by is shared by too many. */
  readonly notCompared: readonly number[]
  readonly learnt: Weights | undefined
}
export type Double = Likeness & { readonly other: Id }

let places: readonly Place[] = []
let district: District | undefined

// What the registry is opened with is let go once it is: as objects the people of a district take as much again.
const persons = new Map<Id, Somebody['person']>()
let isWhole = false
let isFull = false
let registry: Registry | undefined
const ids: Id[] = []
const known = new Map<Id, Known>()
/** Who ever belonged to a household. */
const homes = new Map<Id, Id[]>()

interface Known extends Whereabouts {
  /** In the registry; -1 where they are not yet. */
  row: number
}
const columns = ['household', 'name', 'sex', 'birthDate', 'idNumber', 'phone', 'address'] as const

/** Room for some changes, so that it is put together anew once in a while only. */
const roomFor = (people: number) => 500 + Math.ceil(people / 20)

function opened(): Registry {
  if (registry) return registry
  ids.length = 0
  const all = [...persons]
  for (const [row, [id]] of all.entries()) {
    ids.push(id)
    ;(known.get(id) as Known).row = row
  }
  const people = {
    size: all.length,
    columns: Object.fromEntries(
      columns.map(c => [
        c,
        all.map(([id, person]) => (c === 'household' ? known.get(id)?.household : person[c]) ?? ''),
      ]),
    ),
  }
  registry = openRegistry(people, usualWeights, {
    addresses: addressBook(places, district),
    homeCodes: district?.homeCodes ?? [],
    room: roomFor(all.length),
  })
  if (isWhole) persons.clear()
  collect()
  return registry
}

function put(households: readonly Id[], people: readonly Somebody[]): void {
  const found = new Set(people.map(p => p.id))
  for (const id of new Set(households.flatMap(home => homes.get(home) ?? [])))
    if (!found.has(id)) {
      leave(id)
      persons.delete(id)
      known.delete(id)
    }
  for (const { id, person, ...at } of people) {
    leave(id)
    const row = registry?.add({ ...person, household: at.household ?? '' }) ?? -1
    known.set(id, { ...as(at), row })
    for (const home of at.homes) belong(id, home)
    if (row >= 0) ids[row] = id
    else if (registry && isWhole) isFull = true
    else registry = undefined
    if (!registry || !isWhole) persons.set(id, person)
  }
}

function leave(id: Id): void {
  const row = known.get(id)?.row ?? -1
  if (row >= 0) registry?.remove(row)
}

/** In the words in which the first of the household said it: each message brings its own copies. */
function as({ household, division }: Whereabouts): Whereabouts {
  const first = known.get(homes.get(household ?? ('' as Id))?.[0] ?? ('' as Id))
  return {
    household: first?.household === household ? first.household : household,
    division: first?.division === division ? first.division : division,
  }
}

function belong(id: Id, home: Id): void {
  const all = homes.get(home)
  if (!all) homes.set(home, [id])
  else if (!all.includes(id)) all.push(id)
}

/** Fewer rows, or fewer of them known here, say too little of how records of one person differ. */
const [fewestRows, fewestMatches] = [300, 100]

function linkList(left: People, kept: Weights | undefined): LinkedPeople {
  const own = opened()
  const learn = kept === undefined && left.size >= fewestRows
  const weights = learn ? undefined : completed(kept ?? usualWeights, usualWeights)
  const read = (known: Weights | undefined) =>
    own.link(
      left,
      known,
      ({ pairs, weights: used, notCompared, explain }) => {
        const found: Likeness[][] = Array.from({ length: left.size }, () => [])
        for (const { left: row, right, ...rest } of pairs) {
          const explanation = rest.band === 'same' ? [] : explain({ left: row, right })
          found[row]?.push({ ...rest, ...who(right), explanation })
        }
        return { rows: found, notCompared: notCompared.rows, used }
      },
      answerThoseWhoType,
    )
  const { used, ...first } = read(weights)
  if (!learn) return { ...first, learnt: undefined }
  // Without households it would be two classes, which take relatives for one person.
  const isWhole = used.comparisons.every(c => c.household !== undefined)
  if (isWhole && used.same * left.size >= fewestMatches) return { ...first, learnt: used }
  return { ...first, rows: read(usualWeights).rows, learnt: undefined }
}

function who(row: number): Pick<Likeness, 'person' | 'at'> {
  const person = ids[row] as Id
  const { household, division } = known.get(person) as Known
  return { person, at: { household, division } }
}

function answerTo(question: Question) {
  if (isFull) return 'full' satisfies Full
  if (question.what === 'find') {
    const own = opened()
    return question.persons.map(person =>
      own.find(person).map(({ row, ...rest }): Likeness => ({ ...rest, ...who(row) })),
    )
  }
  if (question.what === 'link') return linkList(question.people, question.weights)
  return opened()
    .doubles()
    .slice(0, question.most)
    .map(({ left, right, ...rest }): Double => ({ ...rest, ...who(right), other: ids[left] as Id }))
}

/** Nothing long has been asked for so long: what the last one left behind is given back, up to 40 MB, before the next comes in. */
const restMs = 5_000
const rest = setTimeout(collect, restMs)

const say = (message: Answered<ReturnType<typeof answerTo>>) => parentPort?.postMessage(message)

/** What came while a list was being compared and changes what it is compared with, or takes as long. */
const later: (Told | Asked<Question>)[] = []

/** Somebody who types is not kept waiting by a file: they are answered between two steps of it, by what was known when it began. */
function answerThoseWhoType(): void {
  if (!parentPort) return
  for (let came = receiveMessageOnPort(parentPort); came; came = receiveMessageOnPort(parentPort)) {
    const message = came.message as Told | Asked<Question>
    if ('ask' in message && message.question.what === 'find') hear(message)
    else later.push(message)
  }
}

function hear(message: Told | Asked<Question>): void {
  if ('places' in message) {
    places = message.places
    district = message.district
    registry = undefined
    return
  }
  if ('put' in message) return put(message.households, message.put)
  if ('isWhole' in message) {
    isWhole = true
    // It may have been opened for somebody who could not wait.
    registry = undefined
    return
  }
  const { ask, question } = message
  try {
    say({ ask, answer: answerTo(question) })
  } catch (error) {
    // A stack names places in the code; a message might quote what was compared.
    say({ ask, fault: error instanceof Error ? `${error.name} ${error.stack?.split('\n').slice(1, 4).join(' ')}` : '' })
  }
  if (question.what !== 'find') rest.refresh()
}

parentPort?.on('message', (message: Told | Asked<Question>) => {
  hear(message)
  for (let next = later.shift(); next; next = later.shift()) hear(next)
})
