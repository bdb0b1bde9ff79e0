import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { useLetters } from '../simulation/letters.ts'
import { type Decided, OnePair, SaidLast, useTakeBack } from './one-pair.tsx'
import { usePairsWords } from './words/index.ts'
import './pairs.css'

const states = ['open', 'same', 'different'] as const
type Line = Result<'GET /pairs'>['items'][number]

/** Pairs that may be one person, one after the other: two records beside each other, and a person says what they are. */
export function PairsScreen() {
  const words = usePairsWords()
  const [raw, set] = useFilters()
  const state = oneOf(states, raw['state']) ?? 'open'
  const pages = usePages(`pairs ${state}`)
  const [skipped, setSkipped] = useState<readonly string[]>([])
  const [last, setLast] = useState<Decided>()
  const [isFinding, setFinding] = useState(false)
  const page = useLoad(`pairs ${state} ${pages.after ?? ''}`, signal =>
    api('GET /pairs', { query: { state, limit: 50, ...(pages.after ? { after: pages.after } : {}) }, signal }),
  )
  useLive(['registry.pairs'], () => {
    setFinding(false)
    page.again()
  })
  const session = useSession()
  const mayFind = state === 'open' && session.state === 'known' && session.role === 'districtOfficer'
  const [find, finding] = useDeed(async () => {
    await api('POST /pairs/find')
    setFinding(true)
  })
  const items = page.value?.items ?? []
  const queue = [
    ...items.filter(item => !skipped.includes(item.id)),
    ...items.filter(item => skipped.includes(item.id)),
  ]
  const at = raw['pair'] ?? (state === 'open' ? queue[0]?.id : undefined)
  const others = queue.filter(item => item.id !== at)
  const show = (pair: string | undefined) => set({ pair })
  const after = (decided: Decided | undefined) => {
    setLast(decided)
    show(undefined)
    page.again()
  }
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{words.title}</h1>
          <p className="second">{words.lead}</p>
        </div>
        <Segmented
          name="pairs"
          label={words.show}
          value={state}
          onChange={value => {
            setLast(undefined)
            set({ state: value === 'open' ? undefined : value, pair: undefined })
          }}
          options={states.map(value => ({ value, label: words.states[value] }))}
        />
      </header>
      {mayFind && (
        <div className="row">
          <Button icon="search" busy={finding.busy} onClick={find}>
            {words.find}
          </Button>
          {isFinding && <span role="status">{words.finding}</span>}
        </div>
      )}
      {finding.problem && <Failed problem={finding.problem} />}
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {page.value && state === 'open' && (
        <p className="pairs-progress" role="status">
          <b>{words.waiting(page.value.waiting)}</b> <span className="second small">{words.keys}</span>
        </p>
      )}
      {at && (
        <OnePair
          key={at}
          pairId={at}
          last={last}
          onNext={() => {
            setSkipped([...skipped.filter(id => id !== at), at])
            show(undefined)
          }}
          after={after}
        />
      )}
      {!at && last && <LastSaid last={last} after={after} />}
      {!page.value && !page.problem && <Skeleton shape={['card', 'card']} />}
      {page.value && items.length === 0 && (
        <Empty good title={state === 'open' ? words.done : words.none[state]}>
          {words.doneText}
        </Empty>
      )}
      {others.length > 0 && (
        <Card label={words.list}>
          <PairTable items={others} onShow={show} />
          <Pager pages={pages} next={page.value?.next ?? null} />
        </Card>
      )}
    </>
  )
}

/** What was said of the last pair, once there is no next one. */
function LastSaid({ last, after }: { readonly last: Decided; readonly after: (d: Decided | undefined) => void }) {
  const [takeBack, taking] = useTakeBack(after)
  const undo = () => last.pair && takeBack(last.pair)
  useLetters({ u: undo })
  return (
    <>
      <SaidLast last={last} busy={taking.busy} onUndo={undo} />
      {taking.problem && <Failed problem={taking.problem} />}
    </>
  )
}

function PairTable({ items, onShow }: { readonly items: readonly Line[]; readonly onShow: (pair: string) => void }) {
  const words = usePairsWords()
  const language = useLanguage()
  return (
    <Table
      caption={words.list}
      rows={items}
      rowKey={item => item.id}
      columns={[
        {
          key: 'person',
          head: words.lines.person,
          main: true,
          cell: item => (
            <button type="button" data-row className="button text" onClick={() => onShow(item.id)}>
              {item.person} {item.place}
            </button>
          ),
        },
        { key: 'source', head: words.lines.source, cell: item => words.sources[item.source] },
        {
          key: 'likely',
          head: words.lines.likely,
          cell: item => (item.reason ? words.reasons[item.reason] : `${Math.round(item.probability * 100)}%`),
        },
        {
          key: 'by',
          head: words.lines.by,
          cell: item => (item.decidedAt ? `${item.decidedBy ?? ''} ${formatInstant(item.decidedAt, language)}` : '—'),
        },
      ]}
    />
  )
}
