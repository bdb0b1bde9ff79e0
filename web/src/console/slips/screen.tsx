import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Pager, usePages } from '../../parts/desk/pages.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Failed, Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { oneOf, useFilters } from '../filters.ts'
import { Sheet } from './sheet.tsx'
import { SlipTable } from './slip-table.tsx'
import { useSlipWords } from './words.ts'
import './slips.css'

const shows = ['open', 'late', 'yours', 'below', 'bureau', 'sender', 'closed', 'all'] as const

/** 清单式转介: what was handed to bureaus; for a bureau, what waits for its answer. */
export function SlipsScreen() {
  const say = useSlipWords()
  const session = useSession()
  const [raw, set] = useFilters()
  const isBureau = session.state === 'known' && session.role === 'bureauOfficer'
  const isSheet = raw['view'] === 'sheet'
  const unit = raw['unit'] || undefined
  return (
    <>
      <header className="desk-head slip-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{isBureau ? say.leadBureau : say.lead}</p>
        </div>
        {!isSheet && (
          <Button icon="paper" onClick={() => set({ view: 'sheet' })}>
            {say.sheet.act}
          </Button>
        )}
      </header>
      {isSheet ? (
        <Sheet unit={unit} onBack={() => set({ view: undefined })} />
      ) : (
        <List unit={unit} isBureau={isBureau} />
      )}
    </>
  )
}

function List({ unit, isBureau }: { readonly unit: string | undefined; readonly isBureau: boolean }) {
  const say = useSlipWords()
  const said = useSaid()
  const [raw, set] = useFilters()
  const show = oneOf(shows, raw['show']) ?? 'open'
  const key = JSON.stringify([show, unit])
  const pages = usePages(`slips ${key}`)
  const page = useLoad(`slips ${key} ${pages.after ?? ''}`, signal =>
    api('GET /slips', {
      query: { show, ...(unit ? { unit } : {}), ...(pages.after ? { after: pages.after } : {}) },
      signal,
    }),
  )
  const units = useLoad(isBureau ? undefined : 'units', signal => api('GET /units', { signal }))
  useLive(['outreach.slip'], page.again)
  const counts = page.value?.counts
  const clear = () => set({ show: undefined, unit: undefined })
  const isNarrowed = show !== 'open' || unit !== undefined
  return (
    <div className="desk-pile">
      <Card label={say.show}>
        <div className="slip-filters">
          <SelectField
            label={say.show}
            value={show}
            onChange={value => set({ show: value === 'open' ? undefined : value })}
            options={shows.map(value => ({ value, label: say.shows[value] }))}
          />
          {!isBureau && (
            <SelectField
              label={say.unit}
              blank={say.any}
              value={unit ?? ''}
              onChange={value => set({ unit: value })}
              options={(units.value?.items ?? []).map(one => ({ value: one.slug, label: said(one.name) }))}
            />
          )}
        </div>
      </Card>
      {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
      {!page.value && !page.problem && <Skeleton shape={['card', 'card']} />}
      {page.value?.items.length === 0 &&
        (isNarrowed ? (
          <Empty title={say.filteredTitle} act={<Button onClick={clear}>{say.clear}</Button>}>
            {say.shows[show]}
          </Empty>
        ) : (
          <Empty good title={say.emptyTitle}>
            {isBureau ? say.emptyBureau : say.emptyText}
          </Empty>
        ))}
      {page.value && page.value.items.length > 0 && (
        <Card label={say.rows}>
          <div className="desk-card-head">
            <h2>{say.rows}</h2>
            <span className="second small" role="status">
              {counts && say.counts(counts.open, counts.late, counts.askedBack)}
            </span>
          </div>
          <SlipTable rows={page.value.items} busy={page.busy} />
          <Pager pages={pages} next={page.value.next} />
        </Card>
      )}
    </div>
  )
}
