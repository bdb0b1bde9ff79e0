import type { ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { Table, type Column } from '../../parts/desk/table.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useProblemWords } from '../../parts/state.tsx'
import { Example } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { AlertCounts } from './alert-reach.tsx'
import { CountingFar } from './counting-far.tsx'
import type { Kind } from './document.ts'
import { Hidden, Nobody, Sides } from './sides.tsx'
import { isSorted, SortingReach } from './sorting-reach.tsx'
import { askAlerts, askReach, useReach } from './use-reach.ts'
import { useWorkbenchWords } from './words.ts'

type Reached = Result<'POST /simulations/drafts/:draftId'>
type Moved = Reached['all']
type One = Reached['results'][number]
const moves = ['gained', 'lost', 'raised', 'lowered', 'opened'] as const

/**
 * Which households a draft would change: counts of the draft as it was saved, on the first day on which it says something
 * else. Nobody is named, and few are not counted. The card of points changes nothing of anybody's.
 */
export function Reach({ draft, ...said }: Said & { readonly draft: Draft & { readonly kind: Kind } }) {
  const say = useWorkbenchWords()
  if (draft.kind === 'points')
    return (
      <section className="sheet pad" aria-label={say.reach.title}>
        <h2>{say.reach.title}</h2>
        <p className="second">{say.points.reach}</p>
      </section>
    )
  if (draft.kind === 'alert')
    return (
      <Counted
        title={say.alert.reach.title}
        draft={draft}
        {...said}
        ask={askAlerts}
        far={<CountingFar draftId={draft.id} what="alerts" />}
      >
        {answer => <AlertCounts answer={answer} />}
      </Counted>
    )
  return (
    <>
      <Counted
        title={say.reach.title}
        draft={draft}
        {...said}
        ask={askReach}
        far={<CountingFar draftId={draft.id} what="benefits" />}
      >
        {answer => <Counts answer={answer} />}
      </Counted>
      {(draft.kind === 'policy' || draft.kind === 'parameter') && !said.unchanged && (
        <section className="sheet slim">
          <Fold title={say.alert.reach.also} plain late>
            <Counted
              title={say.alert.reach.title}
              draft={draft}
              {...said}
              ask={askAlerts}
              far={<CountingFar draftId={draft.id} what="alerts" />}
            >
              {answer => <AlertCounts answer={answer} />}
            </Counted>
          </Fold>
        </section>
      )}
    </>
  )
}

interface Draft {
  readonly id: string
  readonly version: number
}
interface Said {
  /** It says the same as what is in force. */
  readonly unchanged: boolean
  /** Something was written that is not saved yet. */
  readonly unsaved: boolean
}

function Counted<T>({
  title,
  draft,
  unchanged,
  unsaved,
  ask,
  far,
  children,
}: Said & {
  readonly title: string
  readonly draft: Draft
  readonly ask: (draftId: string) => Promise<T>
  /** How far it is. */
  readonly far: ReactNode
  readonly children: (answer: T) => ReactNode
}) {
  const say = useWorkbenchWords().reach
  // It is counted by itself: what fails here must not pull the page away from where somebody writes.
  const inWords = useProblemWords()
  const { answer, busy, problem, again } = useReach(draft, unchanged, ask)
  const shown = unchanged ? undefined : answer
  return (
    <section className="sheet pad reach" aria-label={title} aria-busy={busy || undefined}>
      <h2>{title}</h2>
      {unsaved && <Notice tone="ochre">{say.unsaved}</Notice>}
      {unchanged && <p className="second">{say.unchanged}</p>}
      {!unchanged && problem && (
        <Notice
          tone={problem.kind === 'refused' ? 'ochre' : 'seal'}
          said
          act={
            (problem.kind !== 'refused' || stopped.includes(problem.code)) && (
              <Button onClick={again}>{say.countAgain}</Button>
            )
          }
        >
          {inWords(problem)}
        </Notice>
      )}
      {!unchanged && busy && (
        <p className="second" role="status">
          {shown ? say.again : say.counting}
        </p>
      )}
      {!unchanged && busy && far}
      {shown && !problem && children(shown)}
    </section>
  )
}

function Counts({ answer }: { readonly answer: Reached }) {
  const say = useWorkbenchWords().reach
  const language = useLanguage()
  if (answer.people === 0) return <p className="second">{say.nobody}</p>
  const about = say.about(formatDay(answer.on, language), answer.people, formatInstant(answer.asOf, language))
  if (answer.results.length === 0 && !isSorted(answer))
    return (
      <>
        <Notice tone="hill">{say.nothing}</Notice>
        <p className="mini second">{about}</p>
      </>
    )
  return (
    <>
      <SortingReach answer={answer} />
      {answer.results.length > 0 && <ResultCounts answer={answer} />}
      <p className="mini second">
        {about} {say.hidden}
      </p>
    </>
  )
}

/** What they would get: in all, rule by rule, and by township. */
function ResultCounts({ answer }: { readonly answer: Reached }) {
  const say = useWorkbenchWords().reach
  const { now, tried } = answer.cost
  const columns = columnsOf<One>(say.moves, answer.results)
  return (
    <>
      {isSorted(answer) && <h3>{say.byRule}</h3>}
      <dl className="reach-figures">
        {moves.map(move => (
          <div key={move}>
            <dt>{say.moves[move]}</dt>
            <dd>
              <Sides of={answer.all[move]} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{say.year}</dt>
          <dd>
            <b>{tried === null ? <Hidden /> : say.wan(tried - now)}</b>
            {tried !== null && <span className="under second">{say.fromTo(now, tried)}</span>}
          </dd>
        </div>
      </dl>
      <Results caption={say.byRule} results={answer.results.slice(0, mostShown)} columns={columns} />
      {answer.results.length > mostShown && (
        <Fold title={say.others(answer.results.length - mostShown)} plain>
          <Results caption={say.byRule} results={answer.results.slice(mostShown)} columns={columns} />
        </Fold>
      )}
      <Fold title={say.byTownship} plain>
        <Table
          caption={say.byTownship}
          rows={answer.townships}
          rowKey={row => row.code}
          columns={[
            { key: 'name', head: say.township, main: true, cell: row => row.name },
            ...columnsOf<Reached['townships'][number]>(say.moves, answer.townships),
          ]}
        />
      </Fold>
    </>
  )
}

/** A figure that many rules rest on reaches dozens; those that change most come first. */
const mostShown = 8

function Results({
  caption,
  results,
  columns,
}: {
  readonly caption: string
  readonly results: readonly One[]
  readonly columns: readonly Column<One>[]
}) {
  const say = useWorkbenchWords().reach
  const said = useSaid()
  return (
    <Table
      caption={caption}
      rows={results}
      rowKey={one => one.id}
      columns={[
        {
          key: 'name',
          head: say.rule,
          main: true,
          cell: one => (
            <>
              {one.id} {said(one.name)} {one.example && <Example />}
            </>
          ),
        },
        ...columns,
        {
          key: 'cost',
          head: say.year,
          figure: true,
          cell: ({ cost: { now, tried } }) =>
            tried === null ? <Hidden /> : now === 0 && tried === 0 ? <Nobody /> : say.wan(tried - now),
        },
      ]}
    />
  )
}

/** Somebody called it off, and may count again. */
const stopped = ['alerts.countingStopped', 'entitlements.countingStopped']

/** What happens to nobody has no column. */
function columnsOf<R extends Moved>(names: Readonly<Record<string, string>>, rows: readonly Moved[]): Column<R>[] {
  return moves
    .filter(move => rows.some(row => row[move].households !== 0))
    .map(move => ({ key: move, head: names[move], figure: true, cell: row => <Sides of={row[move]} /> }))
}
