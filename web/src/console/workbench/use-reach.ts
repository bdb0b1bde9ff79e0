import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { api } from '../../platform/api.ts'
import { type Problem, problemOf } from '../../platform/problem.ts'
import { oneAtATime } from '../simulation/one-at-a-time.ts'

interface Asked {
  readonly id: string
  readonly version: number
}

/** The first question of a day reads the whole registry. */
const waitMs = 120_000
const keyOf = ({ id, version }: Asked) => `${id} ${String(version)}`

export const askReach = (draftId: string) => api('POST /simulations/drafts/:draftId', { params: { draftId }, waitMs })
export const askAlerts = (draftId: string) => api('POST /alerts/drafts/:draftId', { params: { draftId }, waitMs })

/** Whom a draft would change, asked for each time it is saved: one question on the way, the latest version wins. */
export function useReach<T>(draft: Asked, off: boolean, ask: (draftId: string) => Promise<T>) {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: T }>()
  const [failed, setFailed] = useState<{ readonly key: string; readonly problem: Problem }>()
  const wanted = useRef<Asked>(undefined)
  const done = useRef<string>(undefined)
  const queue = useRef<ReturnType<typeof oneAtATime>>(undefined)
  const wake = useEffectEvent(() => {
    queue.current ??= oneAtATime<Asked, T>(
      () => (wanted.current && keyOf(wanted.current) !== done.current ? wanted.current : undefined),
      ({ id }) => ask(id),
      (asked, value) => {
        done.current = keyOf(asked)
        setAnswer({ key: keyOf(asked), value })
        setFailed(undefined)
      },
      (asked, thrown) => setFailed({ key: keyOf(asked), problem: problemOf(thrown) }),
    )
    queue.current.wake()
  })
  const { id, version } = draft
  useEffect(() => {
    wanted.current = off ? undefined : { id, version }
    wake()
    return () => {
      wanted.current = undefined
    }
  }, [id, version, off])
  const key = keyOf(draft)
  const problem = failed?.key === key ? failed.problem : undefined
  return {
    /** Of an earlier version while the present one is counted. */
    answer: answer?.value,
    problem,
    busy: !off && answer?.key !== key && problem === undefined,
    again: () => {
      setFailed(undefined)
      queue.current?.wake()
    },
  }
}
