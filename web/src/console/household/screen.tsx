import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useLoad } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { Found } from '../found.tsx'
import { CircleTag } from '../registry/household-table.tsx'
import { useRegistryWords } from '../registry/words/index.ts'
import { DueAndReceived } from './due.tsx'
import { Cliff } from './cliff.tsx'
import { Facts } from './facts.tsx'
import { AlertsOfHousehold } from '../alerts/of-household.tsx'
import { History } from './history.tsx'
import { KeptFromPartners } from './kept.tsx'
import { Members } from './members.tsx'
import { Minors } from './minors.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { ProtectedNotes } from './notes.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { Requests } from './requests.tsx'
import { Standing } from './standing.tsx'
import { useDictionary, type Household } from './values.ts'
import { Why } from './why.tsx'
import { useConsoleWords } from '../words/index.ts'
import { useToday } from '../now.ts'
import { PairingsOfHousehold } from '../pairing/of-household.tsx'
import { NeedsOfHousehold } from '../needs/of-household.tsx'
import { SlipsOfHousehold } from '../slips/of-household.tsx'
import { Visits } from './visits.tsx'
import { useHouseholdWords } from './words/index.ts'
import './household.css'

/** One family: who belongs to it, where it stands and why, what is known and from whom, what was written down. */
export function HouseholdScreen() {
  const words = useHouseholdWords()
  const all = useConsoleWords()
  const { householdId = '' } = useParams({ strict: false }) as { householdId?: string }
  const [raw, set] = useFilters()
  const on = /^\d{4}-\d{2}-\d{2}$/.test(raw['on'] ?? '') ? raw['on'] : undefined
  const loaded = useLoad(`household ${householdId} ${on ?? ''}`, signal =>
    api('GET /households/:id', { params: { id: householdId }, ...(on ? { query: { on } } : {}), signal }),
  )
  useLive(['registry.'], happening => {
    if (happening.id === '' || happening.id === householdId) loaded.again()
  })
  return (
    <Found loaded={loaded} title={all.screens.household} words={words} list="/registry">
      {family => <Family family={family} on={on} setOn={day => set({ on: day })} again={loaded.again} />}
    </Found>
  )
}

function Family({
  family,
  on,
  setOn,
  again,
}: {
  readonly family: Household
  readonly on: string | undefined
  readonly setOn: (day: string | undefined) => void
  readonly again: () => void
}) {
  const words = useHouseholdWords()
  const list = useRegistryWords()
  const language = useLanguage()
  const session = useSession()
  const dictionary = useDictionary()
  const { colon } = useMarks()
  const said = useSaid()
  const [recording, setRecording] = useState(false)
  const [moving, setMoving] = useState(false)
  const role = session.state === 'known' ? session.role : undefined
  const mayWrite = role === 'guide' || role === 'townshipClerk' || role === 'districtOfficer'
  const head = family.members.find(member => member.relation === '02') ?? family.members[0]
  const today = useToday()
  // Whoever comes from the whole of the family comes to the part that it named.
  useEffect(() => {
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [])
  return (
    <>
      <nav className="household-back">
        <Link to="/registry">
          <Icon name="back" />
          {words.back}
        </Link>
        {mayWrite && (
          <span className="household-ways">
            <Link to={`/registry/${family.id}/whole` as '/'}>
              <Icon name="table" />
              {words.toWhole}
            </Link>
            <Link to={`/registry/${family.id}/quarter` as '/'}>
              <Icon name="paper" />
              {words.toQuarter}
            </Link>
          </span>
        )}
      </nav>
      <header className="desk-head">
        <div>
          <p className="household-marks">
            {head && <CircleTag circle={family.circle} undecided={family.traits.includes('undecided')} />}
            {family.tier.tier && family.tier.tier !== 'none' && <Tag tone="line">{list.tiers[family.tier.tier]}</Tag>}
            {family.classes.map(one => (
              <Tag key={one} tone="hill">
                {list.classes[one]}
              </Tag>
            ))}
            {family.madeUp && <span className="example">{list.madeUp}</span>}
          </p>
          <h1 tabIndex={-1}>
            {head ? words.familyOf(head.name) : words.nobodyYet}{' '}
            <span className="household-beside">
              {head && `${words.size(family.members.length)} · `}
              {family.place.township}
              {family.place.name}
              {family.registerNo && ` · ${words.no(family.registerNo)}`}
              {` · ${words.adding.channel}${colon}${family.channel ? said(family.channel.words) : words.adding.channelUnknown}`}
            </span>
          </h1>
        </div>
        <div className="row">
          <DayField
            label={words.on}
            min={family.since ?? undefined}
            max={today}
            value={on ?? today}
            onChange={day => setOn(day === '' || day >= today ? undefined : day)}
          />
          {mayWrite && !on && (
            <Button kind="main" icon="pen" onClick={() => setRecording(true)}>
              {words.record}
            </Button>
          )}
        </div>
      </header>
      {on && (
        <div className="household-notice">
          <Notice
            tone="ochre"
            icon="clock"
            said
            act={<Button onClick={() => setOn(undefined)}>{words.toToday}</Button>}
          >
            {head || !family.since
              ? words.onDay(formatDay(family.on, language))
              : words.beforeFirst(formatDay(family.on, language), formatDay(family.since, language))}
          </Notice>
        </div>
      )}
      {head && (
        <div className="household-first">
          <Members
            family={family}
            dictionary={dictionary}
            mayReveal={mayWrite}
            onMove={mayWrite && !on ? () => setMoving(true) : undefined}
          />
          <Why family={family} mayAsk={mayWrite && role !== 'guide'} again={again} />
          <Standing family={family} />
        </div>
      )}
      <div className="desk-pile">
        {head && (
          <div id="facts">
            <Facts family={family} dictionary={dictionary} mayReveal={mayWrite} />
          </div>
        )}
        {mayWrite && !on && (
          <div id="help">
            <DueAndReceived family={family} mayWrite={role !== 'guide'} />
          </div>
        )}
        {mayWrite && !on && head && <Cliff id={family.id} version={family.version} />}
        {mayWrite && !on && <Requests id={family.id} />}
        {mayWrite && !on && <AlertsOfHousehold id={family.id} />}
        {mayWrite && !on && role !== 'guide' && <Minors id={family.id} />}
        {mayWrite && !on && <ProtectedNotes id={family.id} />}
        {mayWrite && !on && <KeptFromPartners id={family.id} />}
        {mayWrite && !on && (
          <div id="visits">
            <Visits id={family.id} mayAsk={role !== 'guide'} />
          </div>
        )}
        {mayWrite && !on && (
          <PairingsOfHousehold id={family.id} mayPair={role !== 'guide'} mayNote={role !== 'districtOfficer'} />
        )}
        {mayWrite && !on && head && <NeedsOfHousehold id={family.id} members={family.members} />}
        {mayWrite && !on && head && <SlipsOfHousehold id={family.id} members={family.members} />}
        <History id={family.id} version={family.version} on={on} dictionary={dictionary} />
      </div>
      {moving && <MoveDialog family={family} again={again} onClose={() => setMoving(false)} />}
      {recording && (
        <RecordDialog family={family} dictionary={dictionary} again={again} onClose={() => setRecording(false)} />
      )}
    </>
  )
}
