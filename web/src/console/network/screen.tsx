import { useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Button } from '../../parts/button.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { oneOf, useFilters } from '../filters.ts'
import { usePlaces } from '../shell/places.ts'
import { Balance } from './balance.tsx'
import { Duties } from './duties.tsx'
import { GuideDialog } from './guide.tsx'
import type { Network } from './network.ts'
import { People } from './people.tsx'
import { Villages } from './villages.tsx'
import { useNetworkWords } from './words/index.ts'
import './network.css'

const views = ['people', 'villages', 'duties', 'balance'] as const
const shows = ['all', 'away', 'late'] as const

/** 导服网络: guides and clerks with their patches and work, and the villages with who serves them. */
export function NetworkScreen() {
  const words = useNetworkWords()
  const session = useSession()
  const [raw, set] = useFilters()
  const [name, setName] = useState('')
  const known = session.state === 'known' ? session : undefined
  const view = oneOf(views, raw['view']) ?? 'people'
  const show = oneOf(shows, raw['show']) ?? 'all'
  const division = /^\d{9}(\d{3})?$/.test(raw['division'] ?? '') ? raw['division'] : undefined
  const places = usePlaces(known?.scope, division)
  const page = useLoad(`network ${known?.scope ?? ''}`, signal => api('GET /network', { signal }))
  useLive(['outreach.'], page.again)
  const network = page.value
  const clear = () => {
    setName('')
    set({ show: undefined, division: undefined })
  }
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{words.title}</h1>
          <p className="second">{words.lead}</p>
        </div>
        <Segmented
          name="view"
          label={words.which}
          value={view}
          onChange={next => set({ view: next === 'people' ? undefined : next })}
          options={views.map(value => ({ value, label: words.views[value] }))}
        />
      </header>
      <div className="desk-pile">
        {network && <Figures network={network} />}
        <Card label={words.filters}>
          <div className="network-filters">
            {places.length > 1 && (
              <SelectField
                label={words.place}
                blank={words.any}
                value={division ?? ''}
                onChange={value => set({ division: value })}
                options={places}
              />
            )}
            {view === 'people' && (
              <>
                <SelectField
                  label={words.show}
                  value={show}
                  onChange={value => set({ show: value === 'all' ? undefined : value })}
                  options={shows.map(value => ({ value, label: words.shows[value] }))}
                />
                <TextField label={words.name} kind="search" value={name} onChange={setName} maxLength={20} />
              </>
            )}
            {(division || show !== 'all' || name) && (
              <Button kind="text" onClick={clear}>
                {words.clear}
              </Button>
            )}
          </div>
        </Card>
        {page.problem && <Failed problem={page.problem} again={page.again} at={page.at} />}
        {!network && !page.problem && <Skeleton shape={['card', 'card', 'card']} />}
        {network && view === 'people' && (
          <People
            network={network}
            division={division}
            name={name.trim()}
            show={show}
            onDivision={code => set({ division: code })}
            onOpen={account => set({ guide: account })}
            clear={clear}
          />
        )}
        {view === 'balance' && <Balance division={division ?? known?.scope} changed={page.again} />}
        {view === 'duties' && <Duties division={division} month={raw['month']} onMonth={month => set({ month })} />}
        {network && view === 'villages' && (
          <Villages
            network={network}
            part={division ?? known?.scope ?? ''}
            onOpen={account => set({ guide: account })}
            changed={page.again}
          />
        )}
      </div>
      {network && raw['guide'] && (
        <GuideDialog
          key={raw['guide']}
          network={network}
          account={raw['guide']}
          changed={page.again}
          onClose={() => set({ guide: undefined })}
        />
      )}
    </>
  )
}

function Figures({ network }: { readonly network: Network }) {
  const { sum } = useNetworkWords()
  const late = [...network.guides, network.township, ...network.leftBehind].reduce((n, one) => n + one.late, 0)
  const figures = [
    [sum.guides, network.guides.length],
    [sum.clerks, network.clerks.length],
    [sum.away, network.guides.filter(g => g.awayToday).length],
    [sum.late, late],
    [sum.bare, network.withoutGuide.length],
    [sum.left, network.leftBehind.reduce((n, one) => n + one.openTasks + one.openCases, 0)],
  ] as const
  return (
    <Card label={sum.title}>
      <dl className="network-sum">
        {figures.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count.toLocaleString('en-US')}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
