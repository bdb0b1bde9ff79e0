import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { dayOfInstant, formatDay, formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import type { Role } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { useSettled } from '../settled.ts'
import { useDivisions } from '../shell/place-name.ts'
import { withProof } from '../shell/proof.ts'
import { useConsoleWords } from '../words/index.ts'
import { emptyGrant, GrantFields, grantOf } from './grant-fields.tsx'
import { useAccountWords } from './words.ts'
import '../pools/pools.css'
import './accounts.css'

type Page = Result<'GET /accounts'>
export type Account = Page['items'][number]

const staffRoles = [
  'guide',
  'villageGroup',
  'townshipClerk',
  'districtOfficer',
  'operator',
  'provider',
  'auditor',
  'admin',
  'healthWorker',
  'bureauOfficer',
  'helper',
] as const satisfies readonly Role[]

/** 用户与权限: who may act as what, where and until when. */
export function AccountsScreen() {
  const words = useConsoleWords()
  const say = useAccountWords()
  const language = useLanguage()
  const [filters, set] = useFilters()
  const role = oneOf(staffRoles, filters['role'])
  const withEnded = filters['ended'] === 'true'
  // A name is personal: it stays out of the address.
  const [name, setName] = useState('')
  const [adding, setAdding] = useState(false)
  const [more, setMore] = useState<{ readonly key: string; readonly pages: readonly Page[] }>()
  const asked = useSettled(name.trim())
  const query = {
    ...(asked ? { name: asked } : {}),
    ...(role ? { role } : {}),
    ...(withEnded ? {} : { ended: 'false' as const }),
  }
  const key = JSON.stringify(query)
  const first = useLoad(key, signal => api('GET /accounts', { query, signal }))
  const pages = first.value ? [first.value, ...(more?.key === key ? more.pages : [])] : []
  const next = pages.at(-1)?.next
  const [load, loading] = useDeed(async () => {
    if (!next) return
    const page = await api('GET /accounts', { query: { ...query, after: next } })
    setMore({ key, pages: [...pages.slice(1), page] })
  })
  const items = pages.flatMap(page => page.items)
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
        <Button kind="main" icon="plus" onClick={() => setAdding(true)}>
          {say.add}
        </Button>
      </header>
      <div className="desk-pile">
        <div className="filters">
          <TextField label={say.search} kind="search" maxLength={40} value={name} onChange={setName} />
          <SelectField
            label={say.role}
            blank={say.all}
            value={role ?? ''}
            options={staffRoles.map(one => ({ value: one, label: words.roles[one] }))}
            onChange={one => set({ role: one })}
          />
          <label className="filter-check">
            <input
              type="checkbox"
              checked={withEnded}
              onChange={event => set({ ended: event.currentTarget.checked ? 'true' : undefined })}
            />
            {say.ended}
          </label>
        </div>
        {first.problem && <Failed problem={first.problem} again={first.again} at={first.at} />}
        {!first.value && !first.problem && <Skeleton shape={['line', 'card', 'card']} />}
        {first.value && items.length === 0 && (
          <Empty
            title={say.empty}
            act={
              <Button
                onClick={() => {
                  setName('')
                  set({ role: undefined, ended: 'true' })
                }}
              >
                {say.clear}
              </Button>
            }
          />
        )}
        {items.length > 0 && (
          <Card>
            <Table
              caption={say.title}
              rows={items}
              rowKey={account => account.id}
              columns={[
                {
                  key: 'name',
                  head: say.columns.name,
                  main: true,
                  cell: account => (
                    <>
                      <Link to="/accounts/$accountId" params={{ accountId: account.id } as never} data-row>
                        {account.name}
                      </Link>{' '}
                      {account.madeUp && <Tag tone="line">{say.madeUp}</Tag>}
                    </>
                  ),
                },
                { key: 'grants', head: say.columns.grants, cell: account => <GrantLines account={account} /> },
                {
                  key: 'created',
                  head: say.columns.created,
                  cell: account => formatDay(dayOfInstant(account.createdAt), language),
                },
                {
                  key: 'state',
                  head: say.columns.state,
                  cell: account =>
                    account.endedAt ? (
                      <Tag tone="seal" icon="minus">
                        {say.stopped}
                      </Tag>
                    ) : (
                      <Tag tone="hill" icon="check">
                        {say.active}
                      </Tag>
                    ),
                },
              ]}
            />
          </Card>
        )}
        {next && (
          <div>
            <Button onClick={load} busy={loading.busy}>
              {say.more}
            </Button>
          </div>
        )}
        {loading.problem && <Failed problem={loading.problem} />}
      </div>
      {adding && <NewAccount onClose={() => setAdding(false)} />}
    </div>
  )
}

