import { Segmented } from '../../parts/desk/segmented.tsx'
import { useSession } from '../../platform/session.ts'
import { oneOf, useFilters } from '../filters.ts'
import { Hubs } from './hubs.tsx'
import { OrganisationList } from './list.tsx'
import { ThreeParties } from './three-parties.tsx'
import { useOrganisationWords } from './words.ts'
import './organisations.css'

const looks = ['list', 'hubs', 'parties'] as const
/** Who sees needs of a whole township or more. */
const counters = ['townshipClerk', 'districtOfficer', 'operator']

/** 机构·助联体: who gives help, which hub serves which township, and whether needs, money and supply meet. */
export function OrganisationsScreen() {
  const say = useOrganisationWords()
  const session = useSession()
  const [raw, set] = useFilters()
  const counts = session.state === 'known' && counters.includes(session.role)
  const open = looks.filter(look => look !== 'parties' || counts)
  const look = oneOf(open, raw['look']) ?? 'list'
  const lead = { list: say.lead, hubs: say.hubs.lead, parties: say.parties.lead }[look]
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{lead}</p>
        </div>
        <Segmented
          name="organisations-look"
          label={say.look}
          value={look}
          onChange={value => set({ look: value === 'list' ? undefined : value, show: undefined, service: undefined })}
          options={open.map(value => ({ value, label: say.looks[value] }))}
        />
      </header>
      {look === 'list' ? <OrganisationList /> : look === 'hubs' ? <Hubs /> : <ThreeParties />}
    </>
  )
}
