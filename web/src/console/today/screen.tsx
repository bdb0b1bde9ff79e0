import { Skeleton } from '../../parts/state.tsx'
import { useSession } from '../../platform/session.ts'
import { Doors } from './doors.tsx'
import { OverviewPage } from './overview.tsx'
import { WorkDay } from './work-day.tsx'
import './today.css'

/** The first page: the day's work for those who work with families, an overview or the doors for the others. */
export function TodayScreen() {
  const session = useSession()
  if (session.state !== 'known') return <Skeleton shape={['title', 'card']} />
  switch (session.role) {
    case 'guide':
    case 'townshipClerk':
    case 'districtOfficer':
      return <WorkDay session={session} />
    case 'operator':
      return <OverviewPage session={session} />
    default:
      return <Doors session={session} />
  }
}
