import { Link, useParams } from '@tanstack/react-router'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
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
            <Exchanges items={page.value.items} />
          </Card>
        )}
      </div>
      {page.value && <Pager pages={pages} next={page.value.next} />}
    </div>
  )
}

function Exchanges({ items }: { readonly items: readonly Exchange[] }) {
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
              {one.broughtAt && <p className="mini second">{say.brought(formatInstant(one.broughtAt, language))}</p>}
            </>
          ),
        },
      ]}
    />
  )
}
