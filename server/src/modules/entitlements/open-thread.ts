import { Worker } from 'node:worker_threads'
import type { FromThread, Question, ToThread } from './registry-thread.ts'

/** The thread in which everybody is judged by other figures, as the server speaks to it. */
export interface RegistryThread {
  readonly ended: boolean
  give(message: ToThread): void
  /** Rejects when the thread ends before it has answered. */
  ask<T>(question: Question): Promise<T>
}

export function openThread(onEnd: () => void): RegistryThread {
  const waiting = new Map<number, { tell: (answer: never) => void; fail: (error: Error) => void }>()
  let asked = 0
  let ended = false
  const worker = new Worker(new URL('./registry-thread.ts', import.meta.url))
  // It keeps no process alive that has nothing else to do.
  worker.unref()
  const end = (error: Error) => {
    if (!ended) onEnd()
    ended = true
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
  }
  worker.on('message', (message: FromThread) => {
    const who = waiting.get(message.ask)
    waiting.delete(message.ask)
    if (waiting.size === 0) worker.unref()
    if ('fault' in message) who?.fail(new Error(message.fault))
    else who?.tell(message.answer as never)
  })
  worker.on('error', error => end(error as Error))
  worker.on('exit', () => end(new Error('the thread of the registry has ended')))
  return {
    get ended() {
      return ended
    },
    give: message => worker.postMessage(message),
    ask: question => {
      if (ended) return Promise.reject(new Error('the thread of the registry has ended'))
      const ask = ++asked
      worker.ref()
      worker.postMessage({ ask, question } satisfies ToThread)
      return new Promise((tell, fail) => waiting.set(ask, { tell, fail }))
    },
  }
}
