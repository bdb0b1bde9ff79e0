import { Segmented } from '../../parts/desk/segmented.tsx'
import { oneOf, useFilters } from '../filters.ts'
import { NeedsBoard } from './board.tsx'
import { NeedsList } from './list.tsx'
import { LinkNeeds } from './link.tsx'
import { Resources } from './resources.tsx'
import { useSession } from '../../platform/session.ts'
import { NeedFlow } from '../flow/flow.tsx'
import { useNeedWords } from './words.ts'
import './needs.css'

const looks = ['board', 'list', 'link', 'resources', 'flow'] as const
const counters = ['townshipClerk', 'districtOfficer', 'operator']

/** 心愿池: what families need, who holds it, and what each level can take on. */
export function NeedsScreen() {
  const say = useNeedWords()
  const [raw, set] = useFilters()
  const session = useSession()
  const open = session.state === 'known' && counters.includes(session.role) ? looks : looks.slice(0, 4)
  const look = oneOf(open, raw['look']) ?? 'board'
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
          options={open.map(value => ({ value, label: say.looks[value] }))}
        />
      </header>
      {look === 'board' ? (
        <NeedsBoard />
      ) : look === 'list' ? (
        <NeedsList />
      ) : look === 'link' ? (
        <LinkNeeds />
      ) : look === 'flow' ? (
        <NeedFlow />
      ) : (
        <Resources />
      )}
    </>
  )
}
