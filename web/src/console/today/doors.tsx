import { Link } from '@tanstack/react-router'
import { Icon } from '../../parts/icon.tsx'
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
