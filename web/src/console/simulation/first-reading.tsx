import { useEffect, useState } from 'react'
import { Notice } from '../../parts/notice.tsx'
import { Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useSimulationWords } from './words.ts'

const lookMs = 500

/** The registry is read into memory once: how far it is, in households and seconds. */
export function FirstReading() {
  const words = useSimulationWords()
  const [far, setFar] = useState<{ readonly read: number; readonly of: number }>()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const began = performance.now()
    const timer = setInterval(() => {
      setSeconds(Math.round((performance.now() - began) / 1000))
      api('GET /simulations/reading', {}).then(
        ({ reading }) => setFar(reading ?? undefined),
        // The question itself says what is wrong.
        () => setFar(undefined),
      )
    }, lookMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className="desk-pile">
      {seconds > 0 && (
        <Notice icon="clock">
          <p role="status">{words.loading}</p>
          {far && (
            <progress className="simulation-reading" value={far.read} max={far.of} aria-label={words.readingLabel} />
          )}
          <p className="second small">
            {far && words.read(far.read, far.of)}
            {words.waited(seconds)}
          </p>
        </Notice>
      )}
      <Skeleton shape={['card', 'tall']} />
    </div>
  )
}
