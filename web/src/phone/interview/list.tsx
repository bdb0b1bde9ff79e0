import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { Button } from '../../parts/button.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import { Behalf } from '../behalf.tsx'
import type { Interview } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import './list.css'

/** The picture of the pool in words: every tile by name, and why it left. */
export function ListView({ interview, close }: { readonly interview: Interview; readonly close: () => void }) {
  const { interview: words } = useWords()
  const said = useSaid()
  const groups = [
    {
      key: 'certain',
      title: words.certainTitle,
      icon: 'check',
      tiles: interview.pool.filter(tile => tile.state === 'certain'),
    },
    {
      key: 'possible',
      title: words.possibleTitle,
      icon: 'question',
      tiles: interview.pool.filter(tile => tile.state === 'possible'),
    },
    {
      key: 'gone',
      title: words.goneTitle,
      icon: 'minus',
      tiles: interview.pool.filter(tile => tile.state === 'gone' || tile.state === 'not'),
    },
  ] as const
  return (
    <Page
      title={words.listTitle}
      onBack={close}
      banner={<Behalf who={interview.onBehalfOf} />}
      foot={
        <Button kind="main" onClick={close}>
          {words.backToQuestion}
        </Button>
      }
    >
      <h1 tabIndex={-1}>{words.listTitle}</h1>
      <p className="lead">{words.listText}</p>
      {groups.map(({ key, title, icon, tiles }) => (
        <section key={key} className="section" aria-labelledby={`list-${key}`}>
          <h2 id={`list-${key}`} className={`group-title ${key}`}>
            <span className="group-mark">
              <Icon name={icon} className="strong" />
            </span>
            {title} {tiles.length}
          </h2>
          {tiles.length === 0 && <p className="second">{words.noneHere}</p>}
          <ul className="tile-list card tight">
            {tiles.map(tile => (
              <li key={tile.id}>
                <span>
                  <b>{said(tile.name)}</b>
                  {tile.because && <small>{said(tile.because)}</small>}
                </span>
                {tile.kind === 'service' && <Tag tone="line">{words.service}</Tag>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}