/** The grants in force, each as role and place. */
function GrantLines({ account }: { readonly account: Account }) {
  const say = useAccountWords()
  const name = useGrantName()
  const language = useLanguage()
  const inForce = account.grants.filter(grant => !grant.endedAt)
  if (inForce.length === 0) return <span className="second">{say.noGrant}</span>
  return (
    <ul className="account-grants">
      {inForce.map(grant => (
        <li key={grant.id}>
          {name(grant)}{' '}
          {grant.until && (
            <span className="second small">{say.until(formatDay(dayOfInstant(grant.until), language))}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

export function useGrantName(): (grant: Account['grants'][number]) => string {
  const words = useConsoleWords()
  const all = useDivisions()
  return grant =>
    `${words.roles[grant.role]} · ${(grant.scope && all?.divisions.find(d => d.code === grant.scope)?.name) ?? words.wholeDistrict}`
}

/** The code with which somebody chooses a password; shown once. */
export function CodeShown({
  code,
  until,
  onClose,
}: {
  readonly code: string
  readonly until: string
  readonly onClose: () => void
}) {
  const say = useAccountWords()
  const language = useLanguage()
  return (
    <div className="stack-wide">
      <p>{say.codeText}</p>
      <output className="set-up-code" aria-label={say.code}>
        {code}
      </output>
      <p className="second small">{say.codeUntil(formatInstant(until, language))}</p>
      <Button kind="main" onClick={onClose}>
        {say.seen}
      </Button>
    </div>
  )
}

function NewAccount({ onClose }: { readonly onClose: () => void }) {
  const words = useConsoleWords()
  const say = useAccountWords()
  const all = useDivisions()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [signInName, setSignInName] = useState('')
  const [draft, setDraft] = useState(emptyGrant)
  const [made, setMade] = useState<Result<'POST /accounts'>>()
  const grant = grantOf(draft, all?.district)
  const [make, making] = useDeed(async () => {
    if (grant)
      setMade(
        await withProof(() =>
          api('POST /accounts', { body: { name: name.trim(), signInName: signInName.trim(), grants: [grant] } }),
        ),
      )
  })
  return (
    <Dialog title={say.add} closeName={words.close} onClose={onClose}>
      {made ? (
        <CodeShown
          code={made.setUpCode}
          until={made.validUntil}
          onClose={() => {
            onClose()
            void navigate({ to: '/accounts/$accountId', params: { accountId: made.id } as never })
          }}
        />
      ) : (
        <form
          className="stack-wide"
          onSubmit={event => {
            event.preventDefault()
            if (name.trim() && signInName.trim().length > 1 && grant) make()
          }}
        >
          {making.problem && <Failed problem={making.problem} />}
          <TextField label={say.name} maxLength={40} value={name} onChange={setName} />
          <TextField
            label={say.signInName}
            hint={say.signInHint}
            maxLength={64}
            autoComplete="off"
            value={signInName}
            onChange={setSignInName}
          />
          <GrantFields draft={draft} onChange={setDraft} />
          <Button kind="main" submit busy={making.busy} off={!name.trim() || signInName.trim().length < 2 || !grant}>
            {say.make}
          </Button>
        </form>
      )}
    </Dialog>
  )
}
