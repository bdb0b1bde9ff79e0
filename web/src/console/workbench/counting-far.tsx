import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useWorkbenchWords } from './words.ts'

const lookMs = 500

/** How far the counting of a draft's alerts is, in households and seconds, and the way to stop it. */
export function CountingFar({ draftId }: { readonly draftId: string }) {
  const words = useWorkbenchWords().reach
  const [far, setFar] = useState<Result<'GET /alerts/drafts/:draftId/counting'>['counting']>(null)
  const [seconds, setSeconds] = useState(0)
  const params = { draftId }
  const [stop, stopping] = useDeed(() => api('POST /alerts/drafts/:draftId/counting/stop', { params, body: {} }))
  useEffect(() => {
    const began = performance.now()
    const timer = setInterval(() => {
      setSeconds(Math.round((performance.now() - began) / 1000))
      api('GET /alerts/drafts/:draftId/counting', { params: { draftId } }).then(
        ({ counting }) => setFar(counting),
        // The question itself says what is wrong.
        () => setFar(null),
      )
    }, lookMs)
    return () => clearInterval(timer)
  }, [draftId])
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
    </Notice>
  )
}
