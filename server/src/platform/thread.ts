import type { Worker } from 'node:worker_threads'

/** A thread of one's own work, as the server speaks to it: told in order, and answering each question by its number. */
export interface Thread<Told, Question> {
  readonly ended: boolean
  give(message: Told): void
  /** Rejects when the thread ends before it has answered. */
  ask<Answer>(question: Question): Promise<Answer>
  /** Ends it, and with it what it was told. */
  end(): Promise<void>
}

export interface Asked<Question> {
  readonly ask: number
  readonly question: Question
}
export type Answered<Answer> =
  | { readonly ask: number; readonly answer: Answer }
  | { readonly ask: number; readonly fault: string }

/** @param onEnd told once, when the thread is there no more */
export function overWorker<Told, Question>(worker: Worker, onEnd?: () => void): Thread<Told, Question> {
  const waiting = new Map<number, { tell: (answer: never) => void; fail: (error: Error) => void }>()
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
    ask: question => {
      if (ended) return Promise.reject(new Error('the thread has ended'))
      const ask = ++asked
      worker.ref()
      worker.postMessage({ ask, question } satisfies Asked<Question>)
      return new Promise((tell, fail) => waiting.set(ask, { tell, fail }))
    },
    end: async () => {
      // Whoever asks from here on begins a new one, and does not wait for this to be gone.
      end(new Error('the thread has ended'))
      await worker.terminate()
    },
  }
}
