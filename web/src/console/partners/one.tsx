import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { Bounds, Until } from './agreement.tsx'
import { usePartnerWords } from './words.ts'

type Exchange = Result<'GET /partners/:partnerId/exchanges'>['items'][number]

const tones: Readonly<Record<Exchange['state'], Tone>> = { rcvd: 'river', pdng: 'river', succ: 'hill', rjct: 'ochre' }

/** What one partner asked lately: when, how much it was told, whether it arrived. */
export function PartnerScreen() {
  const say = usePartnerWords()
  const { partnerId } = useParams({ strict: false }) as { partnerId: string }
  const pages = usePages(`exchanges ${partnerId}`)
  const partners = useLoad('partners', signal => api('GET /partners', { signal }))
  const page = useLoad(`exchanges ${partnerId} ${pages.after ?? ''}`, signal =>
    api('GET /partners/:partnerId/exchanges', {
      params: { partnerId },
      query: { limit: 25, ...(pages.after ? { after: pages.after } : {}) },
      signal,
    }),
  )
  useLive(['doors.'], page.again)
  const again = useAgain(partnerId, page.again)
  const partner = partners.value?.items.find(one => one.id === partnerId)
  return (
    <div>
      <header className="desk-head">
        <div>
          <p>
            <Link to="/partners">{say.one.back}</Link>
          </p>
          <h1 tabIndex={-1}>{partner ? say.one.title(partner.name) : say.title}</h1>
          <p className="second">{say.one.sentence}</p>
        </div>
      </header>
      <div className="stack-wide">
        {partners.problem && <Failed problem={partners.problem} again={partners.again} at={partners.at} />}
        {partner && (
          <Card label={say.title}>
            <div className="stack">
              <p>
                {partner.purpose} · {say.bases[partner.basis]} · {partner.basisWords}
              </p>
              <div>
                <Bounds of={partner} />
              </div>
              <Until of={partner} />
              <p className="mini second">{say.one.by(partner.madeBy, partner.senderId)}</p>
            </div>
          </Card>
        )}
        {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
        {!page.value && !page.problem && <Skeleton shape={['tall']} />}
        {page.value?.items.length === 0 && <Empty title={say.one.none} />}
        {page.value && page.value.items.length > 0 && (
          <Card label={say.one.list}>
            <div className="stack">
              {again.done !== undefined && (
                <Notice tone="hill" said>
                  {say.one.sent(again.done)}
                </Notice>
              )}
              {again.problem && <Failed problem={again.problem} />}
              <Exchanges items={page.value.items} busy={again.busy} onAgain={again.send} />
            </div>
          </Card>
        )}
      </div>
      {page.value && <Pager pages={pages} next={page.value.next} />}
    </div>
  )
}

/** Sends a notice again that did not arrive; `done` says of how many it tells. */
function useAgain(partnerId: string, reload: () => void) {
  const [done, setDone] = useState<number>()
  const [send, sending] = useDeed(async (exchangeId: string) => {
    setDone(undefined)
    const params = { partnerId, exchangeId }
    setDone((await api('POST /partners/:partnerId/exchanges/:exchangeId/again', { params, body: {} })).records)
    reload()
  })
  return { send, done, busy: sending.busy, problem: sending.problem }
}

function Exchanges({
  items,
  busy,
  onAgain,
}: {
  readonly items: readonly Exchange[]
  readonly busy: boolean
  readonly onAgain: (exchange: string) => void
}) {
  const { one: say } = usePartnerWords()
  const language = useLanguage()
  return (
    <Table
      caption={say.list}
      rows={items}
      rowKey={one => one.id}
      columns={[
        { key: 'at', head: say.at, main: true, cell: one => formatInstant(one.cameAt, language) },
        {
          key: 'what',
          head: say.what,
          cell: one => (
            <>
              {say.actions[one.action]}
              <p className="mini second">{say.ways[one.way]}</p>
            </>
          ),
        },
        { key: 'told', head: say.told, figure: true, cell: one => one.records },
        {
          key: 'answer',
          head: say.answer,
          cell: one => (
            <>
              <Tag tone={tones[one.state]}>{say.states[one.state]}</Tag>
              {one.waits && <p className="mini second">{say.waits(one.tries)}</p>}
              {one.isDead && (
                <>
                  <p className="mini second">{say.dead}</p>
                  <Button
                    busy={busy}
                    onClick={() => onAgain(one.id)}
                    name={`${say.again} ${formatInstant(one.cameAt, language)}`}
                  >
                    {say.again}
                  </Button>
                </>
              )}
              {one.broughtAt && <p className="mini second">{say.brought(formatInstant(one.broughtAt, language))}</p>}
            </>
          ),
        },
      ]}
    />
  )
}
