import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Columns } from '../../parts/desk/columns.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Amount } from '../../parts/result.tsx'
import { Failed } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant, formatYuan } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { Found } from '../found.tsx'
import { CloseDialog, ReopenDialog } from './close-dialog.tsx'
import { useEntitlementWords } from './words/index.ts'
import './entitlements.css'

export type Finding = Result<'GET /entitlements/findings/:findingId'>

/** One line: why, what it is worth, how to help, what is received, and what somebody may do with it. */
export function FindingScreen() {
  const { one: words, ...all } = useEntitlementWords()
  const { findingId = '' } = useParams({ strict: false }) as { findingId?: string }
  const loaded = useLoad(`finding ${findingId}`, signal =>
    api('GET /entitlements/findings/:findingId', { params: { findingId }, signal }),
  )
  useLive(['entitlements.moved'], happening => {
    if (happening.id === '' || happening.id === findingId) loaded.again()
  })
  return (
    <Found loaded={loaded} title={all.title} words={words} list="/entitlements">
      {one => <OneFinding one={one} again={loaded.again} />}
    </Found>
  )
}

function OneFinding({ one, again }: { readonly one: Finding; readonly again: () => void }) {
  const { one: words, ...all } = useEntitlementWords()
  const said = useSaid()
  const language = useLanguage()
  const unclaimed = one.kind === 'unclaimed'
  const tier = all.tiers[one.conditionalOn ?? 'none'] ?? ''
  return (
    <>
      <nav className="finding-back">
        <Link to="/entitlements" search={(unclaimed ? {} : { list: 'recheck' }) as never}>
          <Icon name="back" />
          {words.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="row">
            <Tag tone="line">{all.lists[one.kind]}</Tag>
            <Tag tone={one.state === 'closed' ? 'hill' : 'river'}>{said(one.stateWords)}</Tag>
            <span className="second small">
              {one.state === 'open' && words.nobody}
              {one.state === 'taken' && one.takenBy && words.holder(one.takenBy)}
            </span>
          </p>
          <h1 tabIndex={-1}>
            {said(one.policy.name)}{' '}
            <span className="finding-beside">
              {all.familyOf(one.household.head)} · {one.person ? all.forPerson(one.person.name) : all.wholeFamily} ·{' '}
              {one.place.township}
              {one.place.name}
            </span>
          </h1>
        </div>
      </header>
      <Columns
        acts={<NextSteps one={one} again={again} />}
        notices={
          <>
            {!unclaimed && <Notice>{all.question}</Notice>}
            {one.goneOn && <Notice tone="ochre">{words.gone(formatDay(one.goneOn, language))}</Notice>}
            {one.conditionalOn && <Notice tone="ochre">{words.conditional(tier)}</Notice>}
            {one.outcomeWords && <Outcome one={one} />}
          </>
        }
        beside={
          <Card label={words.about}>
            <h2>{words.about}</h2>
            <p>
              {all.familyOf(one.household.head)} · {all.size(one.household.size)}
            </p>
            <p>
              <Link to={`/registry/${one.household.id}`}>{words.household}</Link>
            </p>
          </Card>
        }
      >
        <Card label={words.why[one.kind]}>
          <h2>{words.why[one.kind]}</h2>
          {one.because.length === 0 && <p>{words.noWhy}</p>}
          <ul className="finding-why">
            {one.because.map(reason => (
              <li key={reason.words.zh} className={reason.holds ? 'holds' : ''}>
                <Icon name={reason.holds ? 'check' : 'question'} />
                <span>
                  <span className="unseen">{reason.holds ? words.holds : words.fails} </span>
                  {said(reason.words)}
                </span>
              </li>
            ))}
          </ul>
          <p className="second small">{words.judged(formatDay(one.judgedOn, language), one.poolVersion.slice(0, 8))}</p>
        </Card>
        {unclaimed && <Help one={one} />}
        <Card label={words.receives}>
          <h2>{words.receives}</h2>
          {one.receives.length === 0 && <p className="second">{unclaimed ? words.noReceives : words.noReceivesTier}</p>}
          <ul className="finding-receipts">
            {one.receives.map(receipt => (
              <li key={receipt.id}>
                <span>
                  {words.since(formatDay(receipt.fromOn, language))}
                  {receipt.untilOn && ` ${words.until(formatDay(receipt.untilOn, language))}`}
                </span>
                <span className="second small">
                  {words.told(receipt.origin, formatDay(receipt.asOf, language))}
                  {receipt.person && ` · ${receipt.person.name}`}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      </Columns>
    </>
  )
}

function Outcome({ one }: { readonly one: Finding }) {
  const { colon } = useMarks()
  const { one: words } = useEntitlementWords()
  const said = useSaid()
  const language = useLanguage()
  return (
    <Notice tone="hill">
      <p>
        {words.outcome}
        {colon}
        <b>{one.outcomeWords && said(one.outcomeWords)}</b>
      </p>
      {one.note && <p>{one.note}</p>}
      {one.closedBy && one.closedAt && (
        <p className="small">{words.closedBy(one.closedBy, formatInstant(one.closedAt, language))}</p>
      )}
    </Notice>
  )
}

/** What it gives, how one applies, what to bring. */
function Help({ one }: { readonly one: Finding }) {
  const { one: words, ...all } = useEntitlementWords()
  const said = useSaid()
  return (
    <Card label={words.apply}>
      <h2>{words.worth}</h2>
      {one.amountAYear === null ? (
        <p>{all.noAmount}</p>
      ) : (
        <Amount figure={all.aYear(formatYuan(one.amountAYear))} example={one.example} />
      )}
      <p className="second">{said(one.benefit)}</p>
      <p className="second small">{words.worthText}</p>
      <h2 className="finding-part">{words.apply}</h2>
      <p>{said(one.apply)}</p>
      <h3 className="finding-part">{words.materials}</h3>
      {one.materials.length === 0 ? (
        <p className="second">{words.noMaterials}</p>
      ) : (
        <ul className="finding-papers">
          {one.materials.map(paper => (
            <li key={paper.zh}>{said(paper)}</li>
          ))}
        </ul>
      )}
    </Card>
  )
}

type Step = Finding['steps'][number]['step']

/** What the server offers to who asks: taking and putting back act at once, the others open their form. */
function NextSteps({ one, again }: { readonly one: Finding; readonly again: () => void }) {
  const { one: words } = useEntitlementWords()
  const said = useSaid()
  const [open, setOpen] = useState<Step>()
  const [take, taking] = useDeed(async (step: 'take' | 'giveBack') => {
    const call = { params: { findingId: one.id }, body: { expectedVersion: one.version } }
    try {
      if (step === 'take') await api('POST /entitlements/findings/:findingId/take', call)
      else await api('POST /entitlements/findings/:findingId/give-back', call)
    } finally {
      again()
    }
  })
  const press = (step: Step) => (step === 'take' || step === 'giveBack' ? take(step) : setOpen(step))
  return (
    <Card label={words.steps}>
      <h2>{words.steps}</h2>
      {taking.problem && <Failed problem={taking.problem} />}
      {one.steps.length === 0 && <p className="second">{words.noSteps}</p>}
      <div className="finding-next">
        {one.steps.map(({ step, words: name }) => (
          <Button
            key={step}
            kind={step === 'take' || step === 'close' ? 'main' : 'framed'}
            wide
            busy={taking.busy}
            onClick={() => press(step)}
          >
            {said(name)}
          </Button>
        ))}
      </div>
      {one.kind === 'recheck' && <p className="second small finding-part">{words.nothingEnds}</p>}
      {open === 'close' && <CloseDialog one={one} changed={again} onClose={() => setOpen(undefined)} />}
      {open === 'reopen' && <ReopenDialog one={one} changed={again} onClose={() => setOpen(undefined)} />}
    </Card>
  )
}
