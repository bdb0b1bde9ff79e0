import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { Cells, type Row } from './cells.tsx'
import { MendDialog } from './mend-dialog.tsx'
import type { Whole } from './one.tsx'
import { WhoIsIt } from './who-is-it.tsx'
import { useDeliveryWords } from './words.ts'

type Page = Result<'GET /deliveries/:deliveryId/rows'>

const listed = ['quarantined', 'look', 'accepted', 'duplicate'] as const
type Listed = (typeof listed)[number]

const atOnce = 20

/** The rows of one outcome; those that wait for a person come first. */
export function Rows({
  delivery,
  onBecame,
}: {
  readonly delivery: Whole
  readonly onBecame: (what: string, now: Whole) => void
}) {
  const { rowList: say, outcomes } = useDeliveryWords()
  const [outcome, setOutcome] = useState<Listed>(() => listed.find(one => delivery.account[one] > 0) ?? 'quarantined')
  const count = delivery.account[outcome]
  const rows = useLoad(`${delivery.id} ${outcome} ${String(count)}`, signal =>
    api('GET /deliveries/:deliveryId/rows', {
      params: { deliveryId: delivery.id },
      query: { outcome, limit: atOnce },
      signal,
    }),
  )
  return (
    <Card label={say.title}>
      <div className="desk-card-head">
        <h2>{say.title}</h2>
        <Segmented
          name="outcome"
          label={say.title}
          value={outcome}
          onChange={setOutcome}
          options={listed.map(value => ({
            value,
            label: `${outcomes[value]} ${delivery.account[value].toLocaleString('en-US')}`,
          }))}
        />
      </div>
      {rows.problem && <Failed problem={rows.problem} again={rows.again} at={rows.at} />}
      {!rows.value && !rows.problem && <Skeleton shape={['card', 'card']} />}
      {rows.value &&
        (rows.value.items.length === 0 ? (
          <p className="second">{say.empty[outcome]}</p>
        ) : (
          <List
            key={`${outcome} ${String(rows.value.items[0]?.no)} ${String(count)}`}
            first={rows.value}
            delivery={delivery}
            outcome={outcome}
            onBecame={(what, now) => {
              onBecame(what, now)
              rows.again()
            }}
          />
        ))}
    </Card>
  )
}

function List({
  first,
  delivery,
  outcome,
  onBecame,
}: {
  readonly first: Page
  readonly delivery: Whole
  readonly outcome: Listed
  readonly onBecame: (what: string, now: Whole) => void
}) {
  const { rowList: say, mend, outcomes } = useDeliveryWords()
  const [more, setMore] = useState<readonly Page[]>([])
  const [mending, setMending] = useState<Row>()
  const pages = [first, ...more]
  const next = pages.at(-1)?.next
  const [load, loading] = useDeed(async () => {
    if (!next) return
    const page = await api('GET /deliveries/:deliveryId/rows', {
      params: { deliveryId: delivery.id },
      query: { outcome, after: next, limit: atOnce },
    })
    setMore([...more, page])
  })
  const became = (now: keyof typeof outcomes, whole: Whole) => onBecame(mend.became(outcomes[now]), whole)
  const mayMend = delivery.steps.includes('mend')
  return (
    <>
      <ul className="delivery-rows">
        {pages
          .flatMap(page => page.items)
          .map(row => (
            <li key={row.no}>
              <header>
                <h3>{say.rowNo(row.no)}</h3>
                {row.isApplied && <Tag tone="hill">{say.isIn}</Tag>}
                {row.household && (
                  <Link to="/registry/$householdId" params={{ householdId: row.household } as never}>
                    {say.open}
                  </Link>
                )}
              </header>
              {outcome === 'look' ? (
                <WhoIsIt delivery={delivery} row={row} mayMend={mayMend} onBecame={became} />
              ) : (
                <Cells delivery={delivery} row={row} />
              )}
              <Faults row={row} />
              {outcome === 'quarantined' && mayMend && row.cells.some(cell => cell !== '') && (
                <p>
                  <Button icon="pen" onClick={() => setMending(row)} name={`${say.mend} ${say.rowNo(row.no)}`}>
                    {say.mend}
                  </Button>
                </p>
              )}
            </li>
          ))}
      </ul>
      {loading.problem && <Failed problem={loading.problem} />}
      {next && (
        <Button onClick={load} busy={loading.busy}>
          {say.more}
        </Button>
      )}
      {mending && (
        <MendDialog delivery={delivery} row={mending} onClose={() => setMending(undefined)} onBecame={became} />
      )}
    </>
  )
}

function Faults({ row }: { readonly row: Row }) {
  const said = useSaid()
  if (row.faults.length === 0) return null
  return (
    <ul className="delivery-faults">
      {row.faults.map(fault => (
        <li key={`${fault.column ?? ''} ${fault.words.zh}`}>{said(fault.words)}</li>
      ))}
    </ul>
  )
}
