import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { channels, channelWords } from '@zhulian/kernel'
import { oneOf, useFilters } from '../filters.ts'
import { Conversion } from './conversion.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { useLeadWords } from './words.ts'
import './leads.css'

export type LeadLine = Result<'GET /leads'>['items'][number]
const shows = ['open', 'late', 'found', 'verified', 'helped', 'notSo', 'counted', 'all'] as const

/** 主动发现: whom anybody told of, and what came of it by channel. */
export function LeadsScreen() {
  const say = useLeadWords()
  const said = useSaid()
  const [raw, set] = useFilters()
  const [noting, setNoting] = useState(false)
  const show = oneOf(shows, raw['show']) ?? 'open'
  const channel = oneOf(channels, raw['channel'])
  const key = JSON.stringify([show, channel])
  const pages = usePages(`leads ${key}`)
  const page = useLoad(`leads ${key} ${pages.after ?? ''}`, signal =>
    api('GET /leads', {
      query: { show, ...(channel ? { channel } : {}), ...(pages.after ? { after: pages.after } : {}) },
      signal,
    }),
  )
  useLive(['outreach.lead'], page.again)
  const clear = () => set({ show: undefined, channel: undefined })
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{say.lead}</p>
        </div>
        <Button icon="pen" onClick={() => setNoting(true)}>
          {say.note.act}
        </Button>
      </header>
      <div className="desk-pile">
        <Card label={say.show}>
          <div className="lead-filters">
            <SelectField
              label={say.show}
              value={show}
              onChange={value => set({ show: value === 'open' ? undefined : value })}
              options={shows.map(value => ({ value, label: say.shows[value] }))}
            />
            <SelectField
              label={say.channel}
              blank={say.any}
              value={channel ?? ''}
              onChange={value => set({ channel: value })}
              options={channels.map(value => ({ value, label: said(channelWords[value]) }))}
            />
          </div>
        </Card>
        {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
        {!page.value && !page.problem && <Skeleton shape={['card', 'card']} />}
        {page.value?.items.length === 0 &&
          (show !== 'open' || channel ? (
            <Empty title={say.filteredTitle} act={<Button onClick={clear}>{say.clear}</Button>}>
              {say.shows[show]}
            </Empty>
          ) : (
            <Empty good title={say.emptyTitle}>
              {say.emptyText}
            </Empty>
          ))}
        {page.value && page.value.items.length > 0 && (
          <Card label={say.rows}>
            <h2>{say.rows}</h2>
            <LeadTable rows={page.value.items} busy={page.busy} />
            <Pager pages={pages} next={page.value.next} />
          </Card>
        )}
        <Conversion onOpen={(next, of) => set({ show: next, channel: of })} />
      </div>
      {noting && <NoteDialog onNoted={page.again} onClose={() => setNoting(false)} />}
    </>
  )
}

const tones: Readonly<Record<LeadLine['state'], Tone>> = {
  found: 'ochre',
  verified: 'river',
  helped: 'hill',
  notSo: 'plain',
  joined: 'plain',
  withdrawn: 'plain',
}

export function LeadState({ lead }: { readonly lead: Pick<LeadLine, 'state' | 'stateWords'> }) {
  const said = useSaid()
  return <Tag tone={tones[lead.state]}>{said(lead.stateWords)}</Tag>
}

export function LeadDue({ daysLeft }: { readonly daysLeft: number | null }) {
  const { due: say } = useLeadWords()
  if (daysLeft === null) return <span className="second">{say.none}</span>
  if (daysLeft < 0) return <Tag tone="seal">{say.late(-daysLeft)}</Tag>
  return <span>{daysLeft === 0 ? say.today : say.left(daysLeft)}</span>
}

function LeadTable({ rows, busy }: { readonly rows: readonly LeadLine[]; readonly busy: boolean }) {
  const say = useLeadWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Table
      caption={say.rows}
      rows={rows}
      busy={busy}
      rowKey={row => row.id}
      columns={[
        {
          key: 'name',
          head: say.heads.name,
          main: true,
          cell: row => (
            <>
              <Link to="/leads/$leadId" params={{ leadId: row.id } as never} data-row className="desk-line">
                {row.name}
              </Link>
              {row.careful && <span className="second small"> {say.careful}</span>}
            </>
          ),
        },
        { key: 'place', head: say.heads.place, cell: row => row.village.name },
        { key: 'channel', head: say.heads.channel, cell: row => said(row.channel.words) },
        { key: 'found', head: say.heads.found, cell: row => formatDay(row.foundOn, language) },
        { key: 'due', head: say.heads.due, cell: row => <LeadDue daysLeft={row.daysLeft} /> },
        { key: 'state', head: say.heads.state, cell: row => <LeadState lead={row} /> },
      ]}
    />
  )
}
