import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Empty } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { formatDay } from '../../platform/format.ts'
import { useLanguage, useMarks } from '../../platform/words.ts'
import { useDivisions } from '../shell/place-name.ts'
import { byTownship, type Guide, isIn, type Network } from './network.ts'
import { useNetworkWords } from './words/index.ts'

const shown = 60

/** The whole district by township; a township, or whoever a name or a filter finds, one by one. */
export function People({
  network,
  division,
  name,
  show,
  onDivision,
  onOpen,
  clear,
}: {
  readonly network: Network
  readonly division: string | undefined
  readonly name: string
  readonly show: 'all' | 'away' | 'late'
  readonly onDivision: (code: string) => void
  readonly onOpen: (account: string) => void
  readonly clear: () => void
}) {
  const words = useNetworkWords()
  const isWhole = !division && !name && show === 'all' && network.guides.length > shown
  if (isWhole) return <PerTownship network={network} onDivision={onDivision} />
  const found = (one: { readonly name: string; readonly places: readonly { readonly code: string }[] }) =>
    (!division || isIn(division)(one)) && one.name.includes(name)
  const guides = network.guides.filter(
    g => found(g) && (show === 'all' || (show === 'away' ? g.away !== null : g.late > 0)),
  )
  const clerks = network.clerks.filter(c => found(c) && (show === 'all' || (show === 'late' && c.late > 0)))
  const narrowed = division !== undefined || name !== '' || show !== 'all'
  return (
    <>
      {guides.length === 0 &&
        (narrowed ? (
          <Empty title={words.filteredTitle} act={<Button onClick={clear}>{words.clear}</Button>}>
            {words.filteredText}
          </Empty>
        ) : (
          <Empty title={words.emptyTitle}>{words.emptyText}</Empty>
        ))}
      {guides.length > 0 && <Guides guides={guides} onOpen={onOpen} />}
      {clerks.length > 0 && <Clerks clerks={clerks} />}
      {network.leftBehind.length > 0 && show !== 'away' && !name && <LeftBehind network={network} />}
    </>
  )
}

function Late({ of }: { readonly of: { readonly late: number; readonly lateDays: number } }) {
  const words = useNetworkWords()
  return of.late === 0 ? words.none : <span className="network-late">{words.lateOf(of.late, of.lateDays)}</span>
}

export function Standing({ guide }: { readonly guide: Guide }) {
  const { list } = useMarks()
  const words = useNetworkWords()
  const language = useLanguage()
  const { away } = guide
  return (
    <span className="network-standing">
      {away && guide.awayToday && <Tag tone="ochre">{words.isAway(formatDay(away.backOn, language))}</Tag>}
      {away && !guide.awayToday && <Tag tone="line">{words.willBeAway(formatDay(away.fromOn, language))}</Tag>}
      {!guide.awayToday && !away && words.atWork}
      {away && <span className="second small">{away.standInWords[language]}</span>}
      {guide.standsInFor.length > 0 && (
        <span className="second small">{words.standsIn(guide.standsInFor.join(list))}</span>
      )}
    </span>
  )
}

function Guides({ guides, onOpen }: { readonly guides: readonly Guide[]; readonly onOpen: (account: string) => void }) {
  const words = useNetworkWords()
  const { list } = useMarks()
  const [most, setMost] = useState(shown)
  return (
    <Card label={words.guides}>
      <div className="desk-card-head">
        <h2>{words.guides}</h2>
        <span className="second small" role="status">
          {guides.length}
        </span>
      </div>
      <Table
        caption={words.guides}
        rows={guides.slice(0, most)}
        rowKey={row => row.account}
        columns={[
          {
            key: 'guide',
            head: words.heads.guide,
            main: true,
            cell: row => (
              <button type="button" data-row className="button text" onClick={() => onOpen(row.account)}>
                {row.name}
              </button>
            ),
          },
          { key: 'patch', head: words.heads.patch, cell: row => row.places.map(p => p.name).join(list) },
          { key: 'open', head: words.heads.open, cell: row => words.openOf(row.openTasks, row.openCases) },
          { key: 'late', head: words.heads.late, cell: row => <Late of={row} /> },
          { key: 'standing', head: words.heads.standing, cell: row => <Standing guide={row} /> },
        ]}
      />
      {guides.length > most && (
        <Button kind="text" onClick={() => setMost(most + shown)}>
          {words.more(Math.min(shown, guides.length - most))}
        </Button>
      )}
    </Card>
  )
}

function Clerks({ clerks }: { readonly clerks: Network['clerks'] }) {
  const { list } = useMarks()
  const words = useNetworkWords()
  return (
    <Card label={words.clerks}>
      <div className="desk-card-head">
        <h2>{words.clerks}</h2>
        <span className="second small">{words.clerksText}</span>
      </div>
      <Table
        caption={words.clerks}
        rows={clerks}
        rowKey={row => row.account}
        columns={[
          { key: 'clerk', head: words.heads.clerk, main: true, cell: row => row.name },
          { key: 'patch', head: words.heads.patch, cell: row => row.places.map(p => p.name).join(list) },
          { key: 'open', head: words.heads.open, cell: row => words.openOf(row.openTasks, row.openCases) },
          { key: 'late', head: words.heads.late, cell: row => <Late of={row} /> },
        ]}
      />
    </Card>
  )
}

function LeftBehind({ network }: { readonly network: Network }) {
  const words = useNetworkWords()
  return (
    <Card label={words.left}>
      <div className="desk-card-head">
        <h2>{words.left}</h2>
        <span className="second small">{words.leftText}</span>
      </div>
      <Table
        caption={words.left}
        rows={network.leftBehind}
        rowKey={row => row.account}
        columns={[
          { key: 'who', head: words.heads.who, main: true, cell: row => row.name },
          { key: 'open', head: words.heads.open, cell: row => words.openOf(row.openTasks, row.openCases) },
          { key: 'late', head: words.heads.late, cell: row => <Late of={row} /> },
        ]}
      />
    </Card>
  )
}

function PerTownship({ network, onDivision }: { readonly network: Network; readonly onDivision: (c: string) => void }) {
  const words = useNetworkWords()
  const townships = (useDivisions()?.divisions ?? []).filter(d => d.code.length === 9)
  return (
    <Card label={words.perTownship}>
      <div className="desk-card-head">
        <h2>{words.perTownship}</h2>
        <span className="second small">{words.perTownshipText}</span>
      </div>
      <Table
        caption={words.perTownship}
        rows={byTownship(network, townships)}
        rowKey={row => row.code}
        columns={[
          {
            key: 'township',
            head: words.heads.township,
            main: true,
            cell: row => (
              <button type="button" data-row className="button text" onClick={() => onDivision(row.code)}>
                {row.name}
              </button>
            ),
          },
          { key: 'guides', head: words.heads.guides, figure: true, cell: row => row.guides },
          { key: 'away', head: words.heads.away, figure: true, cell: row => row.away || words.none },
          { key: 'bare', head: words.heads.bare, figure: true, cell: row => row.bare || words.none },
          { key: 'open', head: words.heads.open, cell: row => words.openOf(row.openTasks, row.openCases) },
          { key: 'late', head: words.heads.late, cell: row => <Late of={row} /> },
        ]}
      />
    </Card>
  )
}
