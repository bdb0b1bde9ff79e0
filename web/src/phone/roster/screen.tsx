import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Choices } from '../../parts/choice.tsx'
import { ErrorSummary } from '../../parts/errors.tsx'
import { NumberField, SelectField, TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { Pick } from '../../parts/pick.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import type { Deed } from '../../platform/load.ts'
import { Failed } from '../failed.tsx'
import type { Words } from '@zhulian/kernel'
import { Behalf } from '../behalf.tsx'
import type { Interview } from '../kinds.ts'
import { useWords } from '../words/index.ts'
import {
  ageOf,
  draftOfPerson,
  newPerson,
  oldestAge,
  personOf,
  readPerson,
  type Person,
  type PersonDraft,
  type WrongPerson,
} from './people.ts'
import './screen.css'

export interface RosterViewProps {
  readonly interview: Interview
  readonly send: (members: readonly Person[], useRegistry: boolean) => void
  readonly sending: Deed
  readonly leave: () => void
  /** The question whether what is on record may be fetched, where there is something. */
  readonly registryText: Words | undefined
  readonly thisYear: number
}

export function RosterView({ interview, send, sending, leave, registryText, thisYear }: RosterViewProps) {
  const { roster, interview: words } = useWords()
  const said = useSaid()
  const [people, setPeople] = useState<readonly Person[]>(() => interview.members.map(personOf))
  const [editing, setEditing] = useState<number | undefined>(people.length === 0 ? 0 : undefined)
  // Who fills it in for a family asks them first: nothing is chosen for them.
  const [useRegistry, setUseRegistry] = useState<boolean | undefined>(
    interview.next?.kind === 'roster' && interview.onBehalfOf ? undefined : interview.consent.useRegistry,
  )
  const [unasked, setUnasked] = useState(false)
  const goOn = () => {
    if (registryText && useRegistry === undefined) setUnasked(true)
    else send(people, useRegistry ?? false)
  }
  const keep = (person: Person) => {
    setPeople(people.map((one, i) => (i === editing ? person : one)).concat(editing === people.length ? [person] : []))
    setEditing(undefined)
  }
  const title =
    editing === undefined
      ? roster.question
      : people[editing]
        ? roster.edit(people[editing].callName)
        : people.length === 0
          ? roster.addFirst
          : roster.add
  return (
    <Page
      title={roster.title}
      onBack={leave}
      backName={words.leave}
      banner={<Behalf who={interview.onBehalfOf} />}
      turn={editing === undefined ? 'list' : `edit ${editing}`}
      foot={
        editing === undefined && (
          <Button kind="main" onClick={goOn} busy={sending.busy} off={people.length === 0}>
            {roster.next}
          </Button>
        )
      }
    >
      <h1 tabIndex={-1}>{title}</h1>
      {editing === undefined ? (
        <>
          <p className="lead">{people.length === 0 ? roster.empty : roster.hint}</p>
          {sending.problem && <Failed problem={sending.problem} />}
          <ul className="people">
            {people.map((person, i) => {
              const age = ageOf(person, thisYear)
              const relation = roster.relations.find(([code]) => code === person.relation)?.[1]
              return (
                <li key={person.key ?? `${person.callName} ${String(i)}`} className="card person">
                  <span className="person-words">
                    <b>{person.callName}</b> {person.self && <Tag tone="river">{roster.meTag}</Tag>}
                    <small>
                      {[person.self ? undefined : relation, age === undefined ? roster.noAge : roster.aged(age)]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </span>
                  <Button kind="text" onClick={() => setEditing(i)} name={roster.edit(person.callName)}>
                    {roster.editShort}
                  </Button>
                  {!person.self && (
                    <Button
                      kind="text"
                      onClick={() => setPeople(people.filter(one => one !== person))}
                      name={roster.remove(person.callName)}
                    >
                      {roster.removeShort}
                    </Button>
                  )}
                </li>
              )
            })}
          </ul>
          {people.length < 20 && (
            <Button icon="plus" wide onClick={() => setEditing(people.length)}>
              {people.length === 0 ? roster.addFirst : roster.add}
            </Button>
          )}
          {registryText && (
            <section className="section">
              <h2>{roster.registryTitle}</h2>
              <p className="second roster-consent">{said(registryText)}</p>
              {unasked && useRegistry === undefined && (
                <p className="answer-error" id="registry-unasked" role="alert">
                  <Icon name="warning" />
                  {roster.registryMust}
                </p>
              )}
              <Choices
                name="registry"
                options={[
                  { value: 'yes', label: roster.registryYes, help: roster.registryYesHelp },
                  { value: 'no', label: roster.registryNo },
                ]}
                chosen={useRegistry === undefined ? [] : [useRegistry ? 'yes' : 'no']}
                onChoose={([value]) => setUseRegistry(value === 'yes')}
                describedBy={unasked && useRegistry === undefined ? 'registry-unasked' : undefined}
              />
            </section>
          )}
        </>
      ) : (
        <PersonForm
          key={editing}
          start={people[editing] ? draftOfPerson(people[editing]) : newPerson(people.length === 0)}
          before={people[editing]}
          keep={keep}
          {...(people.length > 0 ? { cancel: () => setEditing(undefined) } : {})}
          thisYear={thisYear}
        />
      )}
    </Page>
  )
}

function PersonForm({
  start,
  before,
  keep,
  cancel,
  thisYear,
}: {
  readonly start: PersonDraft
  readonly before: Person | undefined
  readonly keep: (person: Person) => void
  readonly cancel?: () => void
  readonly thisYear: number
}) {
  const { roster } = useWords()
  const [draft, setDraft] = useState(start)
  const [wrong, setWrong] = useState<WrongPerson>()
  const set = (part: Partial<PersonDraft>) => setDraft({ ...draft, ...part })
  const sentences: Record<WrongPerson, string> = {
    name: roster.wrongName,
    birth: roster.wrongBirth,
    year: roster.wrongYear(thisYear - oldestAge, thisYear),
    age: roster.wrongAge,
  }
  const sentence = wrong && sentences[wrong]
  const submit = () => {
    const read = readPerson(draft, before, thisYear)
    if ('person' in read) keep(read.person)
    else setWrong(read.wrong)
  }
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
      className="person-form"
    >
      <ErrorSummary
        errors={wrong && sentence ? [{ id: wrong === 'name' ? 'call-name' : 'birth', words: sentence }] : []}
      />
      <TextField
        id="call-name"
        label={draft.self ? roster.callNameSelf : roster.callName}
        hint={draft.self ? roster.callNameSelfHint : roster.callNameHint}
        value={draft.callName}
        onChange={callName => set({ callName })}
        maxLength={20}
        error={wrong === 'name' ? sentence : undefined}
      />
      {!draft.self && (
        <SelectField
          label={roster.relation}
          value={draft.relation}
          onChange={relation => set({ relation })}
          blank={roster.relationUnsure}
          options={roster.relations.map(([value, label]) => ({ value, label }))}
        />
      )}
      <Pick
        name="by"
        legend={roster.how}
        options={[
          { value: 'year', label: roster.byYear },
          { value: 'age', label: roster.byAge },
        ]}
        chosen={draft.by}
        onChoose={by => set({ by: by === 'age' ? 'age' : 'year' })}
      />
      <NumberField
        id="birth"
        label={draft.by === 'year' ? roster.birth : roster.age}
        value={draft.by === 'year' ? draft.year : draft.age}
        onChange={text => set(draft.by === 'year' ? { year: text } : { age: text })}
        unit={draft.by === 'year' ? roster.yearUnit : roster.ageUnit}
        error={wrong && wrong !== 'name' ? sentence : undefined}
      />
      <Pick
        name="sex"
        legend={roster.sex}
        options={[
          { value: 'female', label: roster.female },
          { value: 'male', label: roster.male },
        ]}
        chosen={draft.sex}
        onChoose={sex => set({ sex: sex === 'male' ? 'male' : 'female' })}
      />
      <div className="actions">
        <Button kind="main" wide submit>
          {roster.keep}
        </Button>
        {cancel && (
          <Button kind="text" wide onClick={cancel}>
            {roster.cancel}
          </Button>
        )}
      </div>
    </form>
  )
}
