import { Segmented } from '../../parts/desk/segmented.tsx'
import { useSession } from '../../platform/session.ts'
import { oneOf, useFilters } from '../filters.ts'
import { Adults } from './adults.tsx'
import { Classes } from './classes.tsx'
import { Lending } from './lending.tsx'
import { OrderList } from './list.tsx'
import { Volunteers } from './volunteers.tsx'
import { useOrderWords } from './words.ts'
import './orders.css'

const looks = ['orders', 'classes', 'lending', 'adults', 'volunteers'] as const

/** 工单: what providers are asked to do, and what classes, devices and being with children need besides. */
export function OrdersScreen() {
  const say = useOrderWords()
  const session = useSession()
  const role = session.state === 'known' ? session.role : undefined
  const [raw, set] = useFilters()
  // A guide keeps none of the records; who offers to help is for their organisation and the district.
  const open = role === 'guide' ? looks.slice(0, 1) : role === 'townshipClerk' ? looks.slice(0, 4) : looks
  const look = oneOf(open, raw['look']) ?? 'orders'
  return (
    <>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{look === 'adults' || look === 'volunteers' ? say[look].text : say.lead}</p>
        </div>
        {open.length > 1 && (
          <Segmented
            name="orders-look"
            label={say.look}
            value={look}
            onChange={value => set({ look: value === 'orders' ? undefined : value, show: undefined })}
            options={open.map(value => ({ value, label: say.looks[value] }))}
          />
        )}
      </header>
      {look === 'orders' && <OrderList isProvider={role === 'provider'} />}
      {look === 'classes' && <Classes isProvider={role === 'provider'} />}
      {look === 'lending' && <Lending isProvider={role === 'provider'} />}
      {look === 'volunteers' && <Volunteers isProvider={role === 'provider'} />}
      {look === 'adults' && <Adults mayVet={role === 'districtOfficer' || role === 'operator'} />}
    </>
  )
}
