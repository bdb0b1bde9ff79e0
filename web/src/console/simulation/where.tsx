import { useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Table } from '../../parts/desk/table.tsx'
import { useSaid } from '../../platform/words.ts'
import { Count } from './conclusion.tsx'
import { useLetters } from './letters.ts'
import { isSome, leading, type Simulated, type Sliders } from './reading.ts'
import { TileMap } from './tile-map.tsx'
import { useSimulationWords } from './words.ts'

/** The names on the tiles would be too small to read. */
const narrow = '(max-width: 600px)'

/** Where those live who gain and lose: the map, and the same counts as a table. */
export function Where({ answer, map }: { readonly answer: Simulated; readonly map: Sliders['map'] }) {
  const words = useSimulationWords()
  const said = useSaid()
  const [view, setView] = useState<'map' | 'table'>(() => (matchMedia(narrow).matches ? 'table' : 'map'))
  const [chosen, setChosen] = useState<string>()
  useLetters({ t: () => setView(view === 'map' ? 'table' : 'map') })
  const moving = answer.policies.filter(p => isSome(p.gained.people) || isSome(p.lost.people))
  const policy = moving.find(p => p.id === chosen) ?? leading(answer).find(p => moving.includes(p)) ?? moving[0]
  const counts = answer.townships.map((t, i) => {
    const [gained, lost] = policy?.townships[i] ?? [0, 0]
    return { ...t, gained, lost }
  })
  const name = policy ? said(policy.name) : ''
  const anyHidden = counts.some(c => c.gained === null || c.lost === null)
  return (
    <Card label={words.where}>
      <div className="desk-card-head">
        <h2>
          {words.where} {view === 'map' && <span className="second small">{said(map.note)}</span>}
        </h2>
        <div className="row">
          {moving.length > 1 && (
            <label className="simulation-which">
              <span className="second small">{words.which}</span>
              <select value={policy?.id ?? ''} onChange={event => setChosen(event.target.value)}>
                {moving.map(p => (
                  <option key={p.id} value={p.id}>
                    {said(p.name)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Segmented
            name="simulation-view"
            label={words.view}
            value={view}
            onChange={setView}
            options={[
              { value: 'map', label: words.map },
              { value: 'table', label: `${words.table} t` },
            ]}
          />
        </div>
      </div>
      {view === 'map' ? (
        <TileMap map={map} counts={counts} policy={name} />
      ) : (
        <Table
          caption={words.tableCaption(name)}
          rows={counts}
          rowKey={row => row.code}
          columns={[
            { key: 'name', head: words.township, main: true, cell: row => row.name },
            { key: 'gained', head: words.gainedShort, figure: true, cell: row => <Count of={row.gained} sign="+" /> },
            { key: 'lost', head: words.lostShort, figure: true, cell: row => <Count of={row.lost} sign="−" /> },
          ]}
        />
      )}
      {(anyHidden || !policy) && <p className="mini second">{policy ? words.hidden : words.noMap}</p>}
    </Card>
  )
}
