import type { Id } from '@zhulian/kernel'

export interface Progress {
  readonly done: number
  readonly of: number
}

/**
 * How far a running file is. A job is one transaction, so what it writes of itself is not seen before it ends: this stays in
 * the process. A browser that asks another process sees the state without a count.
 */
const running = new Map<Id, Progress>()

export const progressOf = (batch: Id): Progress | null => running.get(batch) ?? null

export function progressFor(batch: Id, of: number): { add(rows: number): void; end(): void } {
  let done = 0
  running.set(batch, { done, of })
  return {
    add(rows) {
      done = Math.min(of, done + rows)
      running.set(batch, { done, of })
    },
    end: () => void running.delete(batch),
  }
}
