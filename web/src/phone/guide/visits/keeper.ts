import {
  conflictsOf,
  emptyPocket,
  type FieldValue,
  markSent,
  newId,
  type Pocket,
  sheetOn,
  takeAnswer,
  type Words,
  writeField,
} from '@zhulian/kernel'
import { useEffect, useState } from 'react'
import { api, apiUpload, type Result } from '../../../platform/api.ts'
import { isProblem, type Problem, problemOf } from '../../../platform/problem.ts'
import { askSession, sessionNow } from '../../../platform/session.ts'
import { createStore, useStore } from '../../../platform/store.ts'
import { keepMs, makeVault, notedUnsent, openVault, standingOfVault, type Vault, wipeVault } from './vault.ts'

type Synced = Result<'POST /sync'>
export type DayTask = Synced['tasks'][number]
export type Form = NonNullable<Synced['forms']>['all'][number]
type Head = Synced['sheets'][string]['heads'][number]
export type AlarmKind = 'violence' | 'suicide' | 'childAbuse'

export interface KeptFile {
  readonly id: string
  readonly visit: string
  readonly kind: 'photo' | 'signature' | 'voice'
  readonly type: string
  readonly bytes: number
  readonly takenAt: string
  readonly sent: boolean
  readonly refused?: string
}
interface Hand {
  readonly visit: string
  readonly on: string
  readonly refused?: Words
  readonly conflict?: true
}

/** All that lies in the vault besides the files, as one record: it is whole or it is not there. */
export interface Day {
  readonly pocket: Pocket
  readonly tasks: readonly DayTask[]
  readonly forms: { readonly version: string; readonly all: readonly Form[] }
  readonly seen: Readonly<Record<string, number>>
  readonly hands: readonly Hand[]
  readonly alarms: readonly {
    readonly id: string
    readonly visit: string
    readonly kind: AlarmKind
    readonly words?: string
    /** Why it did not reach the township; it is sent again each time, and stays until it does. */
    readonly refused?: Words
  }[]
  readonly files: readonly KeptFile[]
  readonly also: readonly string[]
  readonly today: string
  /** What the last answer said beside a kept row. */
  readonly said: readonly Words[]
}

export type Keeper =
  | { readonly state: 'asking' }
  /** This telephone keeps nothing; `why` says what happened to what it kept. */
  | { readonly state: 'none'; readonly why?: 'expired' | 'tries' | 'revoked' }
  | { readonly state: 'locked'; readonly left: number; readonly until: number }
  | { readonly state: 'elsewhere' }
  | {
      readonly state: 'open'
      readonly day: Day
      readonly sending: boolean
      readonly sentAt: number | undefined
      /** When this telephone empties itself without another contact, ms since 1970. */
      readonly until: number
      readonly problem: Problem | undefined
      /** Somebody else is signed in here; nothing is sent in their name. */
      readonly foreign: boolean
    }

const keeper = createStore<Keeper>({ state: 'asking' })
export const useKeeper = (): Keeper => useStore(keeper)

let vault: Vault | undefined
let secret = ''
let letGo: (() => void) | undefined
let day: Day | undefined

const show = (part: Partial<Extract<Keeper, { state: 'open' }>> = {}) => {
  const now = keeper.get()
  if (!day) return
  const before =
    now.state === 'open'
      ? now
      : { sending: false, sentAt: undefined, until: Date.now() + keepMs, problem: undefined, foreign: false }
  keeper.set({ ...before, ...part, state: 'open', day })
}

// One writer at a time; what changed while it wrote is written next.
let writing: Promise<void> | undefined
let dirty = false
function keep(): Promise<void> {
  dirty = true
  writing ??= (async () => {
    while (dirty && vault && day) {
      dirty = false
      await vault.write('day', day, unsent(day))
    }
  })().finally(() => {
    writing = undefined
  })
  return writing
}
async function change(next: Day): Promise<void> {
  day = next
  show()
  await keep()
}

/** Looks what this telephone keeps, before anything is asked of the network. */
export async function lookForVault(): Promise<void> {
  if (keeper.get().state === 'open') return
  const standing = await standingOfVault().catch(() => ({ state: 'none' as const }))
  if (standing.state === 'expired') keeper.set({ state: 'none', why: 'expired' })
  else if (standing.state === 'none') {
    if (keeper.get().state !== 'none') keeper.set({ state: 'none' })
  } else {
    keeper.set({ state: 'locked', left: standing.left, until: standing.until })
    watch()
  }
}

