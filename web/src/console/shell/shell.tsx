import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { Icon } from '../../parts/icon.tsx'
import { setLargeType, useLargeType } from '../../platform/large-type.ts'
import { useSession } from '../../platform/session.ts'
import { setLanguage, useLanguage } from '../../platform/words.ts'
import { Palette } from '../palette/palette.tsx'
import { screens } from '../screens.ts'
import { useConsoleWords } from '../words/index.ts'
import { SignInForm } from '../sign-in/form.tsx'
import { AccountMenu } from './account-menu.tsx'
import { comeBack, useAway, useTurn } from './away.ts'
import { Bell } from './bell.tsx'
import { useKeys } from './keys.ts'
import { KeyList } from './key-list.tsx'
import { useGrantPlace } from './place-name.ts'
import { ProofDialog } from './proof-dialog.tsx'
import './shell.css'

/** What stands around every screen of the desk: bar, rail, the way to the palette. */
export function Shell() {
  const words = useConsoleWords()
  const session = useSession()
  const large = useLargeType()
  const language = useLanguage()
  const placeOf = useGrantPlace()
  const acting = session.state === 'known' ? session.described.acting : null
  const place = acting && placeOf(acting)
  const path = useRouterState({ select: state => state.location.pathname })
  const navigate = useNavigate()
  const main = useRef<HTMLElement>(null)
  const away = useAway()
  const turn = useTurn()
  const [finding, setFinding] = useState(false)
  const [listing, setListing] = useState(false)
  const role = session.state === 'known' ? session.role : undefined
  const rail = screens.filter(screen => screen.rail && role && screen.may.includes(role))

  useKeys({
    find: () => setFinding(true),
    list: () => setListing(true),
    go: letter => {
      const to = rail.find(screen => screen.rail?.key === letter)
      if (to) void navigate({ to: to.at })
    },
  })

  const here = screens.find(screen => screen.rail && screen.at !== '/' && path.startsWith(screen.at)) ?? screens[0]
  useEffect(() => {
    document.title = `${here ? words.screens[here.name] : ''} · ${words.wordmark}`
    main.current?.focus({ preventScroll: true })
    // On a phone the rail is wider than the screen.
    document.querySelector('.shell-rail [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
    globalThis.scrollTo?.(0, 0)
  }, [path])

  return (
    <div className="shell">
      <a
        className="skip"
        href="#main"
        onClick={event => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {words.skip}
      </a>
      <header className="shell-bar">
        <Link to="/" className="shell-mark">
          <img src="/mark.svg" alt="" width="32" height="32" />
          <span>{words.wordmark}</span>
        </Link>
        {place && <span className="shell-place">{place}</span>}
        <button type="button" className="shell-find" onClick={() => setFinding(true)}>
          <Icon name="search" />
          <span>{words.searchButton}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <button
          type="button"
          className="shell-way"
          aria-label={large ? words.toNormal : words.toLarge}
          onClick={() => setLargeType(!large)}
        >
          {large ? words.normal : words.large}
        </button>
        <button
          type="button"
          className="shell-way"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          aria-label={`${words.otherLanguage} · ${words.toOtherLanguage}`}
          onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {words.otherLanguage}
        </button>
        <Bell />
        <AccountMenu onKeys={() => setListing(true)} />
      </header>
      <nav className="shell-rail" aria-label={words.rail}>
        <ul>
          {rail.map(screen => (
            <li key={screen.at}>
              <Link to={screen.at} aria-current={screen === here ? 'page' : undefined}>
                {screen.rail && <Icon name={screen.rail.icon} />}
                <span>{words.screens[screen.name]}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" ref={main} tabIndex={-1} className="shell-main">
        <Outlet key={turn} />
      </main>
      <ProofDialog />
      {away && (
        <Dialog title={words.away.title} closeName={words.close} onClose={() => undefined}>
          <div className="stack-wide">
            <p>{words.away.text}</p>
            <SignInForm onDone={comeBack} />
          </div>
        </Dialog>
      )}
      {finding && <Palette onClose={() => setFinding(false)} />}
      {listing && <KeyList onClose={() => setListing(false)} />}
    </div>
  )
}
