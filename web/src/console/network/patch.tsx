import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { HandForm } from './hand-form.tsx'
import type { Guide, Network } from './network.ts'
import { useNetworkWords } from './words/index.ts'

/** The villages of a guide, each of which can go to another; and what was handed over, to be undone. */
export function Patch({
  guide,
  network,
  changed,
}: {
  readonly guide: Guide
  readonly network: Network
  readonly changed: () => void
}) {
  const { hand: words, one } = useNetworkWords()
  const language = useLanguage()
  const [handing, setHanding] = useState('')
  const [said, setSaid] = useState('')
  const done = useLoad(`handings ${guide.account}`, signal =>
    api('GET /handings', { query: { guide: guide.account }, signal }),
  )
  const [undo, undoing] = useDeed(async (handingId: string) => {
    try {
      const { back, left } = await api('DELETE /handings/:handingId', { params: { handingId } })
      setSaid(words.undone(back, left))
    } finally {
      done.again()
      changed()
    }
  })
  const village = guide.places.find(p => p.code === handing)
  return (
    <section className="stack" aria-label={one.patch}>
      <h3>{one.patch}</h3>
      {said && (
        <Notice tone="hill" said>
          {said}
        </Notice>
      )}
      {undoing.problem && <Failed problem={undoing.problem} />}
      {guide.places.length === 0 && <p className="second">{words.noPlace}</p>}
      <ul className="network-places">
        {guide.places.map(place => (
          <li key={place.code}>
            <span>{place.name}</span>
            {place.code.length === 12 && !handing && (
              <Button kind="text" name={words.open(place.name)} onClick={() => setHanding(place.code)}>
                {words.handOn}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {village && (
        <HandForm
          key={village.code}
          network={network}
          village={village}
          from={guide}
          onDone={(_, to, moved) => {
            setHanding('')
            setSaid(words.done(village.name, to, moved))
            done.again()
            changed()
          }}
          onLeave={() => setHanding('')}
        />
      )}
      {done.problem && <Failed problem={done.problem} again={done.again} />}
      {(done.value?.items.length ?? 0) > 0 && (
        <>
          <h4>{words.before}</h4>
          <ul className="network-places">
            {done.value?.items.map(item => (
              <li key={item.id}>
                <span>
                  {words.line(item.village.name, item.from?.name, item.to.name)}
                  <span className="second small">
                    {' '}
                    {item.by} {formatInstant(item.at, language)} · {item.reason}
                    {item.undone && ` · ${words.wasUndone}`}
                  </span>
                </span>
                {item.mayUndo && (
                  <Button kind="text" icon="undo" busy={undoing.busy} onClick={() => undo(item.id)}>
                    {words.undo}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
