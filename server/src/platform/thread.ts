import type { Worker } from 'node:worker_threads'

/** A thread of one's own work, as the server speaks to it: told in order, and answering each question by its number. */
export interface Thread<Told, Question> {
  readonly ended: boolean
  give(message: Told): void
  /** Rejects when the thread ends before it has answered, and with the signal's reason when that calls it off. */
  ask<Answer>(question: Question, watch?: Watch): Promise<Answer>
  /** Ends it, and with it what it was told. */
  end(): Promise<void>
}

/** Whoever waits for something long: told how far it is, and able to call it off. */
export interface Watch {
  readonly far?: (done: number, of: number) => void
  readonly signal?: AbortSignal
}

export interface Asked<Question> {
  readonly ask: number
  readonly question: Question
}
/** Nobody waits for this answer any more. */
export interface CalledOff {
  readonly callOff: number
}
export type Answered<Answer> =
  | { readonly ask: number; readonly done: number; readonly of: number }
  | { readonly ask: number; readonly answer: Answer }
  | { readonly ask: number; readonly fault: string }

/** @param onEnd told once, when the thread is there no more */
export function overWorker<Told, Question>(worker: Worker, onEnd?: () => void): Thread<Told, Question> {
  const waiting = new Map<number, { far?: Watch['far']; tell: (answer: never) => void; fail: (error: Error) => void }>()
  let asked = 0
  let ended = false
  // It keeps no process alive that has nothing else to do.
  worker.unref()
  const end = (error: Error) => {
    if (!ended) onEnd?.()
    ended = true
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
  }
  worker.on('message', (message: Answered<unknown>) => {
    const who = waiting.get(message.ask)
    if ('done' in message) return who?.far?.(message.done, message.of)
    waiting.delete(message.ask)
    if (waiting.size === 0) worker.unref()
    if ('fault' in message) who?.fail(new Error(message.fault))
    else who?.tell(message.answer as never)
  })
  worker.on('error', error => end(error as Error))
  worker.on('exit', () => end(new Error('the thread has ended')))
  return {
    get ended() {
      return ended
    },
    give: message => worker.postMessage(message),
    ask: (question, { far, signal } = {}) => {
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      if (ended) return Promise.reject(new Error('the thread has ended'))
      const ask = ++asked
      worker.ref()
      worker.postMessage({ ask, question } satisfies Asked<Question>)
      const callOff = () => {
        worker.postMessage({ callOff: ask } satisfies CalledOff)
        waiting.get(ask)?.fail(signal?.reason as Error)
        waiting.delete(ask)
      }
      signal?.addEventListener('abort', callOff, { once: true })
      return new Promise<never>((tell, fail) => waiting.set(ask, { far, tell, fail })).finally(() =>
        signal?.removeEventListener('abort', callOff),
      )
    },
    end: async () => {
      // Whoever asks from here on begins a new one, and does not wait for this to be gone.
      end(new Error('the thread has ended'))
      await worker.terminate()
    },
  }
}
