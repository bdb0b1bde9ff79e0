import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { dayOfInstant, formatDay, formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { useDivisions } from '../shell/place-name.ts'
import { withProof } from '../shell/proof.ts'
import { useConsoleWords } from '../words/index.ts'
import { Confirm } from './confirm.tsx'
import { emptyGrant, GrantFields, grantOf } from './grant-fields.tsx'
import { CodeShown, useGrantName } from './screen.tsx'
import { useAccountWords } from './words.ts'
import '../pools/pools.css'
import './accounts.css'

type Account = Result<'GET /accounts/:accountId'>
type Grant = Account['grants'][number]
type Asking =
  | { readonly what: 'end' | 'code' | 'sessions' | 'grant' }
  | { readonly what: 'endGrant'; readonly grant: Grant }

/** One account: what it may act as, where it is signed in, and how either ends. */
export function AccountScreen() {
  const say = useAccountWords()
  const { accountId } = useParams({ strict: false }) as { accountId: string }
  const account = useLoad(accountId, signal => api('GET /accounts/:accountId', { params: { accountId }, signal }))
  if (!account.value)
    return account.problem ? (
      <Failed problem={account.problem} again={account.again} act={<Link to="/accounts">{say.back}</Link>} />
    ) : (
      <Skeleton shape={['title', 'card', 'card']} />
    )
  return (
    <>
      {account.problem && <Failed problem={account.problem} again={account.again} at={account.at} />}
      <AccountView account={account.value} put={account.put} />
    </>
  )
}

function AccountView({ account, put }: { readonly account: Account; readonly put: (value: Account) => void }) {
  const say = useAccountWords()
  const language = useLanguage()
  const session = useSession()
  const nameOf = useGrantName()
  const [asking, setAsking] = useState<Asking>()
  const [code, setCode] = useState<Result<'POST /accounts/:accountId/set-up-code'>>()
  const params = { accountId: account.id }
  const sessions = useLoad(`${account.id} ${String(account.version)}`, signal =>
    api('GET /accounts/:accountId/sessions', { params, signal }),
  )
  const mine = session.state === 'known' && session.described.account?.id === account.id
  const open = !account.endedAt && !mine
  const close = () => setAsking(undefined)
  const day = (instant: string) => formatDay(dayOfInstant(instant), language)
  return (
    <article>
      <header className="desk-head">
        <div>
          <p>
            <Link to="/accounts">{say.back}</Link>
          </p>
          <h1>{account.name}</h1>
          <p className="row second">
            {account.endedAt ? (
              <Tag tone="seal" icon="minus">
                {say.stopped}
              </Tag>
            ) : (
              <Tag tone="hill" icon="check">
                {say.active}
              </Tag>
            )}
            {account.madeUp && <Tag tone="line">{say.madeUp}</Tag>}
            <span>{account.endedAt ? say.endedOn(day(account.endedAt)) : say.madeOn(day(account.createdAt))}</span>
          </p>
        </div>
        {open && (
          <div className="row">
            <Button onClick={() => setAsking({ what: 'code' })}>{say.newCode}</Button>
            <Button kind="danger" onClick={() => setAsking({ what: 'end' })}>
              {say.endAccount}
            </Button>
          </div>
        )}
      </header>
      <div className="desk-pile">
        {mine && <Notice tone="river">{say.yourself}</Notice>}
        <Card label={say.grants}>
          <div className="desk-card-head">
            <h2>{say.grants}</h2>
            {open && (
              <Button icon="plus" onClick={() => setAsking({ what: 'grant' })}>
                {say.grant}
              </Button>
            )}
          </div>
          <Table
            caption={say.grants}
            rows={[...account.grants].sort((a, b) => Number(!!a.endedAt) - Number(!!b.endedAt))}
            rowKey={grant => grant.id}
            columns={[
              { key: 'what', head: say.columns.grants, main: true, cell: nameOf },
              { key: 'from', head: say.from, cell: grant => day(grant.from) },
              { key: 'until', head: say.validUntil, cell: grant => (grant.until ? day(grant.until) : say.noUntil) },
              { key: 'state', head: say.columns.state, cell: grant => <GrantState grant={grant} /> },
              {
                key: 'act',
                head: <span className="unseen">{say.endGrant}</span>,
                figure: true,
                cell: grant =>
                  open && !grant.endedAt ? (
                    <Button
                      kind="text"
                      name={`${say.endGrant}: ${nameOf(grant)}`}
                      onClick={() => setAsking({ what: 'endGrant', grant })}
                    >
                      {say.endGrant}
                    </Button>
                  ) : null,
              },
            ]}
          />
        </Card>
        <Card label={say.sessions}>
          <div className="desk-card-head">
            <h2>{say.sessions}</h2>
            {!mine && (sessions.value?.items.length ?? 0) > 0 && (
              <Button onClick={() => setAsking({ what: 'sessions' })}>{say.endSessions}</Button>
            )}
          </div>
          {sessions.problem && <Failed problem={sessions.problem} again={sessions.again} at={sessions.at} />}
          {!sessions.value && !sessions.problem && <Skeleton shape={['line', 'line']} />}
          {sessions.value?.items.length === 0 && <p className="second">{say.noSessions}</p>}
          <ul className="account-sessions">
            {sessions.value?.items.map(one => (
              <li key={one.id}>
                <span>{say.since(formatInstant(one.createdAt, language))}</span>
                <span className="second">{say.seenAt(formatInstant(one.seenAt, language))}</span>
                {one.current && <Tag tone="river">{say.here}</Tag>}
              </li>
            ))}
          </ul>
        </Card>
      </div>
      {asking?.what === 'end' && (
        <Confirm
          title={say.endAccount}
          text={say.endAccountAsk(account.name)}
          onClose={close}
          deed={async () => put(await api('POST /accounts/:accountId/end', { params }))}
        />
      )}
      {asking?.what === 'code' && (
        <Confirm
          title={say.newCode}
          text={say.newCodeAsk(account.name)}
          onClose={close}
          deed={async () => {
            setCode(await api('POST /accounts/:accountId/set-up-code', { params }))
            sessions.again()
          }}
        />
      )}
      {asking?.what === 'sessions' && (
        <Confirm
          title={say.endSessions}
          text={say.endSessionsAsk(account.name)}
          onClose={close}
          deed={async () => {
            await api('POST /accounts/:accountId/sessions/end', { params })
            sessions.again()
          }}
        />
      )}
      {asking?.what === 'endGrant' && (
        <Confirm
          title={say.endGrant}
          text={say.endGrantAsk(account.name, nameOf(asking.grant))}
          onClose={close}
          deed={async () =>
            put(
              await api('POST /accounts/:accountId/grants/:grantId/end', {
                params: { ...params, grantId: asking.grant.id },
              }),
            )
          }
        />
      )}
      {asking?.what === 'grant' && <NewGrant account={account} put={put} onClose={close} />}
      {code && <NewCode code={code} onClose={() => setCode(undefined)} />}
    </article>
  )
}

function GrantState({ grant }: { readonly grant: Grant }) {
  const say = useAccountWords()
  const [now] = useState(Date.now)
  const language = useLanguage()
  if (grant.endedAt)
    return (
      <>
        <Tag tone="plain" icon="minus">
          {say.grantEnded}
        </Tag>{' '}
        <span className="second small">{formatDay(dayOfInstant(grant.endedAt), language)}</span>
      </>
    )
  if (grant.until && Date.parse(grant.until) < now)
    return (
      <Tag tone="ochre" icon="clock">
        {say.grantOver}
      </Tag>
    )
  return (
    <Tag tone="hill" icon="check">
      {say.active}
    </Tag>
  )
}

function NewCode({
  code,
  onClose,
}: {
  readonly code: Result<'POST /accounts/:accountId/set-up-code'>
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const say = useAccountWords()
  return (
    <Dialog title={say.code} closeName={words.close} onClose={onClose}>
      <CodeShown code={code.setUpCode} until={code.validUntil} onClose={onClose} />
    </Dialog>
  )
}

function NewGrant({
  account,
  put,
  onClose,
}: {
  readonly account: Account
  readonly put: (value: Account) => void
  readonly onClose: () => void
}) {
  const words = useConsoleWords()
  const say = useAccountWords()
  const all = useDivisions()
  const [draft, setDraft] = useState(emptyGrant)
  const grant = grantOf(draft, all?.district)
  const [give, giving] = useDeed(async () => {
    if (!grant) return
    const body = grant
    put(await withProof(() => api('POST /accounts/:accountId/grants', { params: { accountId: account.id }, body })))
    onClose()
  })
  return (
    <Dialog title={say.grantTo(account.name)} closeName={words.close} onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={event => {
          event.preventDefault()
          if (grant) give()
        }}
      >
        {giving.problem && <Failed problem={giving.problem} />}
        <GrantFields draft={draft} onChange={setDraft} />
        <Button kind="main" submit busy={giving.busy} off={!grant}>
          {say.grant}
        </Button>
      </form>
    </Dialog>
  )
}
