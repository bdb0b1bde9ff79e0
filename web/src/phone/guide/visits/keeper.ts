import { type FieldValue, markSent, newId, writeField } from '@zhulian/kernel'
import { useEffect, useState } from 'react'
import { api, apiUpload } from '../../../platform/api.ts'
import { isProblem, type Problem, problemOf } from '../../../platform/problem.ts'
import { askSession, sessionNow } from '../../../platform/session.ts'
import { createStore, useStore } from '../../../platform/store.ts'
import { type AlarmKind, askOf, asksAnew, type Day, dayAfter, emptyDay, type KeptFile, unsent } from './day.ts'
import { registerWorker } from './register-worker.ts'
import { keepMs, makeVault, notedUnsent, openVault, standingOfVault, type Vault, wipeVault } from './vault.ts'

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
  day = (await open.read<Day>('day')) ?? emptyDay(open.device)
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
    body: askOf(asked, marked.batch),
    packs: true,
    waitMs: 30_000,
  })
  await change(dayAfter(asked, open(), answer))
  await vault?.touch()
  const left = open().pocket.waiting.filter(w => !w.refused)
  const renumbered = answer.rows.some(r => r.state === 'renumber') && left.length > 0
  return marked.batch.length === most || renumbered || asksAnew(asked, open())
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
