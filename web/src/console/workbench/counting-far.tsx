import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useProblemWords } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useWorkbenchWords } from './words.ts'

const lookMs = 500

type Far = Result<'GET /alerts/drafts/:draftId/counting'>
type Params = { readonly params: { readonly draftId: string } }

/** What is counted of a draft: who would get something else, or of whom an alert would be raised. */
const asked = {
  benefits: {
    far: (of: Params): Promise<Far> => api('GET /simulations/drafts/:draftId/counting', of),
    stop: (of: Params) => api('POST /simulations/drafts/:draftId/counting/stop', { ...of, body: {} }),
  },
  alerts: {
    far: (of: Params): Promise<Far> => api('GET /alerts/drafts/:draftId/counting', of),
    stop: (of: Params) => api('POST /alerts/drafts/:draftId/counting/stop', { ...of, body: {} }),
  },
} as const

/** How far the counting of a draft is, in households and seconds, and the way to stop it. */
export function CountingFar({ draftId, what }: { readonly draftId: string; readonly what: keyof typeof asked }) {
  const words = useWorkbenchWords().reach
  const inWords = useProblemWords()
  const [far, setFar] = useState<Far['counting']>(null)
  const [seconds, setSeconds] = useState(0)
  const [stop, stopping] = useDeed(() => asked[what].stop({ params: { draftId } }))
  useEffect(() => {
    const began = performance.now()
    const timer = setInterval(() => {
      setSeconds(Math.round((performance.now() - began) / 1000))
      asked[what].far({ params: { draftId } }).then(
        ({ counting }) => setFar(counting),
        // The question itself says what is wrong.
        () => setFar(null),
      )
    }, lookMs)
    return () => clearInterval(timer)
  }, [draftId, what])
  if (!far) return undefined
  return (
    <Notice
      icon="clock"
      act={
        <Button onClick={() => stop()} busy={stopping.busy} busyWords={words.stopping}>
          {words.stop}
        </Button>
      }
    >
      <p role="status">{words.steps[far.step]}</p>
      {far.of > 0 && (
        <progress className="reach-far" value={far.done} max={far.of} aria-label={words.steps[far.step]} />
      )}
      <p className="second small">
        {far.of > 0 && words.far(far.done, far.of)}
        {words.waited(seconds)}
      </p>
      {stopping.problem && <p role="alert">{inWords(stopping.problem)}</p>}
    </Notice>
  )
}
