import { Icon, type IconName } from '../parts/icon.tsx'
import { usePlace } from '../platform/place.ts'
import { useWords } from './words/index.ts'

export interface NavItem {
  readonly to: string
  readonly word: string
  readonly icon: IconName
  readonly count?: number
}

export function NavBar({ items, label }: { readonly items: readonly NavItem[]; readonly label: string }) {
  const { path } = usePlace()
  return (
    <nav className="nav" aria-label={label}>
      {items.map(({ to, word, icon }) => (
        <a key={to} href={`#${to}`} aria-current={path === to ? 'page' : undefined}>
          <Icon name={icon} />
          {word}
        </a>
      ))}
    </nav>
  )
}

export function Nav() {
  const { nav } = useWords()
  return (
    <NavBar
      label={nav.label}
      items={[
        { to: '/', word: nav.home, icon: 'home' },
        { to: '/mine', word: nav.mine, icon: 'paper' },
        { to: '/help', word: nav.help, icon: 'book' },
        { to: '/held', word: nav.held, icon: 'shield' },
      ]}
    />
  )
}
