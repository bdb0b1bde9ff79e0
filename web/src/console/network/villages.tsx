import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useConsoleWords } from '../words/index.ts'
import { HandForm } from './hand-form.tsx'
import { useDivisions } from '../shell/place-name.ts'
import type { Guide, Network } from './network.ts'
import { useNetworkWords } from './words/index.ts'

const shown = 60

/** Each village with who serves it, those without a guide first. */
export function Villages({
  network,
  part,
  onOpen,
  changed,
}: {
  readonly network: Network
  readonly part: string
  readonly onOpen: (account: string) => void
  readonly changed: () => void
}) {
  const all = useConsoleWords()
  const [giving, setGiving] = useState<{ code: string; name: string }>()
  const [said, setSaid] = useState('')
  const words = useNetworkWords()
  const [most, setMost] = useState(shown)
  const divisions = useDivisions()?.divisions ?? []
  const names = new Map(divisions.map(d => [d.code, d.name]))
  const bare = new Set<string>(network.withoutGuide.map(v => v.code))
  const rows = divisions
    .filter(d => d.code.length === 12 && d.code.startsWith(part))
    .map(d => ({ ...d, isBare: bare.has(d.code), guides: guidesOf(network, d.code) }))
    .toSorted((a, b) => Number(b.isBare) - Number(a.isBare))
  return (
    <Card label={words.villages}>
      <div className="desk-card-head">
        <h2>{words.villages}</h2>
        <span className="second small">{words.villagesText}</span>
      </div>
      {said && (
        <Notice tone="hill" said>
          {said}
        </Notice>
      )}
      {giving && (
        <Dialog title={giving.name} closeName={all.close} onClose={() => setGiving(undefined)} wide>
          <HandForm
            network={network}
            village={giving}
            from={undefined}
            onDone={(_, to) => {
              setSaid(words.hand.given(giving.name, to))
              setGiving(undefined)
              changed()
            }}
            onLeave={() => setGiving(undefined)}
          />
        </Dialog>
      )}
      <Table
        caption={words.villages}
        rows={rows.slice(0, most)}
        rowKey={row => row.code}
        columns={[
          {
            key: 'village',
            head: words.heads.village,
            main: true,
            cell: row => (
              <>
                {row.name} <span className="second small">{names.get(row.code.slice(0, 9))}</span>
              </>
            ),
          },
          {
            key: 'served',
            head: words.heads.served,
            cell: row =>
              row.isBare ? (
                <span className="network-served">
                  <Tag tone="ochre" icon="warning">
                    {words.byTownship}
                  </Tag>
                  <Button kind="text" name={words.hand.arrangeOf(row.name)} onClick={() => setGiving(row)}>
                    {words.hand.arrange}
                  </Button>
                </span>
              ) : (
                <span className="network-served">
                  {row.guides.map(guide => (
                    <button
                      key={guide.account}
                      type="button"
                      data-row
                      className="button text"
                      onClick={() => onOpen(guide.account)}
                    >
                      {guide.places.some(p => p.code === row.code) ? guide.name : words.byTownshipGuide(guide.name)}
                    </button>
                  ))}
                </span>
              ),
          },
        ]}
      />
      {rows.length > most && (
        <Button kind="text" onClick={() => setMost(most + shown)}>
          {words.more(Math.min(shown, rows.length - most))}
        </Button>
      )}
    </Card>
  )
}

/** Those of the village itself; where it has none, those of its township. */
function guidesOf(network: Network, village: string): Guide[] {
  const own = network.guides.filter(g => g.places.some(p => p.code === village))
  return own.length > 0 ? own : network.guides.filter(g => g.places.some(p => p.code === village.slice(0, 9)))
}
