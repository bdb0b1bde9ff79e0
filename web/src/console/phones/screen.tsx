import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { FormDialog } from '../form-dialog.tsx'
import { usePhoneWords } from './words.ts'
import '../pools/pools.css'

type Page = Result<'GET /work-phones'>
type Phone = Page['items'][number]

const states = ['inUse', 'revoked'] as const
const reasons = ['lost', 'replaced', 'left'] as const
type Reason = (typeof reasons)[number]

/** 工作手机: whose telephones keep visits, when they were last heard of, and the way out for a lost one. */
export function PhonesScreen() {
  const say = usePhoneWords()
  const [filters, set] = useFilters()
  const state = oneOf(states, filters['state']) ?? 'inUse'
  const [revoking, setRevoking] = useState<Phone>()
  const [done, setDone] = useState<{ readonly name: string; readonly lost: boolean }>()
  const [more, setMore] = useState<{ readonly of: string; readonly pages: readonly Page[] }>()
  const first = useLoad(`phones ${state}`, signal => api('GET /work-phones', { query: { state }, signal }))
  const pages = first.value ? [first.value, ...(more?.of === state ? more.pages : [])] : []
  const next = pages.at(-1)?.next
  const [load, loading] = useDeed(async () => {
    if (!next) return
    const page = await api('GET /work-phones', { query: { state, after: next } })
    setMore({ of: state, pages: [...pages.slice(1), page] })
  })
  const items = pages.flatMap(page => page.items)
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
      </header>
      <div className="desk-pile">
        <div className="filters">
          <SelectField
            label={say.show}
            value={state}
            options={states.map(value => ({ value, label: say.states[value] }))}
            onChange={one => set({ state: one === 'inUse' ? undefined : one })}
          />
        </div>
        {done && (
          <Notice tone="hill" said>
            {done.lost ? say.doneLost(done.name) : say.done(done.name)}
          </Notice>
        )}
        {first.problem && <Failed problem={first.problem} again={first.again} at={first.at} />}
        {!first.value && !first.problem && <Skeleton shape={['card']} />}
        {first.value && items.length === 0 && <Empty title={say.empty[state].title}>{say.empty[state].text}</Empty>}
        {items.length > 0 && (
          <Card label={say.list}>
            <PhoneTable items={items} state={state} onRevoke={setRevoking} />
            {loading.problem && <Failed problem={loading.problem} />}
            {next && (
              <Button onClick={load} busy={loading.busy}>
                {say.more}
              </Button>
            )}
          </Card>
        )}
      </div>
      {revoking && (
        <RevokeDialog
          phone={revoking}
          onDone={lost => {
            setDone({ name: revoking.owner.name, lost })
            setRevoking(undefined)
            setMore(undefined)
            first.again()
          }}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </div>
  )
}

function PhoneTable({
  items,
  state,
  onRevoke,
}: {
  readonly items: readonly Phone[]
  readonly state: (typeof states)[number]
  readonly onRevoke: (phone: Phone) => void
}) {
  const say = usePhoneWords()
  const language = useLanguage()
  const at = (instant: string) => formatInstant(instant, language)
  return (
    <Table
      caption={say.list}
      rows={items}
      rowKey={phone => phone.id}
      columns={[
        { key: 'owner', head: say.owner, main: true, cell: phone => phone.owner.name },
        { key: 'phone', head: say.phone, cell: phone => phone.name },
        { key: 'since', head: say.since, cell: phone => at(phone.registeredAt) },
        {
          key: 'seen',
          head: say.seen,
          cell: phone => (
            <span className="row">
              {at(phone.seenAt)}
              {state === 'inUse' && (
                <Tag tone={phone.daysSilent < 1 ? 'hill' : phone.daysSilent < 7 ? 'ochre' : 'plain'}>
                  {phone.daysSilent < 1 ? say.today : say.silent(phone.daysSilent)}
                </Tag>
              )}
            </span>
          ),
        },
        state === 'inUse'
          ? {
              key: 'act',
              head: <span className="unseen">{say.stop}</span>,
              figure: true,
              cell: (phone: Phone) => (
                <Button kind="danger" onClick={() => onRevoke(phone)} name={`${say.stop}: ${phone.name}`}>
                  {say.stop}
                </Button>
              ),
            }
          : {
              key: 'revoked',
              head: say.revoked,
              cell: (phone: Phone) => phone.revokedAt && say.by(phone.revokedBy ?? '', at(phone.revokedAt)),
            },
      ]}
    />
  )
}

function RevokeDialog({
  phone,
  onDone,
  onClose,
}: {
  readonly phone: Phone
  readonly onDone: (lost: boolean) => void
  readonly onClose: () => void
}) {
  const say = usePhoneWords()
  const [reason, setReason] = useState<Reason>('lost')
  const [revoke, revoking] = useDeed(async () => {
    await api('POST /work-phones/:deviceId/revoke', { params: { deviceId: phone.id }, body: { reason } })
    onDone(reason === 'lost')
  })
  return (
    <FormDialog
      title={say.stopTitle(phone.owner.name)}
      deed={revoking}
      save={say.stop}
      onSend={revoke}
      onClose={onClose}
    >
      <p>{say.text}</p>
      <SelectField
        label={say.why}
        value={reason}
        options={reasons.map(value => ({ value, label: say.reasons[value] }))}
        onChange={one => setReason(one as Reason)}
      />
      {reason === 'lost' && <Notice tone="ochre">{say.lostText}</Notice>}
    </FormDialog>
  )
}
