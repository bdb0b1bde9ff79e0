import { Link } from '@tanstack/react-router'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { api } from '../../platform/api.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { screens } from '../screens.ts'
import { useConsoleWords } from '../words/index.ts'
import { Hello } from './hello.tsx'
import type { StaffSession } from './work-day.tsx'
import { useTodayWords } from './words/index.ts'

/** For roles that have no list of their own: where they can go. */
export function Doors({ session }: { readonly session: StaffSession }) {
  const words = useTodayWords()
  const all = useConsoleWords()
  const open = screens.filter(screen => screen.rail && screen.at !== '/' && screen.may.includes(session.role))
  // What only few may open is what this role is for.
  open.sort((a, b) => a.may.length - b.may.length)
  return (
    <>
      <Hello name={session.name} sentence={words.doors} />
      {session.role === 'admin' && (
        <div className="stack doors-out">
          <MessagesOut />
          <NoticesOut />
        </div>
      )}
      <ul className="doors">
        {open.map(screen => (
          <li key={screen.at}>
            <Link to={screen.at} className="card door" data-row>
              {screen.rail && <Icon name={screen.rail.icon} />}
              <b>{all.screens[screen.name]}</b>
              <span className="second">{all.about[screen.name] ?? ''}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What goes wrong out there while nobody looks: a system that was paused by itself, or messages of this week given up. */
function MessagesOut() {
  const words = useTodayWords()
  const hooks = useLoad('webhooks', signal => api('GET /webhooks', { signal }))
  useLive(['doors.'], hooks.again)
  const bad = hooks.value?.items.filter(
    ({ state, why, deadLately }) => (state === 'paused' && why !== 'byPerson') || (state !== 'ended' && deadLately > 0),
  )
  if (!bad || bad.length === 0) return null
  return (
    <Notice tone="seal" act={<Link to="/webhooks">{words.messagesOut.look}</Link>}>
      {words.messagesOut.text(bad.map(hook => hook.name))}
    </Notice>
  )
}

/** Notices to partners that did not arrive in three days and that nobody has sent again. */
function NoticesOut() {
  const words = useTodayWords()
  const partners = useLoad('partners', signal => api('GET /partners', { signal }))
  useLive(['doors.'], partners.again)
  const bad = partners.value?.items.filter(({ dead, endedAt }) => dead > 0 && endedAt === null)
  if (!bad || bad.length === 0) return null
  return (
    <Notice tone="seal" act={<Link to="/partners">{words.messagesOut.look}</Link>}>
      {words.messagesOut.notices(bad.map(partner => partner.name))}
    </Notice>
  )
}
