import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Steps } from '../../parts/steps.tsx'
import { Tag } from '../../parts/tag.tsx'
import { api } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLoad } from '../../platform/load.ts'
import { useLanguage, useMarks, useSaid } from '../../platform/words.ts'
import { Confirm } from '../accounts/confirm.tsx'
import { Found } from '../found.tsx'
import { Contracts } from './contracts.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { CapacityDialog, PaperDialog, StageDialog } from './small-dialogs.tsx'
import { type Organisation, StageTag, Standing } from './standing.tsx'
import { useOrganisationWords } from './words.ts'
import './organisations.css'

export function OrganisationScreen() {
  const say = useOrganisationWords()
  const { organisationId = '' } = useParams({ strict: false }) as { organisationId?: string }
  const loaded = useLoad(`organisation ${organisationId}`, signal =>
    api('GET /organisations/:organisationId', { params: { organisationId }, signal }),
  )
  return (
    <Found loaded={loaded} title={say.title} words={say} list="/organisations">
      {one => (
        <>
          <nav className="org-back">
            <Link to="/organisations">
              <Icon name="back" />
              {say.back}
            </Link>
          </nav>
          <Whole one={one} put={loaded.put} />
        </>
      )}
    </Found>
  )
}

/** For whom somebody works, as they may see it. */
export function MyOrganisationScreen() {
  const say = useOrganisationWords()
  const loaded = useLoad('my organisation', signal => api('GET /my/organisation', { signal }))
  return (
    <Found loaded={loaded} title={say.mine.title} words={say} list="/">
      {one => (
        <>
          <p className="second">{say.mine.lead}</p>
          <Whole one={one} put={loaded.put} />
        </>
      )}
    </Found>
  )
}

interface Changing {
  readonly one: Organisation
  readonly put: (one: Organisation) => void
}

function Whole({ one, put }: Changing) {
  const say = useOrganisationWords()
  const [open, setOpen] = useState<'edit' | 'stage'>()
  const close = () => setOpen(undefined)
  return (
    <>
      <header className="desk-head">
        <div>
          <p className="org-beside">
            <StageTag stage={one.stage} />
            <span className="second">{say.kinds[one.kind]}</span>
            <Standing one={one} />
          </p>
          <h1 tabIndex={-1}>{one.name}</h1>
        </div>
        {one.mayChange && (
          <span className="org-beside">
            <Button icon="pen" onClick={() => setOpen('edit')}>
              {say.edit}
            </Button>
            <Button onClick={() => setOpen('stage')}>{say.moveStage}</Button>
          </span>
        )}
      </header>
      <div className="desk-columns">
        <div className="desk-pile">
          <Contracts one={one} put={put} />
          <Capacity one={one} put={put} />
          <Papers one={one} put={put} />
        </div>
        <div className="desk-pile">
          <About one={one} />
          <History one={one} />
        </div>
      </div>
      {open === 'edit' && <EditDialog one={one} onSaved={saved => saved && put(saved)} onClose={close} />}
      {open === 'stage' && <StageDialog one={one} put={put} onClose={close} />}
    </>
  )
}

function About({ one }: { readonly one: Organisation }) {
  const say = useOrganisationWords()
  return (
    <Card label={say.about}>
      <h2>{say.about}</h2>
      <dl className="org-said">
        <div>
          <dt>{say.purpose}</dt>
          <dd>{one.purpose}</dd>
        </div>
        <div>
          <dt>{say.seat}</dt>
          <dd>{one.seat.name}</dd>
        </div>
        <div>
          <dt>{say.contact}</dt>
          <dd>{one.contact ?? say.none}</dd>
        </div>
        <div>
          <dt>{say.creditCode}</dt>
          <dd>{one.creditCode ?? say.none}</dd>
        </div>
        <div>
          <dt>{say.people}</dt>
          <dd>
            {one.people.length === 0 && <span className="second">{say.noPeople}</span>}
            {one.people.map(person => (
              <span key={`${person.name} ${person.role}`} className="org-note">
                {person.name} · {say.roles[person.role]}
              </span>
            ))}
          </dd>
        </div>
      </dl>
    </Card>
  )
}

