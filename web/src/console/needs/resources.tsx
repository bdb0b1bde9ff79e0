import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage } from '../../platform/words.ts'
import { ResourceDialog } from './resource-dialog.tsx'
import { useNeedWords } from './words.ts'

export type Resource = Result<'GET /resources'>['items'][number]

/** 资源清单: what each level can take on, with free places. */
export function Resources() {
  const all = useNeedWords()
  const { resources: say } = all
  const language = useLanguage()
  const session = useSession()
  const scope = session.state === 'known' ? session.scope : undefined
  const [ended, setEnded] = useState<'yes' | 'no'>('no')
  const [open, setOpen] = useState<Resource | 'new'>()
  const pages = usePages(`resources ${ended}`)
  const page = useLoad(`resources ${ended} ${pages.after ?? ''}`, signal =>
    api('GET /resources', { query: { ended, ...(pages.after ? { after: pages.after } : {}) }, signal }),
  )
  return (
    <div className="desk-pile">
      <Card label={say.title}>
        <div className="desk-card-head">
          <h2>{say.title}</h2>
          <Segmented
            name="resources-ended"
            label={say.which}
            value={ended}
            onChange={setEnded}
            options={[
              { value: 'no', label: say.inUse },
              { value: 'yes', label: say.ended },
            ]}
          />
          {scope && (
            <Link to="/needs/codes/$code" params={{ code: scope } as never}>
              {all.code.act}
            </Link>
          )}
          <Button icon="plus" onClick={() => setOpen('new')}>
            {say.act}
          </Button>
        </div>
        {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
        {!page.value && !page.problem && <Skeleton shape={['card']} />}
        {page.value?.items.length === 0 && <Empty title={say.none}>{say.noneText}</Empty>}
        {page.value && page.value.items.length > 0 && (
          <>
            <Table
              caption={say.title}
              rows={page.value.items}
              busy={page.busy}
              rowKey={row => row.id}
              columns={[
                { key: 'name', head: say.heads.name, main: true, cell: row => row.name },
                {
                  key: 'level',
                  head: say.heads.level,
                  cell: row => (
                    <Link to="/needs/codes/$code" params={{ code: row.place.code } as never}>
                      {row.place.name || all.lanes[row.level]}
                    </Link>
                  ),
                },
                { key: 'kind', head: say.heads.kind, cell: row => say.kinds[row.kind] },
                {
                  key: 'offers',
                  head: say.heads.offers,
                  cell: row => [row.offers, row.hours, row.contact].filter(Boolean).join(' · '),
                },
                { key: 'free', head: say.heads.free, cell: row => say.freeOf(row.free, row.places) },
                {
                  key: 'until',
                  head: say.heads.until,
                  cell: row => (row.untilOn ? formatDay(row.untilOn, language) : say.noEnd),
                },
                {
                  key: 'edit',
                  head: '',
                  cell: row =>
                    scope &&
                    row.place.code.startsWith(scope) && (
                      <Button kind="text" name={say.editOf(row.name)} onClick={() => setOpen(row)}>
                        {say.edit}
                      </Button>
                    ),
                },
              ]}
            />
            <Pager pages={pages} next={page.value.next} />
          </>
        )}
      </Card>
      {open && (
        <ResourceDialog
          {...(open !== 'new' && { resource: open })}
          onSaved={page.again}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}
