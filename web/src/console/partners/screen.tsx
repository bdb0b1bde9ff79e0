import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import { SecretDialog } from '../secret-dialog.tsx'
import { AddDialog } from './add.tsx'
import { Bounds, Until } from './agreement.tsx'
import { usePartnerWords } from './words.ts'

type Partner = Result<'GET /partners'>['items'][number]
type Made = Result<'POST /partners'>

/** 合作系统: which systems may search the registry, within what bounds, and how much they asked lately. */
export function PartnersScreen() {
  const say = usePartnerWords()
  const partners = useLoad('partners', signal => api('GET /partners', { signal }))
  useLive(['doors.'], partners.again)
  const [asking, setAsking] = useState<'add' | { readonly what: 'secret' | 'end'; readonly partner: Partner }>()
  const [made, setMade] = useState<Made>()
  const close = () => setAsking(undefined)
  const came = (one: Made) => {
    close()
    setMade(one)
    partners.again()
  }
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
        <Button kind="main" icon="plus" onClick={() => setAsking('add')} off={!partners.value}>
          {say.add}
        </Button>
      </header>
      {partners.problem && <Failed problem={partners.problem} again={partners.again} at={partners.at} />}
      {!partners.value && !partners.problem && <Skeleton shape={['card']} />}
      {partners.value?.items.length === 0 && <Empty title={say.empty}>{say.emptyText}</Empty>}
      {partners.value && partners.value.items.length > 0 && (
        <Card label={say.list}>
          <PartnerTable partners={partners.value.items} onAsk={(what, partner) => setAsking({ what, partner })} />
        </Card>
      )}
      {asking === 'add' && <AddDialog onMade={came} onClose={close} />}
      {asking !== 'add' && asking && (
        <Confirm
          title={say[asking.what]}
          text={say[`${asking.what}Text`](asking.partner.name)}
          kind={asking.what === 'end' ? 'danger' : 'main'}
          onClose={close}
          deed={async () => {
            const params = { partnerId: asking.partner.id }
            if (asking.what === 'secret') setMade(await api('POST /partners/:partnerId/secret', { params, body: {} }))
            else await api('POST /partners/:partnerId/end', { params, body: {} })
            partners.again()
          }}
        />
      )}
      {made && (
        <SecretDialog
          id={made.clientId}
          secret={made.clientSecret}
          words={say.made}
          onClose={() => setMade(undefined)}
        />
      )}
    </div>
  )
}

function PartnerTable({
  partners,
  onAsk,
}: {
  readonly partners: readonly Partner[]
  readonly onAsk: (what: 'secret' | 'end', partner: Partner) => void
}) {
  const say = usePartnerWords()
  const language = useLanguage()
  return (
    <Table
      caption={say.list}
      rows={partners}
      rowKey={partner => partner.id}
      columns={[
        {
          key: 'name',
          head: say.name,
          main: true,
          cell: partner => (
            <>
              <Link to={`/partners/${partner.id}`} data-row="">
                {partner.name}
              </Link>
              <p className="mini second">{partner.senderId}</p>
            </>
          ),
        },
        {
          key: 'why',
          head: say.why,
          cell: partner => (
            <>
              {partner.purpose} · {say.bases[partner.basis]}
              <p className="mini second">{partner.basisWords}</p>
            </>
          ),
        },
        { key: 'what', head: say.what, cell: partner => <Bounds of={partner} /> },
        { key: 'until', head: say.until, cell: partner => <Until of={partner} /> },
        {
          key: 'asked',
          head: say.asked,
          cell: ({ asked, usedAt, dead }) => (
            <>
              {say.askedWords(asked.messages, asked.records)}
              {dead > 0 && (
                <p>
                  <Tag tone="seal">{say.dead(dead)}</Tag>
                </p>
              )}
              <p className="mini second">{usedAt ? say.used(formatInstant(usedAt, language)) : say.never}</p>
            </>
          ),
        },
        {
          key: 'acts',
          head: '',
          cell: partner =>
            partner.endedAt === null && (
              <span className="row">
                {partner.isGood && (
                  <Button onClick={() => onAsk('secret', partner)} name={`${say.secret} ${partner.name}`}>
                    {say.secret}
                  </Button>
                )}
                <Button kind="danger" onClick={() => onAsk('end', partner)} name={`${say.end} ${partner.name}`}>
                  {say.end}
                </Button>
              </span>
            ),
        },
      ]}
    />
  )
}
