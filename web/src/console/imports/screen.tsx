import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { HandIn } from './hand-in.tsx'
import { originOf } from './origins.ts'
import { StateTag } from './state-tag.tsx'
import { TemplateLinks } from './template-links.tsx'
import { useImportWords } from './words.ts'
import '../pools/pools.css'
import './imports.css'

type Page = Result<'GET /imports'>

/** 导入: hand in a table, and the tables that came before. */
export function ImportsScreen() {
  const say = useImportWords()
  const language = useLanguage()
  const [more, setMore] = useState<{ readonly first: Page; readonly pages: readonly Page[] }>()
  const first = useLoad('imports', signal => api('GET /imports', { query: {}, signal }))
  useLive(['feeds.'], first.again)
  const pages = first.value ? [first.value, ...(more?.first === first.value ? more.pages : [])] : []
  const next = pages.at(-1)?.next
  const [load, loading] = useDeed(async () => {
    if (!next || !first.value) return
    const page = await api('GET /imports', { query: { after: next } })
    setMore({ first: first.value, pages: [...pages.slice(1), page] })
  })
  const items = pages.flatMap(page => page.items)
  return (
    <div>
      <header className="desk-head">
        <div>
          <h1>{say.title}</h1>
          <p className="second">{say.sentence}</p>
        </div>
        <TemplateLinks />
      </header>
      <div className="desk-pile">
        <HandIn />
        {first.problem && <Failed problem={first.problem} again={first.again} at={first.at} />}
        {!first.value && !first.problem && <Skeleton shape={['title', 'card']} />}
        {first.value && (
          <Card label={say.list.title}>
            <div className="desk-card-head">
              <h2>{say.list.title}</h2>
            </div>
            {items.length === 0 ? (
              <p className="second">{say.list.empty}</p>
            ) : (
              <Table
                caption={say.list.title}
                rows={items}
                rowKey={batch => batch.id}
                columns={[
                  {
                    key: 'file',
                    head: say.list.file,
                    main: true,
                    cell: batch => (
                      <Link to="/imports/$importId" params={{ importId: batch.id } as never} data-row>
                        {batch.fileName}
                      </Link>
                    ),
                  },
                  { key: 'origin', head: say.list.origin, cell: batch => say.origins[originOf(batch.origin)] },
                  { key: 'asOf', head: say.list.asOf, cell: batch => formatDay(batch.asOf, language) },
                  { key: 'rows', head: say.list.rows, figure: true, cell: batch => batch.rows.toLocaleString('en-US') },
                  { key: 'state', head: say.list.state, cell: batch => <StateTag batch={batch} /> },
                  { key: 'at', head: say.list.at, cell: batch => formatInstant(batch.createdAt, language) },
                ]}
              />
            )}
          </Card>
        )}
        {next && (
          <div>
            <Button onClick={load} busy={loading.busy}>
              {say.list.more}
            </Button>
          </div>
        )}
        {loading.problem && <Failed problem={loading.problem} />}
      </div>
    </div>
  )
}
