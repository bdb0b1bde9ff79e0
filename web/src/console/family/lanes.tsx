import { day } from '@zhulian/kernel'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Card } from '../../parts/card.tsx'
import { Segmented } from '../../parts/desk/segmented.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Tag } from '../../parts/tag.tsx'
import { formatDay } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { placed, quartersIn, shareOf, windowOf, type Placed, type Window } from './layout.ts'
import { type Mark, placeOf, type Whole } from './places.ts'
import { useFamilyWords } from './words.ts'

const back = { year: 12, two: 24, all: undefined } as const
type Range = keyof typeof back
const percent = (share: number) => `${(share * 100).toFixed(2)}%`

/** What happened to a family and what lies ahead, a lane for each kind; the same as a list for who reads it line by line. */
export function Lanes({ id, whole }: { readonly id: string; readonly whole: Whole }) {
  const say = useFamilyWords()
  const [range, setRange] = useState<Range>('two')
  const today = day(whole.today)
  const window = windowOf(
    whole.lanes.flatMap(lane => lane.items),
    today,
    back[range],
  )
  // Where it is wider than the page, today is what one sees first.
  const scroll = useRef<HTMLElement>(null)
  const share = shareOf(today, window)
  useEffect(() => {
    const box = scroll.current
    if (box) box.scrollLeft = share * box.scrollWidth - box.clientWidth / 2
  }, [share])
  return (
    <Card label={say.timeline}>
      <div className="desk-card-head">
        <div>
          <h2>{say.timeline}</h2>
          <p className="second small">{say.timelineText}</p>
        </div>
        <Segmented
          name="family-range"
          label={say.range}
          value={range}
          onChange={setRange}
          options={(['year', 'two', 'all'] as const).map(value => ({ value, label: say.ranges[value] }))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section ref={scroll} className="family-scroll" tabIndex={0} aria-label={say.timeline}>
        <div className="family-lanes">
          <Axis window={window} today={today} />
          {whole.lanes.map(({ lane, items }) => (
            <Lane key={lane} id={id} name={say.lanes[lane]} items={items} window={window} today={whole.today} />
          ))}
        </div>
      </section>
      <Fold title={say.asList} icon="table" plain>
        <List id={id} whole={whole} />
      </Fold>
    </Card>
  )
}

function Axis({ window, today }: { readonly window: Window; readonly today: string }) {
  const say = useFamilyWords()
  return (
    <div className="family-lane family-axis" aria-hidden="true">
      <span />
      <div className="family-time">
        {quartersIn(window).map(on => (
          <span key={on} className="family-quarter" style={{ left: percent(shareOf(on, window)) }}>
            {isUnderToday(on, today, window) ? '' : on.slice(5, 7) === '01' ? on.slice(0, 4) : on.slice(0, 7)}
          </span>
        ))}
        <b className="family-today" style={{ left: percent(shareOf(today, window)) }}>
          {say.today}
        </b>
      </div>
    </div>
  )
}

/** So near to today that the two names would lie upon one another. */
function isUnderToday(on: string, today: string, window: Window): boolean {
  const ahead = shareOf(today, window) - shareOf(on, window)
  return ahead > -0.03 && ahead < 0.1
}

function Lane({
  id,
  name,
  items,
  window,
  today,
}: {
  readonly id: string
  readonly name: string
  readonly items: readonly Mark[]
  readonly window: Window
  readonly today: string
}) {
  const say = useFamilyWords()
  const shown = placed(items, window)
  const rows = Math.max(1, ...shown.map(one => one.row + 1))
  return (
    <div className="family-lane">
      <h3>{name}</h3>
      <ul className="family-time" style={{ blockSize: `calc(${rows} * var(--family-row))` }}>
        <li className="family-ahead" aria-hidden="true" style={{ left: percent(shareOf(today, window)) }} />
        {shown.length === 0 && <li className="family-none second">{say.laneEmpty}</li>}
        {shown.map(one => (
          <Bar key={one.item.id} id={id} one={one} today={today} />
        ))}
      </ul>
    </div>
  )
}

function Bar({ id, one, today }: { readonly id: string; readonly one: Placed<Mark>; readonly today: string }) {
  const { item, left, width, row } = one
  const when = useWhen(item)
  const said = useSaid()
  const say = useFamilyWords()
  const isPoint = item.until === item.from
  const kind = `family-bar${isPoint ? ' point' : ''}${item.late ? ' late' : ''}${item.from > today ? ' coming' : ''}`
  const text = said(item.words)
  const name = [text, item.note && said(item.note), when, item.late ? say.late : undefined].filter(Boolean).join(' · ')
  const style = { left: percent(left), inlineSize: percent(width), top: `calc(${row} * var(--family-row))` }
  return (
    <li className={kind} style={style}>
      {item.to ? (
        <Link {...linkTo(item.to, id)} aria-label={name} title={name}>
          <span>{text}</span>
        </Link>
      ) : (
        <span title={name}>
          <span>{text}</span>
        </span>
      )}
    </li>
  )
}

/** The address of where something comes from, as the router takes it. */
export const linkTo = (to: NonNullable<Mark['to']>, id: string) => placeOf(to, id) as { to: string }

function useWhen({ from, until }: Mark): string {
  const language = useLanguage()
  const say = useFamilyWords()
  if (until === from) return formatDay(from, language)
  return `${formatDay(from, language)} – ${until === null ? say.goesOn : formatDay(until, language)}`
}

function List({ id, whole }: { readonly id: string; readonly whole: Whole }) {
  const say = useFamilyWords()
  const rows = whole.lanes
    .flatMap(({ lane, items }) => items.map(item => ({ lane, item })))
    .toSorted((a, b) => b.item.from.localeCompare(a.item.from))
  return (
    <ol className="family-list">
      {rows.map(({ lane, item }) => (
        <Line key={`${lane} ${item.id}`} id={id} item={item} lane={say.lanes[lane]} />
      ))}
    </ol>
  )
}

function Line({ id, item, lane }: { readonly id: string; readonly item: Mark; readonly lane: string }) {
  const when = useWhen(item)
  const said = useSaid()
  const say = useFamilyWords()
  return (
    <li>
      <span>{when}</span>
      <span>
        {item.to ? <Link {...linkTo(item.to, id)}>{said(item.words)}</Link> : said(item.words)}
        {item.note && <span className="second"> {said(item.note)}</span>}{' '}
        {item.late && <Tag tone="seal">{say.late}</Tag>}
      </span>
      <span className="second">{lane}</span>
    </li>
  )
}
