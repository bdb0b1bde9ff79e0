import { type Channel, channels, channelWords } from '@zhulian/kernel'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useFilters } from '../filters.ts'
import { Found } from '../found.tsx'
import type { Lead } from '../leads/one.tsx'
import { useLeadWords } from '../leads/words.ts'
import { useToday } from '../now.ts'
import { useVillagesInReach } from '../shell/place-name.ts'
import { LikelyNotice, useLikely } from './likely.tsx'
import { isComplete, newDraft, PersonFields, personOf, type Draft } from './person-fields.tsx'
import { useHouseholdWords } from './words/index.ts'
import './household.css'

/** Registers a family with its people; facts follow later. Begun from a lead it goes back there, and the lead is then of this family. */
export function NewHouseholdScreen() {
  const [{ lead: leadId }] = useFilters()
  const all = useLeadWords()
  const loaded = useLoad(leadId && `lead ${leadId}`, signal =>
    api('GET /leads/:leadId', { params: { leadId: leadId ?? '' }, signal }),
  )
  if (!leadId) return <NewHousehold />
  return (
    <Found loaded={loaded} title={all.title} words={all.one} list="/leads">
      {lead => <NewHousehold key={lead.id} lead={lead} />}
    </Found>
  )
}

function NewHousehold({ lead }: { readonly lead?: Lead }) {
  const words = useHouseholdWords()
  const { adding: say } = words
  const { one: leads } = useLeadWords()
  const navigate = useNavigate()
  const villages = useVillagesInReach()
  const [village, setVillage] = useState<string>(lead?.village.code ?? '')
  const [registerNo, setRegisterNo] = useState('')
  const [channel, setChannel] = useState<string>(lead?.channel.id ?? '')
  const said = useSaid()
  const [people, setPeople] = useState<readonly Draft[]>([{ ...newDraft(1, '02'), ...(lead && toldOf(lead)) }])
  const [tried, setTried] = useState(false)
  const only = villages.length === 1 ? villages[0]?.value : undefined
  const division = only ?? village
  /** What is registered is not registered again where the lead went on meanwhile: it can still be chosen there. */
  const backTo = async ({ id: leadId, version }: Lead, household: string) => {
    const body = { step: 'name' as const, household: household as never, expectedVersion: version }
    const joined = await api('POST /leads/:leadId/steps', { params: { leadId }, body }).then(
      () => true,
      () => false,
    )
    await navigate({ to: `/leads/${leadId}`, search: (joined ? {} : { family: household }) as never })
  }
  const [save, saving] = useDeed(async () => {
    const { id } = await api('POST /households', {
      body: {
        division,
        ...(registerNo.trim() ? { registerNo: registerNo.trim() } : {}),
        ...(channel ? { channel: channel as Channel } : {}),
        members: people.map(personOf),
      },
    })
    if (lead) await backTo(lead, id)
    else await navigate({ to: `/registry/${id}` })
  })
  const [choose, choosing] = useDeed(async (household: string) => {
    if (lead) await backTo(lead, household)
  })
  const today = useToday()
  const likely = useLikely(division, people)
  const heads = people.filter(person => person.relation === '02')
  const complete = division !== '' && heads.length === 1 && people.every(person => isComplete(person, today))
  const form = useRef<HTMLFormElement>(null)
  // What is wrong is brought to where the eye is: the button stands at the end of a long form.
  useEffect(() => {
    if (saving.problem) form.current?.querySelector('.notice')?.scrollIntoView({ block: 'center' })
  }, [saving.problem])
  const elsewhere = saving.problem?.facts['household']
  const set = (key: number, part: Partial<Draft>) =>
    setPeople(people.map(person => (person.key === key ? { ...person, ...part } : person)))
  return (
    <>
      <nav className="household-back">
        <Link to={lead ? `/leads/${lead.id}` : '/registry'}>
          <Icon name="back" />
          {lead ? leads.back : words.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{lead ? say.fromLead : say.lead}</p>
        </div>
      </header>
      <form
        className="add-form"
        noValidate
        ref={form}
        onSubmit={event => {
          event.preventDefault()
          setTried(true)
          if (complete) save()
          else setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
        }}
      >
        {lead && (
          <Notice icon="info">
            <b>{[lead.whom.name, lead.whom.where, lead.whom.phone].filter(Boolean).join(' · ')}</b>
            <p>{lead.words}</p>
          </Notice>
        )}
        {saving.problem && (
          <Failed
            problem={saving.problem}
            act={
              typeof elsewhere === 'string' && (
                <>
                  <Link to={`/registry/${elsewhere}`}>{say.seeOther}</Link>
                  {lead && (
                    <Button busy={choosing.busy} onClick={() => choose(elsewhere)}>
                      {leads.choose}
                    </Button>
                  )}
                </>
              )
            }
          />
        )}
        {tried && !complete && (
          <Notice tone="seal" said>
            {division !== '' && heads.length === 0 ? say.noHead : say.must}
          </Notice>
        )}
        <Card>
          <div className="add-person">
            <SelectField
              label={say.village}
              value={division}
              onChange={setVillage}
              options={villages}
              error={tried && division === '' ? say.mustVillage : undefined}
            />
            <SelectField
              label={say.channel}
              optional
              blank={say.channelUnknown}
              value={channel}
              onChange={setChannel}
              options={channels.map(value => ({ value, label: said(channelWords[value]) }))}
            />
            <TextField label={say.no} hint={say.noHint} value={registerNo} onChange={setRegisterNo} maxLength={40} />
          </div>
        </Card>
        {people.map((person, i) => (
          <Card key={person.key} label={say.person(i + 1)}>
            <div className="desk-card-head">
              <h2>{say.person(i + 1)}</h2>
              {people.length > 1 && (
                <Button
                  kind="text"
                  name={`${say.drop} ${String(i + 1)}`}
                  onClick={() => setPeople(people.filter(one => one.key !== person.key))}
                >
                  {say.drop}
                </Button>
              )}
            </div>
            <PersonFields
              person={person}
              tried={tried}
              secondHead={person.relation === '02' && person !== heads[0]}
              set={part => set(person.key, part)}
            />
            <LikelyNotice likely={likely(person)} choose={lead && leads.choose} onChoose={choose} />
          </Card>
        ))}
        <div className="row">
          <Button
            icon="plus"
            off={people.length >= 20}
            onClick={() => setPeople([...people, newDraft(Math.max(...people.map(person => person.key)) + 1)])}
          >
            {say.more}
          </Button>
          <Button kind="main" submit busy={saving.busy} busyWords={say.saving}>
            {say.save}
          </Button>
        </div>
      </form>
    </>
  )
}

/** What a resident calls somebody is no name to be registered under. */
const toldOf = ({ foundBy, whom }: Lead): Partial<Draft> => ({
  ...(foundBy !== '' && { name: whom.name }),
  ...(whom.phone && { phone: whom.phone }),
})
