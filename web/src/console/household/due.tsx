import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Example, Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatYuan } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useEntitlementWords } from '../entitlements/words/index.ts'
import { EndReceiptDialog, ReceiptDialog } from './receipt-dialogs.tsx'
import type { Household } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

type Due = Result<'GET /households/:id/entitlements'>
type Line = Due['lines'][number]
export type Receipt = Due['receipts'][number]

/** 应享与已享: what the rules say of the family beside what it receives, and what somebody should look into. */
export function DueAndReceived({ family, mayWrite }: { readonly family: Household; readonly mayWrite: boolean }) {
  const { due: words } = useHouseholdWords()
  const language = useLanguage()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Receipt>()
  const loaded = useLoad(`due ${family.id} ${String(family.version)}`, signal =>
    api('GET /households/:id/entitlements', { params: { id: family.id }, signal }),
  )
  useLive(['entitlements.moved'], loaded.again)
  const due = loaded.value
  const sure = due?.lines.filter(line => line.verdict === 'eligible') ?? []
  const open = due?.lines.filter(line => line.verdict !== 'eligible') ?? []
  const notJudged = loaded.problem?.code === 'entitlements.nothingJudged'
  return (
    <Card label={words.title}>
      <div className="desk-card-head">
        <h2>{words.title}</h2>
        <span className="row">
          {due && <span className="second small">{words.judged(formatDay(due.judgedOn, language))}</span>}
          {mayWrite && <Button onClick={() => setAdding(true)}>{words.add}</Button>}
        </span>
      </div>
      {notJudged && <p className="second">{loaded.problem?.detail}</p>}
      {loaded.problem && !notJudged && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!due && !loaded.problem && <Skeleton shape={['card']} />}
      {due && (
        <div className="due">
          <Waiting findings={due.findings.filter(f => f.state !== 'closed' && f.goneOn === null)} />
          {sure.length === 0 ? <p className="second">{words.nothing}</p> : <Lines rows={sure} caption={words.title} />}
          {open.length > 0 && (
            <Fold title={words.open(open.length)} plain>
              <Lines rows={open} caption={words.open(open.length)} />
            </Fold>
          )}
          <h3>{words.receipts}</h3>
          {due.receipts.length === 0 ? (
            <p className="second">{words.noReceipts}</p>
          ) : (
            <Receipts rows={due.receipts} {...(mayWrite ? { onEnd: setEnding } : {})} />
          )}
        </div>
      )}
      {adding && <ReceiptDialog family={family} again={loaded.again} onClose={() => setAdding(false)} />}
      {ending && (
        <EndReceiptDialog
          household={family.id}
          receipt={ending}
          again={loaded.again}
          onClose={() => setEnding(undefined)}
        />
      )}
    </Card>
  )
}

function Waiting({ findings }: { readonly findings: Due['findings'] }) {
  const { lists, question } = useEntitlementWords()
  const said = useSaid()
  if (findings.length === 0) return null
  return (
    <>
      <ul className="due-findings">
        {findings.map(one => (
          <li key={one.id}>
            <Tag tone="ochre" icon="question">
              {lists[one.kind]}
            </Tag>
            <Link to={`/entitlements/${one.id}`} className="desk-line">
              {said(one.policy.name)}
            </Link>
            <span className="second small">
              {one.person?.name} {said(one.stateWords)}
            </span>
          </li>
        ))}
      </ul>
      {findings.some(one => one.kind === 'recheck') && <p className="second small">{question}</p>}
    </>
  )
}

function Lines({ rows, caption }: { readonly rows: readonly Line[]; readonly caption: string }) {
  const { due: words } = useHouseholdWords()
  const { tiers, hangsOn } = useEntitlementWords()
  const said = useSaid()
  const worth = (line: Line) => {
    const yuan = line.amount ?? line.atLeast
    if (yuan === null || line.period === null) return <span className="second small">{words.noAmount}</span>
    return (
      <span className="whole">
        {line.amount === null ? words.atLeast(formatYuan(yuan)) : formatYuan(yuan)} {words.periods[line.period]}{' '}
        {line.example && <Example />}
      </span>
    )
  }
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={line => `${line.policy.id} ${line.person?.id ?? ''}`}
      columns={[
        {
          key: 'policy',
          head: words.heads.policy,
          main: true,
          cell: line => (
            <>
              <Link to={`/policies/${line.policy.id}`}>{said(line.policy.name)}</Link>{' '}
              <span className="second small">{line.person?.name ?? words.wholeFamily}</span>
            </>
          ),
        },
        {
          key: 'says',
          head: words.heads.says,
          cell: line => (
            <>
              {words.verdicts[line.verdict]}
              {line.excludedBy && <span className="second small"> {words.instead(said(line.excludedBy.name))}</span>}
              {line.conditionalOn && (
                <span className="second small"> {hangsOn(tiers[line.conditionalOn] ?? line.conditionalOn)}</span>
              )}
            </>
          ),
        },
        { key: 'worth', head: words.heads.worth, figure: true, cell: worth },
        {
          key: 'receives',
          head: words.heads.receives,
          cell: line =>
            line.receives ? (
              <Tag tone="hill" icon="check">
                {words.receives}
              </Tag>
            ) : (
              <Tag tone="line">{words.receivesNot}</Tag>
            ),
        },
      ]}
    />
  )
}

function Receipts({ rows, onEnd }: { readonly rows: readonly Receipt[]; readonly onEnd?: (one: Receipt) => void }) {
  const { due: words, sources } = useHouseholdWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Table
      caption={words.receipts}
      rows={rows}
      rowKey={one => one.id}
      columns={[
        {
          key: 'policy',
          head: words.heads.policy,
          main: true,
          cell: one => (
            <>
              {said(one.policy.name)} <span className="second small">{one.person?.name ?? words.wholeFamily}</span>
            </>
          ),
        },
        {
          key: 'from',
          head: words.heads.from,
          cell: one => (
            <span className="whole">
              {words.since(formatDay(one.fromOn, language))}
              {one.untilOn && ` ${words.until(formatDay(one.untilOn, language))}`}
            </span>
          ),
        },
        {
          key: 'amount',
          head: words.heads.amount,
          figure: true,
          cell: one =>
            one.amount === null ? '' : `${formatYuan(one.amount)} ${one.period ? words.periods[one.period] : ''}`,
        },
        {
          key: 'source',
          head: words.heads.source,
          cell: one => (
            <span className="second small">
              {sources[one.source]} · {one.origin} · {formatDay(one.asOf, language)}
              {one.endedReason && ` · ${one.endedReason}`}
            </span>
          ),
        },
        {
          key: 'end',
          head: <span className="unseen">{words.end}</span>,
          figure: true,
          cell: one =>
            onEnd && one.untilOn === null ? (
              <Button kind="text" name={`${words.end}: ${said(one.policy.name)}`} onClick={() => onEnd(one)}>
                {words.end}
              </Button>
            ) : null,
        },
      ]}
    />
  )
}
