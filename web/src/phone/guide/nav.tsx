import { NavBar } from '../nav.tsx'
import { useGuideWords } from './words/index.ts'

export function GuideNav() {
  const { nav } = useGuideWords()
  return (
    <NavBar
      label={nav.label}
      items={[
        { to: '/guide', word: nav.today, icon: 'home' },
        { to: '/guide/visits', word: nav.visits, icon: 'door' },
        { to: '/guide/cases', word: nav.cases, icon: 'paper' },
        { to: '/guide/ask', word: nav.ask, icon: 'pen' },
        { to: '/guide/messages', word: nav.messages, icon: 'bell' },
      ]}
    />
  )
}
