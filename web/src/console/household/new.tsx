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
import { useDeed } from '../../platform/load.ts'
import { useSaid } from '../../platform/words.ts'
import { useToday } from '../now.ts'
import { useVillagesInReach } from '../shell/place-name.ts'
import { LikelyNotice, useLikely } from './likely.tsx'
import { isComplete, newDraft, PersonFields, personOf, type Draft } from './person-fields.tsx'
import { useHouseholdWords } from './words/index.ts'
import './household.css'

/** Registers a family with its people; facts follow later. */
export function NewHouseholdScreen() {
  const words = useHouseholdWords()
  const { adding: say } = words
  const navigate = useNavigate()
  const villages = useVillagesInReach()
  const [village, setVillage] = useState('')
  const [registerNo, setRegisterNo] = useState('')
  const [channel, setChannel] = useState('')
  const said = useSaid()
  const [people, setPeople] = useState<readonly Draft[]>([newDraft(1, '02')])
  const [tried, setTried] = useState(false)
  const only = villages.length === 1 ? villages[0]?.value : undefined
  const division = only ?? village
  const [save, saving] = useDeed(async () => {
    const { id } = await api('POST /households', {
      body: {
        division,
        ...(registerNo.trim() ? { registerNo: registerNo.trim() } : {}),
        ...(channel ? { channel: channel as Channel } : {}),
        members: people.map(personOf),
      },
    })
    await navigate({ to: `/registry/${id}` })
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
        <Link to="/registry">
          <Icon name="back" />
          {words.back}
        </Link>
      </nav>
      <header className="desk-head">
        <div>
          <h1 tabIndex={-1}>{say.title}</h1>
          <p className="second">{say.lead}</p>
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
        {saving.problem && (
          <Failed
            problem={saving.problem}
            act={typeof elsewhere === 'string' && <Link to={`/registry/${elsewhere}`}>{say.seeOther}</Link>}
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
            <LikelyNotice likely={likely(person)} />
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