/** Two pages of one telephone would count their edits twice: only one holds the vault. */
const hold = () =>
  new Promise<boolean>(resolve => {
    if (!('locks' in navigator)) return resolve(true)
    void navigator.locks.request('zhulian-visits', { ifAvailable: true }, lock => {
      resolve(lock !== null)
      return lock === null ? undefined : new Promise<void>(done => (letGo = done))
    })
  })

async function begin(open: Vault): Promise<void> {
  vault = open
  secret = (await open.read<string>('secret')) ?? ''
  day = (await open.read<Day>('day')) ?? {
    pocket: emptyPocket(open.device),
    tasks: [],
    forms: { version: '', all: [] },
    seen: {},
    hands: [],
    alarms: [],
    files: [],
    also: [],
    today: '',
    said: [],
  }
  const standing = await standingOfVault()
  show(standing.state === 'locked' ? { until: standing.until } : {})
  watch()
}

/** @throws Problem when the telephone cannot be registered */
export async function setUpVault(pin: string, deviceName: string): Promise<void> {
  const session = sessionNow()
  if (session.state !== 'known' || !session.described.account) return
  const { id, secret: given } = await api('POST /devices', { body: { name: deviceName } })
  if (!(await hold())) return keeper.set({ state: 'elsewhere' })
  await begin(await makeVault(pin, { account: session.described.account.id, device: id, secret: given }))
  // Installed or not: what is not sent yet should outlive a full disk.
  await navigator.storage?.persist?.().catch(() => false)
  await registerWorker()
  await sync()
}

/** @returns how many tries are left after a wrong PIN */
export async function unlock(pin: string): Promise<number | undefined> {
  // The page may have stood here, locked, for longer than a day.
  await lookForVault()
  if (keeper.get().state !== 'locked') return undefined
  if (!(await hold())) {
    keeper.set({ state: 'elsewhere' })
    return undefined
  }
  const opened = await openVault(pin)
  if ('wrong' in opened) {
    letGo?.()
    if (opened.left === 0) keeper.set({ state: 'none', why: 'tries' })
    else keeper.set({ state: 'locked', left: opened.left, until: 0 })
    return opened.left
  }
  await begin(opened)
  void registerWorker()
  void sync()
  return undefined
}

/** Takes the key out of the page's hands; what is kept stays. */
export async function lockVault(): Promise<void> {
  await keep().catch(() => undefined)
  forget()
  await lookForVault()
}

function forget(): void {
  vault = undefined
  day = undefined
  secret = ''
  letGo?.()
  letGo = undefined
  keeper.set({ state: 'asking' })
}

async function empty(why?: 'revoked' | 'expired'): Promise<void> {
  forget()
  await wipeVault()
  keeper.set(why ? { state: 'none', why } : { state: 'none' })
}

/** Before signing out: the vault goes with the session. */
export const emptyVault = (): Promise<void> => empty()

/** How many rows, files and sheets have not reached the server. */
export const unsent = (d: Day): number =>
  d.pocket.waiting.length + d.files.filter(f => !f.sent).length + d.hands.length + d.alarms.length

/** As {@link unsent}; also while the vault is locked, by a number that lies beside it and says nothing else. */
export function useUnsent(): number {
  const now = useKeeper()
  const [noted, setNoted] = useState(0)
  useEffect(() => {
    if (now.state !== 'open') void notedUnsent().then(setNoted)
  }, [now.state])
  return now.state === 'open' ? unsent(now.day) : noted
}

const open = (): Day => {
  if (!day) throw new Error('the vault is closed')
  return day
}

/** Writes a field; kept at once, each keystroke. */
export const write = (visit: string, field: string, value: FieldValue): Promise<void> =>
  change({ ...open(), pocket: writeField(open().pocket, visit, field, value, new Date().toISOString()) })

/** Hands a sheet in as soon as its rows are through. */
export async function handIn(visit: string, on: string): Promise<void> {
  const hands = open().hands.filter(h => h.visit !== visit)
  await change({ ...open(), hands: [...hands, { visit, on }] })
  void sync()
}
export const takeBackHand = (visit: string): Promise<void> =>
  change({ ...open(), hands: open().hands.filter(h => h.visit !== visit) })

/** @returns its id; it is with the township once the day no longer holds it */
export async function raiseAlarm(visit: string, kind: AlarmKind, words: string): Promise<string> {
  const id = newId()
  await change({ ...open(), alarms: [...open().alarms, { id, visit, kind, ...(words ? { words } : {}) }] })
  void sync()
  return id
}

