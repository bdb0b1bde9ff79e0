import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { HandIn } from './hand-in.tsx'
import { StateTag } from './state-tag.tsx'
import { useDeliveryWords } from './words.ts'
import '../pools/pools.css'
import '../imports/imports.css'
import './deliveries.css'

type Page = Result<'GET /deliveries'>
type Feeds = Result<'GET /feeds'>['items']

/** 部门数据: hand one in, how each source is doing, and what came. */
export function DeliveriesScreen() {
  const say = useDeliveryWords()
  const session = useSession()
  const isOfficer = session.state === 'known' && session.role === 'districtOfficer'
  const feeds = useLoad('feeds', signal => api('GET /feeds', { signal }))
  const first = useLoad('deliveries', signal => api('GET /deliveries', { query: {}, signal }))
  useLive(['feeds.'], () => {
    feeds.again()
    first.again()
  })
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
      </header>
      <div className="desk-pile">
        {feeds.problem && <Failed problem={feeds.problem} again={feeds.again} at={feeds.at} />}
        {!feeds.value && !feeds.problem && <Skeleton shape={['title', 'card', 'tall']} />}
        {feeds.value && isOfficer && <HandIn feeds={feeds.value.items} />}
        {first.problem && <Failed problem={first.problem} again={first.again} at={first.at} />}
        {first.value && <Came key={first.value.items[0]?.id ?? ''} first={first.value} />}
        {feeds.value && <Sources feeds={feeds.value.items} />}
      </div>
    </div>
  )
}

function Came({ first }: { readonly first: Page }) {
  const { list: say } = useDeliveryWords()
  const said = useSaid()
  const language = useLanguage()
  const [more, setMore] = useState<readonly Page[]>([])
  const pages = [first, ...more]
  const next = pages.at(-1)?.next
  const [load, loading] = useDeed(async () => {
    if (next) setMore([...more, await api('GET /deliveries', { query: { after: next } })])
  })
  const items = pages.flatMap(page => page.items)
  return (
    <Card label={say.title}>
      <div className="desk-card-head">
        <h2>{say.title}</h2>
      </div>
      {items.length === 0 ? (
        <p className="second">{say.empty}</p>
      ) : (
        <Table
          caption={say.title}
          rows={items}
          rowKey={one => one.id}
          columns={[
            {
              key: 'file',
              head: say.file,
              main: true,
              cell: one => (
                <Link to="/deliveries/$deliveryId" params={{ deliveryId: one.id } as never} data-row>
                  {one.fileName}
                </Link>
              ),
            },
            { key: 'source', head: say.source, cell: one => said(one.sourceName) },
            { key: 'asOf', head: say.asOf, cell: one => formatDay(one.asOf, language) },
            { key: 'rows', head: say.rows, figure: true, cell: one => one.account.rows.toLocaleString('en-US') },
            {
              key: 'news',
              head: say.accepted,
              figure: true,
              cell: one => one.account.accepted.toLocaleString('en-US'),
            },
            {
              key: 'toDo',
              head: say.toDo,
              figure: true,
              cell: one => (one.account.look + one.account.quarantined).toLocaleString('en-US'),
            },
            { key: 'state', head: say.state, cell: one => <StateTag delivery={one} /> },
            { key: 'at', head: say.at, cell: one => formatInstant(one.createdAt, language) },
          ]}
        />
      )}
      {loading.problem && <Failed problem={loading.problem} />}
      {next && (
        <Button onClick={load} busy={loading.busy}>
          {say.more}
        </Button>
      )}
    </Card>
  )
}

function Sources({ feeds }: { readonly feeds: Feeds }) {
  const { feeds: say } = useDeliveryWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Card label={say.title}>
      <div className="desk-card-head">
        <h2>{say.title}</h2>
      </div>
      {feeds.length === 0 ? (
        <p className="second">{say.empty}</p>
      ) : (
        <Table
          caption={say.title}
          rows={feeds}
          rowKey={feed => feed.source}
          columns={[
            {
              key: 'source',
              head: say.source,
              main: true,
              cell: feed => (
                <span className="feed-name">
                  <span>
                    {said(feed.name)} <span className="second small">{feed.code}</span>
                  </span>
                  <span className="second small">{said(feed.content)}</span>
                  {feed.isDangerous && <Tag tone="ochre">{say.dangerous}</Tag>}
                  {feed.isRestricted && <Tag tone="dusk">{say.restricted}</Tag>}
                </span>
              ),
            },
            { key: 'rhythm', head: say.rhythm, cell: feed => said(feed.rhythm) },
            {
              key: 'last',
              head: say.last,
              cell: ({ last }) =>
                last ? (
                  <Link to="/deliveries/$deliveryId" params={{ deliveryId: last.id } as never}>
                    {formatDay(last.asOf, language)}
                  </Link>
                ) : (
                  <span className="second">{say.never}</span>
                ),
            },
            {
              key: 'late',
              head: say.due,
              cell: ({ daysLate: days }) =>
                days === null ? null : days > 0 ? (
                  <Tag tone="seal">{say.late(days)}</Tag>
                ) : (
                  <Tag tone="hill">{say.inTime}</Tag>
                ),
            },
            { key: 'wait', head: say.wait, figure: true, cell: feed => (feed.waiting > 0 ? feed.waiting : say.none) },
          ]}
        />
      )}
    </Card>
  )
}
