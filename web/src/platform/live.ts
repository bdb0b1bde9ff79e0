import { useEffect, useEffectEvent } from 'react'
import { createStore, useStore } from './store.ts'
import { apiBase } from './transport.ts'

/** Something that just happened on the platform: what, and the id of what it happened to. */
export interface Happening {
  /** `module.whatHappened` */
  readonly name: string
  readonly id: string
}

type Listener = (happening: Happening) => void

const listeners = new Set<Listener>()
const connected = createStore(false)
let source: EventSource | undefined

function deliver(event: MessageEvent<string>): void {
  try {
    const happening = JSON.parse(event.data) as Happening
    for (const listener of listeners) listener(happening)
  } catch {
    // A line that is no happening, such as a heartbeat.
  }
}

function open(): void {
  if (source || typeof EventSource === 'undefined') return
  source = new EventSource(`${apiBase()}/live`, { withCredentials: apiBase().startsWith('http') })
  source.addEventListener('message', deliver)
  source.addEventListener('open', () => connected.set(true))
  source.addEventListener('error', () => {
    connected.set(false)
    // A refused stream is closed for good by the browser; a broken one is opened again by it.
    if (source?.readyState === EventSource.CLOSED) close()
  })
}

function close(): void {
  source?.close()
  source = undefined
  connected.set(false)
}

/** Hears what happens from now on, through one connection for the whole page. */
export function listen(listener: Listener): () => void {
  listeners.add(listener)
  open()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) close()
  }
}

/** Calls back for happenings whose name starts with one of the given beginnings (`outreach.`). */
export function useLive(beginnings: readonly string[], onHappening: Listener): void {
  const hear = useEffectEvent(onHappening)
  const key = beginnings.join(' ')
  useEffect(
    () =>
      listen(happening => {
        if (key.split(' ').some(start => happening.name.startsWith(start))) hear(happening)
      }),
    [key],
  )
}

export const useLiveConnected = (): boolean => useStore(connected)
