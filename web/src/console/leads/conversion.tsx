import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useLeadWords } from './words.ts'

const figures = ['found', 'verified', 'helped', 'notSo'] as const

/** Found, verified, helped by channel; each figure opens its list. */
export function Conversion({ onOpen }: { readonly onOpen: (show: string, channel: string | undefined) => void }) {
  const all = useLeadWords()
  const { conversion: say } = all
  const said = useSaid()
  const loaded = useLoad('conversion', signal => api('GET /leads/conversion', { query: {}, signal }))
  useLive(['outreach.lead'], loaded.again)
  const rows = loaded.value && [
    ...loaded.value.items.map(({ channel, ...counts }) => ({
      id: channel.id as string,
      name: said(channel.words),
      counts,
    })),
    { id: '', name: say.total, counts: loaded.value.total },
  ]
  return (
    <Card label={say.title}>
      <h2>{say.title}</h2>
      <p className="second small">{say.lead}</p>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!rows && !loaded.problem && <Skeleton shape={['card']} />}
      {rows?.length === 1 && <p className="second">{say.none}</p>}
      {rows && rows.length > 1 && (
        <Table
          caption={say.title}
          rows={rows}
          rowKey={row => row.id}
          columns={[
            { key: 'channel', head: say.heads.channel, main: true, cell: row => row.name },
            ...figures.map(figure => ({
              key: figure,
              head: say.heads[figure],
              figure: true,
              cell: (row: (typeof rows)[number]) => (
                <Button
                  kind="text"
                  name={`${row.name} ${say.heads[figure]} ${row.counts[figure]}`}
                  onClick={() => onOpen(figure === 'found' ? 'counted' : figure, row.id || undefined)}
                >
                  {String(row.counts[figure])}
                </Button>
              ),
            })),
          ]}
        />
      )}
    </Card>
  )
}
