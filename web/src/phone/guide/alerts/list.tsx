import { Icon } from '../../../parts/icon.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, Skeleton } from '../../../parts/state.tsx'
import { Tag, type Tone } from '../../../parts/tag.tsx'
import { api } from '../../../platform/api.ts'
import { everyPage } from '../../../platform/every-page.ts'
import { formatInstant } from '../../../platform/format.ts'
import { useLive } from '../../../platform/live.ts'
import { useLoad, type Loaded } from '../../../platform/load.ts'
import { goBack } from '../../../platform/place.ts'
import { useLanguage, useSaid } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import type { AlertLine } from '../kinds.ts'
import { GuideNav } from '../nav.tsx'
import { StaffOnly } from '../staff-only.tsx'
import { useGuideWords } from '../words/index.ts'
import '../case-row.css'
import './screen.css'

export interface AlertListViewProps {
  readonly items: readonly AlertLine[] | undefined
  readonly loaded: Pick<Loaded<unknown>, 'problem' | 'again' | 'at'>
}

/** What the data say of the families of the village, the most urgent first, with what to do first. */
export function AlertListView({ items, loaded }: AlertListViewProps) {
  const { alerts: words } = useGuideWords()
  return (
    <Page title={words.title} onBack={() => goBack('/guide')} nav={<GuideNav />}>
      <h1 tabIndex={-1}>{words.headline}</h1>
      <p className="second">{words.lead}</p>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
      {!items && !loaded.problem && <Skeleton shape={['card', 'card', 'card']} />}
      {items?.length === 0 && (
        <Empty title={words.none} good>
          {words.noneText}
        </Empty>
      )}
      <div className="lines">
        {items?.map(line => (
          <Row key={line.id} line={line} />
        ))}
      </div>
    </Page>
  )
}

const tones: Readonly<Record<AlertLine['level'], Tone>> = {
  red: 'seal',
  orange: 'ochre',
  yellow: 'dusk',
  blue: 'river',
}

export function LevelTag({ level }: { readonly level: AlertLine['level'] }) {
  const { alerts: words } = useGuideWords()
  return (
    <Tag tone={tones[level]} {...(level === 'red' && { icon: 'warning' as const })}>
      {words.levels[level]}
    </Tag>
  )
}

function Row({ line }: { readonly line: AlertLine }) {
  const { alerts: words } = useGuideWords()
  const said = useSaid()
  const language = useLanguage()
  const when = line.clock.at && formatInstant(line.clock.at, language)
  return (
    <a className={`card case-row alert-row ${line.level}`} href={`#/guide/alert/${line.id}`}>
      <span className="case-row-words">
        <span className="case-row-marks">
          <LevelTag level={line.level} />
          <Tag tone="line">{said(line.stateWords)}</Tag>
        </span>
        <b>{said(line.name)}</b>
        <small>
          {line.household && words.familyOf(line.household.head)}
          {line.person && ` · ${line.person.name}`} · {line.place.name}
        </small>
        {line.firstAction && <span>{said(line.firstAction)}</span>}
        <small className={line.clock.state === 'late' ? 'late' : ''}>
          {when && (line.clock.state === 'late' ? words.late(when) : words.by(when))}
          {line.holder && ` · ${line.mine ? words.yours : words.takenBy(line.holder)}`}
        </small>
      </span>
      <Icon name="next" />
    </a>
  )
}

function AlertList() {
  const loaded = useLoad('guide alerts', signal =>
    everyPage(page => api('GET /alerts', { query: { show: 'open', ...page }, signal })),
  )
  useLive(['alerts.red', 'alerts.raised', 'alerts.moved', 'alerts.near'], loaded.again)
  return <AlertListView items={loaded.value?.items} loaded={loaded} />
}

export const AlertListScreen = () => <StaffOnly>{() => <AlertList />}</StaffOnly>
