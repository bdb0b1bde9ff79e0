import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Example } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { OneMove } from './one-move.tsx'
import { useNetworkWords } from './words/index.ts'

/** What might move in one township so that the load is about even; each move is accepted or declined by a person. */
export function Balance({
  division,
  changed,
}: {
  readonly division: string | undefined
  readonly changed: () => void
}) {
  const { balance: words } = useNetworkWords()
  const language = useLanguage()
  const [said, setSaid] = useState<{ readonly text: string; readonly handing?: string }>()
  const township = division && division.length >= 9 ? division.slice(0, 9) : undefined
  const page = useLoad(township && `suggestion ${township}`, signal =>
    api('GET /network/suggestion', { query: township ? { division: township as never } : {}, signal }),
  )
  const again = () => {
    page.again()
    changed()
  }
  const [undo, undoing] = useDeed(async (handingId: string) => {
    await api('DELETE /handings/:handingId', { params: { handingId } })
    setSaid({ text: words.undone })
    again()
  })
  const [restore, restoring] = useDeed(async (declinedId: string) => {
    await api('DELETE /network/declined/:declinedId', { params: { declinedId } })
    again()
  })
  if (!township) return <Empty title={words.pick}>{words.pickText}</Empty>
  const value = page.value
  const problem = undoing.problem ?? restoring.problem
  return (
    <>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!value && !page.problem && <Skeleton shape={['card', 'card']} />}
      {problem && <Failed problem={problem} />}
      {said && (
        <Notice
          tone="hill"
          said
          act={
            said.handing && (
              <Button icon="undo" busy={undoing.busy} onClick={() => undo(said.handing ?? '')}>
                {words.undo}
              </Button>
            )
          }
        >
          {said.text}
        </Notice>
      )}
      {value && (
        <Card label={words.title}>
          <div className="desk-card-head">
            <h2>
              {words.title} · {value.township.name}
            </h2>
            <span className="second small">{words.text}</span>
          </div>
          <p>
            {words.sum(value.guides, value.mean)}
            {value.most && ` · ${words.most(value.most.name, value.most.visits)}`}
          </p>
          {value.illustrative && (
            <p className="second small">
              <Example /> {words.example}
            </p>
          )}
          {value.moves.length === 0 && (
            <Empty good title={words.none}>
              {words.noneText}
            </Empty>
          )}
          <ul className="network-moves" aria-label={words.moves}>
            {value.moves.map(move => (
              <OneMove
                key={`${move.village.code} ${move.to.account}`}
                move={move}
                onDone={(text, handing) => {
                  setSaid(text ? { text, ...(handing ? { handing } : {}) } : undefined)
                  again()
                }}
              />
            ))}
          </ul>
        </Card>
      )}
      {value && value.declined.length > 0 && (
        <Card label={words.declined}>
          <h2>{words.declined}</h2>
          <ul className="network-places">
            {value.declined.map(one => (
              <li key={one.id}>
                <span>
                  {words.declinedLine(one.village.name, one.to)}{' '}
                  <span className="second small">
                    {words.until(one.by, formatDay(one.untilOn, language), one.reason)}
                  </span>
                </span>
                <Button kind="text" icon="undo" busy={restoring.busy} onClick={() => restore(one.id)}>
                  {words.again}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}
