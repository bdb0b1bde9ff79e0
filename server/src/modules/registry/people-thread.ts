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
import type { Answered, Asked } from '../../platform/thread.ts'

// A thread of its own: comparing a file with everybody takes long enough that others would wait for it. What it holds of people stays
// in the memory of this process.

export type Told =
  | { readonly places: readonly Place[]; readonly district: District }
  | { readonly put: readonly (Person & { readonly id: Id })[]; readonly gone: readonly Id[] }

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
  readonly explanation: Explanation
}
export interface LinkedPeople {
  /** By row of the list, the likeliest first. */
  readonly rows: readonly (readonly Likeness[])[]
  /** Rows that were compared with nobody: all they could be found by is shared by too many. */
  readonly notCompared: readonly number[]
  readonly learnt: Weights | undefined
}
export type Double = Likeness & { readonly other: Id }

const persons = new Map<Id, Person>()
let places: readonly Place[] = []
let district: District | undefined
let registry: Registry | undefined
const ids: Id[] = []
const rows = new Map<Id, number>()
const columns = ['household', 'name', 'sex', 'birthDate', 'idNumber', 'phone', 'address'] as const

/** Room for some changes, so that it is put together anew once in a while only. */
const roomFor = (people: number) => 500 + Math.ceil(people / 20)

function opened(): Registry {
  if (registry) return registry
  ids.length = 0
  rows.clear()
  const all = [...persons]
  for (const [row, [id]] of all.entries()) {
    ids.push(id)
    rows.set(id, row)
  }
  const people = {
    size: all.length,
    columns: Object.fromEntries(columns.map(c => [c, all.map(([, person]) => person[c] ?? '')])),
  }
  registry = openRegistry(people, usualWeights, {
    addresses: addressBook(places, district),
    homeCodes: district?.homeCodes ?? [],
    room: roomFor(all.length),
  })
  return registry
}

function put(people: readonly (Person & { readonly id: Id })[], gone: readonly Id[]): void {
  const leave = (id: Id) => {
    const row = rows.get(id)
    if (registry && row !== undefined) registry.remove(row)
    rows.delete(id)
  }
  for (const id of gone) {
    leave(id)
    persons.delete(id)
  }
  for (const { id, ...person } of people) {
    leave(id)
    persons.set(id, person)
    const row = registry?.add(person)
    if (row === undefined) registry = undefined
    else {
      ids[row] = id
      rows.set(id, row)
    }
  }
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
          found[row]?.push({ ...rest, person: ids[right] as Id, explanation })
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

function answerTo(question: Question) {
  if (question.what === 'find') {
    const own = opened()
    return question.persons.map(person =>
      own.find(person).map(({ row, ...rest }): Likeness => ({ ...rest, person: ids[row] as Id })),
    )
  }
  if (question.what === 'link') return linkList(question.people, question.weights)
  return opened()
    .doubles()
    .slice(0, question.most)
    .map(({ left, right, ...rest }): Double => ({ ...rest, person: ids[right] as Id, other: ids[left] as Id }))
}

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
  if ('put' in message) return put(message.put, message.gone)
  const { ask, question } = message
  try {
    say({ ask, answer: answerTo(question) })
  } catch (error) {
    // A stack names places in the code; a message might quote what was compared.
    say({ ask, fault: error instanceof Error ? `${error.name} ${error.stack?.split('\n').slice(1, 4).join(' ')}` : '' })
  }
}

parentPort?.on('message', (message: Told | Asked<Question>) => {
  hear(message)
  for (let next = later.shift(); next; next = later.shift()) hear(next)
})
