import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { api, type Result } from '../../platform/api.ts'
import { type Problem, problemOf } from '../../platform/problem.ts'
import { oneAtATime } from '../simulation/one-at-a-time.ts'

type Reached = Result<'POST /simulations/drafts/:draftId'>
interface Asked {
  readonly id: string
  readonly version: number
}

/** The first question of a day reads the whole registry. */
const waitMs = 120_000
const keyOf = ({ id, version }: Asked) => `${id} ${String(version)}`

/** Whom a draft would change, asked for each time it is saved: one question on the way, the latest version wins. */
export function useReach(draft: Asked, off: boolean) {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: Reached }>()
  const [failed, setFailed] = useState<{ readonly key: string; readonly problem: Problem }>()
  const wanted = useRef<Asked>(undefined)
  const done = useRef<string>(undefined)
  const queue = useRef<ReturnType<typeof oneAtATime>>(undefined)
  const wake = useEffectEvent(() => {
    queue.current ??= oneAtATime<Asked, Reached>(
      () => (wanted.current && keyOf(wanted.current) !== done.current ? wanted.current : undefined),
      ({ id }) => api('POST /simulations/drafts/:draftId', { params: { draftId: id }, waitMs }),
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
