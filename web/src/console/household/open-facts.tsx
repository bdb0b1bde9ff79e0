import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Fold } from '../../parts/fold.tsx'
import { useSaid } from '../../platform/words.ts'
import type { Household } from './values.ts'
import { AskDialog } from './visits.tsx'
import { useHouseholdWords } from './words/index.ts'

/** Shown at once; the rest behind a fold. */
const first = 6
/** What a guide reads at the door has an end. */
const longest = 280

/** What is not known and leaves the circle open, so that nobody can move outward; and who can be asked. */
export function OpenFacts({
  family,
  mayAsk,
  again,
}: {
  readonly family: Household
  readonly mayAsk: boolean
  readonly again: () => void
}) {
  const { open: words } = useHouseholdWords()
  const said = useSaid()
  const [asking, setAsking] = useState(false)
  if (family.open.length === 0) return null
  const atHome = family.open.filter(one => one.ask === 'visit')
  return (
    <section className="stack open-facts" aria-label={words.title}>
      <h3>{words.title}</h3>
      <List text={words.inside} facts={family.open.filter(one => one.bars)} />
      <List text={words.outside} facts={family.open.filter(one => !one.bars)} />
      {atHome.length > 0 &&
        (mayAsk ? (
          <div className="row">
            <Button onClick={() => setAsking(true)}>{words.askThere}</Button>
          </div>
        ) : (
          <p className="second small">{words.askNext}</p>
        ))}
      {asking && (
        <AskDialog
          id={family.id}
          about={words.please(atHome.map(one => said(one.words))).slice(0, longest)}
          again={again}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

function List({ text, facts }: { readonly text: string; readonly facts: Household['open'] }) {
  const { open: words } = useHouseholdWords()
  const said = useSaid()
  if (facts.length === 0) return null
  const line = (one: Household['open'][number], i: number) => (
    // Of two people of one masked name the words are the same.
    <li key={`${one.words.en} ${String(i)}`}>
      <b>{said(one.words)}</b>
      {one.lines.length > 0 && <span className="second small"> {words.tells(one.lines.map(said))}</span>}
      {one.ask === 'bureau' && <span className="second small"> {words.bureau(one.bureau)}</span>}
    </li>
  )
  return (
    <>
      <p className="small">{text}</p>
      <ul className="lines">{facts.slice(0, first).map(line)}</ul>
      {facts.length > first && (
        <Fold title={words.more(facts.length - first)} plain>
          <ul className="lines">{facts.slice(first).map(line)}</ul>
        </Fold>
      )}
    </>
  )
}