export async function keepFile(visit: string, kind: KeptFile['kind'], blob: Blob): Promise<void> {
  const id = newId()
  await vault?.writeBytes(`file:${id}`, new Uint8Array(await blob.arrayBuffer()))
  const file = { id, visit, kind, type: blob.type, bytes: blob.size, takenAt: new Date().toISOString(), sent: false }
  await change({ ...open(), files: [...open().files, file] })
}
export async function dropFile(id: string): Promise<void> {
  await change({ ...open(), files: open().files.filter(f => f.id !== id) })
  await vault?.remove(`file:${id}`)
}
export const fileOf = async (file: KeptFile): Promise<Blob | undefined> => {
  const content = await vault?.readBytes(`file:${file.id}`)
  return content && new Blob([content], { type: file.type })
}

/** Fills a colleague's visit in together with them. */
export async function fillTogether(task: string): Promise<void> {
  await change({ ...open(), also: [...new Set([...open().also, task])].slice(-20) })
  await sync()
}

/** What a sheet shows, with who wrote what. */
export const sheetOf = (d: Day, visit: string) => sheetOn(d.pocket, visit)
export const conflictsIn = (d: Day, visit: string): string[] => conflictsOf(sheetOn(d.pocket, visit))
/** Undefined for what was written on this telephone. */
export const writerOf = (d: Day, visit: string, id: string): string | undefined =>
  id.startsWith(`${d.pocket.device}:`)
    ? undefined
    : (d.pocket.known[visit] as readonly Head[] | undefined)?.find(h => h.id === id)?.by

let sending: Promise<void> | undefined
let wanted = false

/** Sends what waits and takes the day in. One at a time; what is wanted meanwhile is done right after. */
export async function sync(): Promise<void> {
  wanted = true
  sending ??= (async () => {
    while (wanted && vault && day) {
      wanted = false
      await syncOnce()
    }
  })().finally(() => {
    sending = undefined
    show({ sending: false })
  })
  await sending
}

async function syncOnce(): Promise<void> {
  show({ sending: true })
  try {
    if (sessionNow().state !== 'known') await askSession()
    const session = sessionNow()
    if (session.state === 'known' && session.described.account?.id !== vault?.account) {
      show({ foreign: true, problem: undefined })
      return
    }
    for (let more = true; more; ) more = await sendOnce()
    // What is through with its files leaves the list too.
    if (await sendFiles()) await sendOnce()
    show({ problem: undefined, foreign: false, sentAt: Date.now(), until: Date.now() + keepMs })
  } catch (thrown) {
    if (day) await hear(problemOf(thrown))
  }
}

const most = 300

async function sendOnce(): Promise<boolean> {
  const marked = markSent(open().pocket, most)
  await change({ ...open(), pocket: marked.pocket })
  const asked = open()
  const answer = await api('POST /sync', {
    body: {
      device: asked.pocket.device,
      edits: marked.batch.map(({ sheet, counter, field, base, value, at }) => ({
        visit: sheet,
        counter,
        field,
        base: [...base],
        value: value as never,
        at,
      })),
      hand: ready(asked, marked.batch).map(({ visit, on }) => ({ visit, on })),
      alarms: asked.alarms.map(({ refused: _refused, ...alarm }) => alarm),
      also: [...asked.also],
      seen: { ...asked.seen },
      forms: asked.forms.version,
    },
    waitMs: 30_000,
  })
  await take(asked, answer)
  await vault?.touch()
  const left = open().pocket.waiting.filter(w => !w.refused)
  return marked.batch.length === most || (answer.rows.some(r => r.state === 'renumber') && left.length > 0)
}

/** Sheets whose rows are all through with this sending; one with a row that came back waits until it is put right. */
const ready = (d: Day, batch: readonly { readonly id: string }[]): readonly Hand[] => {
  const going = new Set(batch.map(b => b.id))
  const held = new Set(d.pocket.waiting.filter(w => w.refused || !going.has(w.id)).map(w => w.sheet))
  return d.hands.filter(h => !h.refused && !held.has(h.visit))
}

