import type { Words } from '@zhulian/kernel'
import { useEffect, useEffectEvent } from 'react'
import { createStore, useStore } from './store.ts'
import { apiBase } from './transport.ts'

/** Something that just happened on the platform: what, and the id of what it happened to. */
export interface Happening {
  /** `module.whatHappened`; empty when anything may have happened. */
  readonly name: string
  readonly id: string
  readonly words?: Words
}

type Listener = (happening: Happening) => void

const listeners = new Set<Listener>()
const connected = createStore(false)
let source: EventSource | undefined
/** How long until a refused stream is asked for again; longer each time, up to a minute. */
const shortestMs = 4_000
const longestMs = 60_000
let waitMs = shortestMs
let again: ReturnType<typeof setTimeout> | undefined

/** Whoever comes back after a break may have missed something and reads again. */
function greet(): void {
  waitMs = shortestMs
  connected.set(true)
  for (const listener of listeners) listener({ name: '', id: '' })
}

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
  clearTimeout(again)
  source = new EventSource(`${apiBase()}/live`, { withCredentials: apiBase().startsWith('http') })
  source.addEventListener('change', deliver)
  source.addEventListener('hello', greet)
  source.addEventListener('error', () => {
    connected.set(false)
    // A broken stream is opened again by the browser; one that was refused, as by a server that has too much to do, is not.
    if (source?.readyState === EventSource.CLOSED) {
      close()
      again = setTimeout(open, waitMs)
      waitMs = Math.min(longestMs, waitMs * 2)
    }
  })
}

function close(): void {
  clearTimeout(again)
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
        if (happening.name === '' || key.split(' ').some(start => happening.name.startsWith(start))) hear(happening)
      }),
    [key],
  )
}

export const useLiveConnected = (): boolean => useStore(connected)
