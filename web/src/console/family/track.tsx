import { Link } from '@tanstack/react-router'
import { Card } from '../../parts/card.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { useFamilyWords } from './words.ts'

type TrackLine = Result<'GET /households/:householdId/track'>['lines'][number]
type Kept = TrackLine['records'][number]

const kinds = ['assessment', 'link', 'visit', 'service'] as const

/** 轨迹: a line for each need and project and one for the household, with the four records in their order. */
export function Track({ id }: { readonly id: string }) {
  const say = useFamilyWords()
  const loaded = useLoad(`track of ${id}`, signal =>
    api('GET /households/:householdId/track', { params: { householdId: id }, signal }),
  )
  return (
    <Card label={say.track}>
      <div className="desk-card-head">
        <h2>{say.track}</h2>
        <span className="second small">{say.trackText}</span>
      </div>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['line', 'line']} />}
      {loaded.value?.lines.length === 0 && <p className="second">{say.noTrack}</p>}
      {loaded.value?.lines.map(line => (
        <OneLine key={line.need?.id ?? line.project ?? 'household'} line={line} />
      ))}
      {loaded.value?.isCut && <p className="second small">{say.trackCut}</p>}
    </Card>
  )
}

function OneLine({ line }: { readonly line: TrackLine }) {
  const say = useFamilyWords()
  const said = useSaid()
  const language = useLanguage()
  const title = [
    line.need ? (line.need.number ?? '') : line.project ? say.ofProject : say.ofHousehold,
    line.item && said(line.item.name),
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <div className="track-line">
      <Fold title={`${title} · ${formatDay(line.lastOn, language)}`} plain>
        <ol className="track-records">
          {line.records.map(record => (
            <OneRecord key={record.id} record={record} need={line.need?.id} />
          ))}
        </ol>
      </Fold>
      <ul className="track-four">
        {kinds.map(kind => {
          const isThere = line.has.includes(kind)
          return (
            <li key={kind} className={isThere ? 'there' : ''}>
              <Icon name={isThere ? 'check' : 'minus'} />
              {say.kinds[kind]}
              {!isThere && <span className="unseen"> {say.notYet}</span>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Where a record comes from: its own page, or that of the need it was for. */
function sourceOf({ source }: Kept, need: string | undefined) {
  if (source.kind === 'case') return { to: '/cases/$caseId', params: { caseId: source.id } }
  if (source.kind === 'alert') return { to: '/alerts/$alertId', params: { alertId: source.id } }
  const id = source.kind === 'need' ? source.id : need
  return id === undefined ? undefined : { to: '/needs/$needId', params: { needId: id } }
}

function OneRecord({ record, need }: { readonly record: Kept; readonly need: string | undefined }) {
  const say = useFamilyWords()
  const said = useSaid()
  const language = useLanguage()
  const source = sourceOf(record, need)
  return (
    <li>
      <span>{formatDay(record.on, language)}</span>
      <span className="second">{said(record.kindWords)}</span>
      <span>
        <b>{said(record.words)}</b>
        {record.item && <span> · {said(record.item.name)}</span>}
        {record.careful && <span className="second small"> · {say.careful}</span>}
        {record.lines.length > 0 && (
          <span className="second small track-said">
            {record.lines.map(line => `${said(line.label)}${say.between}${said(line.said)}`).join(' · ')}
          </span>
        )}
        {source && (
          <Link to={source.to as never} params={source.params as never} className="small">
            {say.openSource}
          </Link>
        )}
      </span>
      <span className="second small">{record.role === 'machine' ? say.system : record.by}</span>
    </li>
  )
}
