import { useEffect, useState, type ComponentType } from 'react'
import { Page } from '../parts/page.tsx'
import { Failed, Skeleton } from '../parts/state.tsx'
import { usePartWords } from '../parts/words.ts'
import { Problem } from '../platform/problem.ts'
import { goBack } from '../platform/place.ts'
import { wordsReady } from '../platform/words.ts'
import type { ScreenProps } from './kinds.ts'

type Screen = ComponentType<ScreenProps>

/** A screen that comes when somebody goes there, with its words in the language of the page; without a net it says so. */
export function later<N extends string>(load: () => Promise<Record<N, Screen>>, name: N): Screen {
  let kept: Screen | undefined
  const fetched = async () => {
    const found = await load()
    await wordsReady()
    kept = found[name]
  }
  return function Later(props: ScreenProps) {
    const words = usePartWords()
    const [turn, setTurn] = useState(0)
    const [state, setState] = useState<'waiting' | 'here' | 'lost'>(kept ? 'here' : 'waiting')
    useEffect(() => {
      if (kept) return
      let gone = false
      fetched().then(
        () => !gone && setState('here'),
        () => !gone && setState('lost'),
      )
      return () => {
        gone = true
      }
    }, [turn])
    const again = () => {
      // Some browsers remember that a part of the page did not come: then only the whole page brings it.
      if (turn > 0 && navigator.onLine) location.reload()
      setState('waiting')
      setTurn(turn + 1)
    }
    const Kept = kept
    if (Kept) return <Kept {...props} />
    return (
      <Page title={words.product} onBack={state === 'lost' ? () => goBack('/') : undefined}>
        {state === 'lost' ? (
          <Failed problem={new Problem('offline', 0)} again={again} />
        ) : (
          <Skeleton shape={['title', 'line', 'card', 'card']} />
        )}
      </Page>
    )
  }
}
