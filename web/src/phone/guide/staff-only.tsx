import { useEffect, type ReactNode } from 'react'
import { Page } from '../../parts/page.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { go, usePlace } from '../../platform/place.ts'
import { Problem } from '../../platform/problem.ts'
import { askSession, useSession, type Session } from '../../platform/session.ts'
import { useGuideWords } from './words/index.ts'

export type StaffSession = Extract<Session, { state: 'known' }>

const lost = new Problem('offline', 0)

/** Pages for who works for the district; everybody else is shown the way to sign in, and comes back here after it. */
export function StaffOnly({ children }: { readonly children: (session: StaffSession) => ReactNode }) {
  const session = useSession()
  const { today } = useGuideWords()
  const { path } = usePlace()
  const away = session.state === 'nobody' || (session.state === 'known' && session.role === 'resident')
  useEffect(() => {
    if (away) go(`/guide/sign-in?then=${encodeURIComponent(path)}`, { replace: true })
  }, [away, path])
  if (session.state === 'known' && !away) return children(session)
  return (
    <Page title={today.title}>
      {session.state === 'unreachable' ? (
        <Failed problem={lost} again={() => void askSession()} />
      ) : (
        <Skeleton shape={['title', 'card', 'card']} />
      )}
    </Page>
  )
}
