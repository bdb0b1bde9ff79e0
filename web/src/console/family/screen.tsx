import { Link, useParams } from '@tanstack/react-router'
import { Card } from '../../parts/card.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Failed, Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { KeptFromPartners } from '../household/kept.tsx'
import { Why } from '../household/why.tsx'
import { CircleTag } from '../registry/household-table.tsx'
import { useRegistryWords } from '../registry/words/index.ts'
import { useConsoleWords } from '../words/index.ts'
import { Lanes, linkTo } from './lanes.tsx'
import type { Whole } from './places.ts'
import { Track } from './track.tsx'
import { useFamilyWords } from './words.ts'
import '../household/household.css'
import './family.css'

/** 家庭360: what happened, what is coming, why this circle, what is best done next, and the track of what was done. */
export function FamilyScreen() {
  const say = useFamilyWords()
  const { householdId = '' } = useParams({ strict: false }) as { householdId?: string }
  const all = useConsoleWords()
  const loaded = useLoad(`whole of ${householdId}`, signal =>
    api('GET /households/:householdId/whole', { params: { householdId }, signal }),
  )
  useLive(['registry.', 'wishes.', 'outreach.', 'entitlements.', 'alerts.'], loaded.again)
  return (
    <Found loaded={loaded} title={all.screens.family} words={say} list="/registry">
      {whole => <Family id={householdId} whole={whole} />}
    </Found>
  )
}

function Family({ id, whole }: { readonly id: string; readonly whole: Whole }) {
  const say = useFamilyWords()
  const list = useRegistryWords()
  return (
    <>
      <nav className="household-back family-ways">
        <Link to={`/registry/${id}` as '/'}>
          <Icon name="back" />
          {say.back}
        </Link>
        <Link to={`/registry/${id}/quarter` as '/'}>
          <Icon name="paper" />
          {say.toQuarter}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="household-marks">
            <CircleTag circle={whole.circle as 1 | 2 | 3 | null} undecided={whole.undecided} />
            {whole.madeUp && <span className="example">{list.madeUp}</span>}
          </p>
          <h1 tabIndex={-1}>
            {say.of(whole.name)}{' '}
            <span className="household-beside">
              {say.size(whole.size)} · {whole.place}
            </span>
          </h1>
        </div>
      </header>
      <div className="desk-pile">
        <div className="family-first">
          <Acts id={id} whole={whole} />
          <WhyCircle id={id} />
        </div>
        <Lanes id={id} whole={whole} />
        <KeptFromPartners id={id} />
        <Track id={id} />
      </div>
    </>
  )
}

function Acts({ id, whole }: { readonly id: string; readonly whole: Whole }) {
  const say = useFamilyWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Card label={say.acts}>
      <h2>{say.acts}</h2>
      {whole.acts.length === 0 && <p className="second">{say.noActs}</p>}
      <ol className="family-acts">
        {whole.acts.map(act => (
          <li key={act.kind}>
            <Link {...linkTo(act.to, id)}>{said(act.words)}</Link>
            <span className="second">
              {said(act.because)}
              {act.dueOn && act.dueOn >= whole.today && ` · ${say.due(formatDay(act.dueOn, language))}`}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function WhyCircle({ id }: { readonly id: string }) {
  const loaded = useLoad(`household ${id} `, signal => api('GET /households/:id', { params: { id }, signal }))
  if (loaded.value) return <Why family={loaded.value} mayAsk={false} again={loaded.again} />
  return (
    <Card>
      {loaded.problem ? <Failed problem={loaded.problem} again={loaded.again} /> : <Skeleton shape={['tall']} />}
    </Card>
  )
}
