import { Segmented } from '../../parts/desk/segmented.tsx'
import { oneOf, useFilters } from '../filters.ts'
import { NeedsBoard } from './board.tsx'
import { NeedsList } from './list.tsx'
import { LinkNeeds } from './link.tsx'
import { Resources } from './resources.tsx'
import { useNeedWords } from './words.ts'
import './needs.css'

const looks = ['board', 'list', 'link', 'resources'] as const

/** 心愿池: what families need, who holds it, and what each level can take on. */
export function NeedsScreen() {
  const say = useNeedWords()
  const [raw, set] = useFilters()
  const look = oneOf(looks, raw['look']) ?? 'board'
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{look === 'resources' ? say.resources.lead : say.lead}</p>
        </div>
        <Segmented
          name="needs-look"
          label={say.look}
          value={look}
          onChange={value =>
            set({ look: value === 'board' ? undefined : value, lane: undefined, show: undefined, item: undefined })
          }
          options={looks.map(value => ({ value, label: say.looks[value] }))}
        />
      </header>
      {look === 'board' ? (
        <NeedsBoard />
      ) : look === 'list' ? (
        <NeedsList />
      ) : look === 'link' ? (
        <LinkNeeds />
      ) : (
        <Resources />
      )}
    </>
  )
}
