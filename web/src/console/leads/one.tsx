import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Columns } from '../../parts/desk/columns.tsx'
import { TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Failed } from '../../parts/state.tsx'
import { Steps } from '../../parts/steps.tsx'
import { api, type Result } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLive } from '../../platform/live.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { FormDialog } from '../form-dialog.tsx'
import { Found } from '../found.tsx'
import { WhichFamily } from './family.tsx'
import { LeadDue, LeadState } from './screen.tsx'
import { useLeadWords } from './words.ts'
import './leads.css'

export type Lead = Result<'GET /leads/:leadId'>
type Step = Lead['next'][number]

/** One lead: what was said, which family may be meant, and what a person says of it. */
export function LeadScreen() {
  const all = useLeadWords()
  const { leadId = '' } = useParams({ strict: false }) as { leadId?: string }
  const loaded = useLoad(`lead ${leadId}`, signal => api('GET /leads/:leadId', { params: { leadId }, signal }))
  useLive(['outreach.lead'], happening => {
    if (happening.id === '' || happening.id === leadId) loaded.again()
  })
  return (
    <Found loaded={loaded} title={all.title} words={all.one} list="/leads">
      {lead => <OneLead key={lead.id} lead={lead} put={loaded.put} />}
    </Found>
  )
}

function OneLead({ lead, put }: { readonly lead: Lead; readonly put: (lead: Lead) => void }) {
  const all = useLeadWords()
  const { one: say } = all
  const said = useSaid()
  const language = useLanguage()
  const [asking, setAsking] = useState<Step>()
  const [move, moving] = useDeed(async (step: Step['step'], more: { note?: string; lead?: string } = {}) => {
    const body = { step, expectedVersion: lead.version, ...more }
    put(await api('POST /leads/:leadId/steps', { params: { leadId: lead.id }, body: body as never }))
    setAsking(undefined)
  })
  // Which family and which other lead are said beside them.
  const steps = lead.next.filter(step => step.names !== 'lead' && step.step !== 'name')
  return (
    <>
      <nav className="lead-back">
        <Link to="/leads">
          <Icon name="back" />
          {say.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <p className="row">
            <LeadState lead={lead} />
            <LeadDue daysLeft={lead.daysLeft} />
            {lead.careful && <span className="second small">{all.careful}</span>}
          </p>
          <h1 tabIndex={-1}>
            {lead.whom.name}{' '}
            <span className="lead-beside">
              {lead.village.name} · {said(lead.channel.words)} · {formatDay(lead.foundOn, language)}
            </span>
          </h1>
        </div>
      </header>
      <Columns
        acts={
          <Card label={say.next}>
            <h2>{say.next}</h2>
            {steps.length === 0 && <p className="second">{say.nothing}</p>}
            {lead.state === 'found' && !lead.household && <p className="second small">{say.first}</p>}
            {moving.problem && !asking && <Failed problem={moving.problem} />}
            <div className="lead-next">
              {steps.map(step => (
                <Button
                  key={step.step}
                  kind={step.step === 'verify' || step.step === 'help' ? 'main' : 'framed'}
                  busy={moving.busy}
                  off={step.names === 'household' && !lead.household}
                  onClick={() => (step.asksNote ? setAsking(step) : move(step.step))}
                >
                  {said(step.words)}
                </Button>
              ))}
            </div>
          </Card>
        }
      >
        <Card label={say.said}>
          <h2>{say.said}</h2>
          <p className="lead-words">{lead.words}</p>
          <dl className="lead-said">
            {lead.whom.where && (
              <>
                <dt>{say.where}</dt>
                <dd>{lead.whom.where}</dd>
              </>
            )}
            {lead.whom.phone && (
              <>
                <dt>{say.phone}</dt>
                <dd>{lead.whom.phone}</dd>
              </>
            )}
            <dt>{say.by}</dt>
            <dd>{lead.foundBy || say.resident}</dd>
          </dl>
          {lead.household && lead.state !== 'found' && (
            <p>
              <Link to="/registry/$householdId" params={{ householdId: lead.household } as never}>
                {say.household}
              </Link>
            </p>
          )}
          {lead.task && lead.state === 'found' && <p className="second">{say.task}</p>}
          {lead.joined && (
            <p>
              {say.joined}{' '}
              <Link to="/leads/$leadId" params={{ leadId: lead.joined } as never}>
                {say.seeJoined}
              </Link>
            </p>
          )}
        </Card>
        {lead.state === 'found' && <WhichFamily lead={lead} put={put} />}
        {lead.alike.length > 0 && (
          <Card label={say.alike}>
            <h2>{say.alike}</h2>
            <ul className="lead-families">
              {lead.alike.map(other => (
                <li key={other.id}>
                  <Link to="/leads/$leadId" params={{ leadId: other.id } as never}>
                    {other.name} · {said(other.channel.words)} · {formatDay(other.foundOn, language)}
                  </Link>
                  <Button busy={moving.busy} onClick={() => move('join', { lead: other.id })}>
                    {say.join}
                  </Button>
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Card label={say.steps}>
          <h2>{say.steps}</h2>
          {lead.steps.length === 0 && <p className="second">{say.noSteps}</p>}
          <Steps
            label={say.steps}
            steps={lead.steps.map(step => ({
              title: said(step.words),
              state: 'done' as const,
              note: (
                <>
                  {step.by} · {formatInstant(step.at, language)}
                  {step.note && <span className="lead-note">{step.note}</span>}
                </>
              ),
            }))}
          />
        </Card>
      </Columns>
      {asking && (
        <NoteStep
          title={said(asking.words)}
          deed={moving}
          onSend={note => move(asking.step, { note })}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  )
}

function NoteStep({
  title,
  deed,
  onSend,
  onClose,
}: {
  readonly title: string
  readonly deed: Parameters<typeof FormDialog>[0]['deed']
  readonly onSend: (note: string) => void
  readonly onClose: () => void
}) {
  const { one: say } = useLeadWords()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const short = note.trim().length < 2
  return (
    <FormDialog
      title={title}
      deed={deed}
      save={say.save}
      saving={say.saving}
      onSend={() => {
        setTried(true)
        if (!short) onSend(note.trim())
      }}
      onClose={onClose}
    >
      <TextField
        label={say.noteField}
        lines={3}
        maxLength={500}
        value={note}
        onChange={setNote}
        error={tried && short ? say.must : undefined}
      />
    </FormDialog>
  )
}