async function take(asked: Day, answer: Synced): Promise<void> {
  const now = open()
  const sheets = Object.fromEntries(Object.entries(answer.sheets).map(([visit, sheet]) => [visit, sheet.heads]))
  const pocket = takeAnswer(now.pocket, answer.rows, sheets as never, answer.lastCounter)
  const handed = new Map<string, Synced['handed'][number]>(answer.handed.map(h => [h.visit, h]))
  const hands = now.hands.flatMap((hand): Hand[] => {
    const result = handed.get(hand.visit)
    if (!result || hand.refused || !asked.hands.includes(hand)) return [hand]
    if (result.state === 'done') return []
    if (result.state === 'conflict') return [{ visit: hand.visit, on: hand.on, conflict: true }]
    return [{ ...hand, refused: result.words ?? { zh: '', en: '' } }]
  })
  const raised = new Map<string, Synced['alarms'][number]>(answer.alarms.map(a => [a.id, a]))
  const alarms = now.alarms.flatMap(alarm => {
    const result = raised.get(alarm.id)
    if (result?.state === 'raised') return []
    return result?.words ? [{ ...alarm, refused: result.words }] : [alarm]
  })
  const waits = new Set([
    ...pocket.waiting.map(w => w.sheet),
    ...hands.map(h => h.visit),
    ...now.files.filter(f => !f.sent).map(f => f.visit),
  ])
  // What is done leaves the telephone, unless something of it has not reached the server.
  const tasks = [
    ...answer.tasks,
    ...now.tasks.filter(t => waits.has(t.visit) && !answer.tasks.some(a => a.visit === t.visit)),
  ]
  const shown = new Set<string>(tasks.map(t => t.visit))
  const said = answer.rows.flatMap(r => (r.state === 'kept' && r.words ? [r.words] : []))
  await change({
    ...now,
    pocket: { ...pocket, known: Object.fromEntries(Object.entries(pocket.known).filter(([v]) => shown.has(v))) },
    tasks,
    forms: (answer.forms as Day['forms'] | null) ?? now.forms,
    seen: Object.fromEntries(
      Object.entries({
        ...now.seen,
        ...Object.fromEntries(Object.entries(answer.sheets).map(([v, s]) => [v, s.edits])),
      }).filter(([v]) => shown.has(v)),
    ),
    hands,
    alarms,
    files: now.files.filter(f => shown.has(f.visit)),
    today: answer.today,
    said: [...now.said, ...said].slice(-10),
  })
}

/** Records first, files after. @returns whether any went */
async function sendFiles(): Promise<boolean> {
  let went = false
  for (const file of open().files.filter(f => !f.sent && !f.refused)) {
    const blob = await fileOf(file)
    const mark = (part: Partial<KeptFile>) =>
      change({ ...open(), files: open().files.map(f => (f.id === file.id ? { ...f, ...part } : f)) })
    try {
      if (blob)
        await apiUpload('POST /visits/:visitId/attachments', new File([blob], file.kind, { type: file.type }), {
          params: { visitId: file.visit },
          query: { id: file.id, kind: file.kind, takenAt: file.takenAt },
        })
      await mark({ sent: true })
      went = true
      await vault?.remove(`file:${file.id}`)
    } catch (thrown) {
      if (!isProblem(thrown) || thrown.kind !== 'refused' || thrown.status === 401 || thrown.status === 429)
        throw thrown
      await mark({ refused: thrown.detail ?? '' })
    }
  }
  return went
}

/** A telephone that was revoked empties itself, also when its session has ended first. */
async function hear(problem: Problem): Promise<void> {
  if (problem.code === 'outreach.deviceNotYours') return await empty('revoked')
  if (problem.status === 401 && vault) {
    const asked = await api('POST /devices/:deviceId/standing', {
      params: { deviceId: vault.device },
      body: { secret },
    }).catch(() => undefined)
    if (asked?.stands === false) return await empty('revoked')
  }
  show({ problem })
}

let watching = false
function watch(): void {
  if (watching) return
  watching = true
  globalThis.addEventListener('online', () => void sync())
  setInterval(() => {
    void (async () => {
      if (day || keeper.get().state === 'locked') {
        const standing = await standingOfVault()
        if (standing.state === 'expired') return await empty('expired')
        // Another page of this telephone has emptied it meanwhile.
        if (standing.state === 'none') {
          forget()
          return keeper.set({ state: 'none' })
        }
      }
      const now = keeper.get()
      if (now.state === 'open' && unsent(now.day) > 0 && navigator.onLine) await sync()
    })()
  }, 20_000)
}

/**
 * The page itself opens without a network from now on, and can be installed. Residents' telephones never get a worker, and their
 * page is offered to nobody's home screen.
 */
async function registerWorker(): Promise<void> {
  if (!document.querySelector('link[rel=manifest]')) {
    const link = document.createElement('link')
    link.rel = 'manifest'
    link.href = './app.webmanifest'
    document.head.append(link)
  }
  if ('serviceWorker' in navigator) await navigator.serviceWorker.register('./sw.js').catch(() => undefined)
}
