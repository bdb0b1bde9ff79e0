import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useState } from 'react'
import { Dialog } from '../../parts/desk/dialog.tsx'
import { api } from '../../platform/api.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { screens } from '../screens.ts'
import { useConsoleWords } from '../words/index.ts'
import './palette.css'

interface Found {
  readonly id: string
  readonly words: string
  readonly beside: string
  readonly to: string
}

const waitMs = 180

/** One field from which everything is reached: screens, families by name or pinyin, policies. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const words = useConsoleWords()
  const say = useSaid()
  const session = useSession()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<readonly Found[]>([])
  const [chosen, setChosen] = useState(0)
  const list = useId()
  const role = session.state === 'known' ? session.role : undefined
  const mayOpen = (name: string) => screens.some(s => s.name === name && role && s.may.includes(role))

  const asked = query.trim()
  const places: Found[] = screens
    .filter(s => s.rail && role && s.may.includes(role))
    .map(s => ({ id: s.at, words: words.screens[s.name], beside: words.palette.screen, to: s.at }))
    .filter(place => asked === '' || place.words.includes(asked))

  useEffect(() => {
    if (asked === '') {
      setFound([])
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const families = mayOpen('household')
        ? api('POST /households/search', { body: { q: asked, limit: 8 }, signal: stop.signal }).then(page =>
            page.items.map(item => ({
              id: item.id,
              words: item.head,
              beside: `${item.place.township} ${item.place.name}`,
              to: `/registry/${item.id}`,
            })),
          )
        : Promise.resolve([])
      const policies = mayOpen('policy')
        ? api('GET /policies', { query: { search: asked }, signal: stop.signal }).then(answer =>
            answer.items.slice(0, 8).map(item => ({
              id: item.id,
              words: say(item.name),
              beside: say(item.unit.name),
              to: `/policies/${item.id}`,
            })),
          )
        : Promise.resolve([])
      void Promise.allSettled([families, policies]).then(all => {
        if (stop.signal.aborted) return
        setFound(all.flatMap(one => (one.status === 'fulfilled' ? one.value : [])))
        setChosen(0)
      })
    }, waitMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asked])

  const rows = [...places, ...found]
  const open = (row: Found | undefined) => {
    if (!row) return
    onClose()
    void navigate({ to: row.to })
  }
  return (
    <Dialog title={words.palette.title} closeName={words.close} onClose={onClose}>
      <input
        className="palette-field"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={rows[chosen] ? `${list}-${chosen}` : undefined}
        aria-label={words.searchButton}
        placeholder={words.searchButton}
        autoComplete="off"
        maxLength={60}
        value={query}
        onChange={event => setQuery(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'ArrowDown') setChosen(at => Math.min(at + 1, rows.length - 1))
          else if (event.key === 'ArrowUp') setChosen(at => Math.max(at - 1, 0))
          else if (event.key === 'Enter') open(rows[chosen])
          else return
          event.preventDefault()
        }}
      />
      <ul className="palette-list" role="listbox" id={list} aria-label={words.palette.title}>
        {rows.map((row, i) => (
          <li
            key={row.to}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === chosen}
            onClick={() => open(row)}
            onPointerMove={() => setChosen(i)}
          >
            <b>{row.words}</b>
            <span className="second small">{row.beside}</span>
          </li>
        ))}
      </ul>
      <p role="status" className="second small">
        {rows.length === 0 ? words.palette.nothing : ''}
      </p>
    </Dialog>
  )
}