function Capacity({ one, put }: Changing) {
  const say = useOrganisationWords()
  const said = useSaid()
  const [open, setOpen] = useState<Organisation['capacity'][number] | 'new'>()
  return (
    <Card label={say.capacity}>
      <div className="desk-card-head">
        <h2>{say.capacity}</h2>
        {one.mayChange && (
          <Button icon="plus" onClick={() => setOpen('new')}>
            {say.addCapacity}
          </Button>
        )}
      </div>
      {one.capacity.length === 0 && <p className="second">{say.noCapacity}</p>}
      <ul className="org-rows">
        {one.capacity.map(row => (
          <li key={row.service.id}>
            <span className="org-line">
              <b>
                {row.service.id} {said(row.service.name)}
              </b>
              <span className="org-beside">
                {say.placesUnit(row.places)}
                {one.mayChange && (
                  <Button kind="text" name={say.changeCapacity(said(row.service.name))} onClick={() => setOpen(row)}>
                    {say.change}
                  </Button>
                )}
              </span>
            </span>
            <span className="second small">
              {row.area.map(place => (place.code.length === 6 ? say.wholeDistrict : place.name)).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {open && (
        <CapacityDialog one={one} of={open === 'new' ? undefined : open} put={put} onClose={() => setOpen(undefined)} />
      )}
    </Card>
  )
}

function Papers({ one, put }: Changing) {
  const say = useOrganisationWords()
  const language = useLanguage()
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Organisation['qualifications'][number]>()
  return (
    <Card label={say.papers}>
      <div className="desk-card-head">
        <h2>{say.papers}</h2>
        {one.mayChange && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {say.addPaper}
          </Button>
        )}
      </div>
      {one.qualifications.length === 0 && <p className="second">{say.noPapers}</p>}
      <ul className="org-rows">
        {one.qualifications.map(paper => (
          <li key={paper.id}>
            <span className="org-line">
              <b>{say.paperKinds[paper.kind]}</b>
              <span className="org-beside">
                {paper.lapsed && (
                  <Tag tone="seal" icon="warning">
                    {say.paperLapsed}
                  </Tag>
                )}
                {paper.validUntil ? say.until(formatDay(paper.validUntil, language)) : say.noEnd}
                {one.mayChange && (
                  <Button
                    kind="text"
                    name={say.takeOffOf(say.paperKinds[paper.kind])}
                    onClick={() => setLeaving(paper)}
                  >
                    {say.takeOff}
                  </Button>
                )}
              </span>
            </span>
            <span className="second small">
              {[paper.number, paper.issuer, say.checkedBy(paper.checked.by, formatDay(paper.checked.on, language))]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {adding && <PaperDialog one={one} put={put} onClose={() => setAdding(false)} />}
      {leaving && (
        <Confirm
          title={say.takeOff}
          text={say.takeOffAsk}
          deed={async () =>
            put(
              await api('DELETE /organisations/:organisationId/qualifications/:qualificationId', {
                params: { organisationId: one.id, qualificationId: leaving.id },
              }),
            )
          }
          onClose={() => setLeaving(undefined)}
        />
      )}
    </Card>
  )
}

function History({ one }: { readonly one: Organisation }) {
  const { colon } = useMarks()
  const say = useOrganisationWords()
  const said = useSaid()
  const language = useLanguage()
  if (one.steps.length === 0) return null
  return (
    <Card label={say.history}>
      <h2>{say.history}</h2>
      <Steps
        label={say.history}
        steps={one.steps.map(step => ({
          title: step.stage ? `${said(step.words)}${colon}${said(step.stage)}` : said(step.words),
          state: 'done' as const,
          note: (
            <>
              {step.by} · {formatInstant(step.at, language)}
              {step.note && <span className="org-note">{step.note}</span>}
            </>
          ),
        }))}
      />
    </Card>
  )
}
