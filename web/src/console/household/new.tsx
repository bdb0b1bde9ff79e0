import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useDeed } from '../../platform/load.ts'
import { useSession } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { useDivisions } from '../shell/place-name.ts'
import { useToday } from '../now.ts'
import { useDictionary } from './values.ts'
import { useHouseholdWords } from './words/index.ts'
import './household.css'

interface Draft {
  readonly key: number
  readonly name: string
  readonly idNumber: string
  readonly birthDate: string
  readonly sex: string
  readonly phone: string
  readonly relation: string
}

const draft = (key: number, relation = ''): Draft => ({
  key,
  name: '',
  idNumber: '',
  birthDate: '',
  sex: '',
  phone: '',
  relation,
})

/** Registers a family with its people; facts follow later. */
export function NewHouseholdScreen() {
  const words = useHouseholdWords()
  const { adding: say } = words
  const navigate = useNavigate()
  const villages = useVillages()
  const [village, setVillage] = useState('')
  const [registerNo, setRegisterNo] = useState('')
  const [people, setPeople] = useState<readonly Draft[]>([draft(1, '02')])
  const [tried, setTried] = useState(false)
  const only = villages.length === 1 ? villages[0]?.value : undefined
  const division = only ?? village
  const complete = division !== '' && people.every(person => person.name.trim() !== '' && person.relation !== '')
  const [save, saving] = useDeed(async () => {
    const { id } = await api('POST /households', {
      body: {
        division,
        ...(registerNo.trim() ? { registerNo: registerNo.trim() } : {}),
        members: people.map(person => ({
          name: person.name.trim(),
          relation: person.relation,
          ...(person.idNumber.trim() ? { idNumber: person.idNumber.trim() } : {}),
          ...(person.birthDate ? { birthDate: person.birthDate } : {}),
          ...(person.sex ? { sex: person.sex as 'male' } : {}),
          ...(person.phone.trim() ? { phone: person.phone.trim() } : {}),
        })),
      },
    })
    await navigate({ to: `/registry/${id}` })
  })
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
        onSubmit={event => {
          event.preventDefault()
          setTried(true)
          if (complete) save()
        }}
      >
        {saving.problem && <Failed problem={saving.problem} />}
        {tried && !complete && (
          <Notice tone="seal" said>
            {say.must}
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
            <TextField label={say.no} hint={say.noHint} value={registerNo} onChange={setRegisterNo} maxLength={40} />
          </div>
        </Card>
        {people.map((person, i) => (
          <Person
            key={person.key}
            person={person}
            number={i + 1}
            tried={tried}
            set={part => set(person.key, part)}
            drop={people.length > 1 ? () => setPeople(people.filter(one => one.key !== person.key)) : undefined}
          />
        ))}
        <div className="row">
          <Button
            icon="plus"
            off={people.length >= 20}
            onClick={() => setPeople([...people, draft(Math.max(...people.map(person => person.key)) + 1)])}
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

function Person({
  person,
  number,
  tried,
  set,
  drop,
}: {
  readonly person: Draft
  readonly number: number
  readonly tried: boolean
  readonly set: (part: Partial<Draft>) => void
  readonly drop: (() => void) | undefined
}) {
  const words = useHouseholdWords()
  const { adding: say } = words
  const said = useSaid()
  const today = useToday()
  const relations = useDictionary().of('person', 'relationToHead')?.options ?? []
  return (
    <Card label={say.person(number)}>
      <div className="desk-card-head">
        <h2>{say.person(number)}</h2>
        {drop && (
          <Button kind="text" onClick={drop} name={`${say.drop} ${String(number)}`}>
            {say.drop}
          </Button>
        )}
      </div>
      <div className="add-person">
        <TextField
          label={say.name}
          value={person.name}
          onChange={name => set({ name })}
          maxLength={60}
          error={tried && person.name.trim() === '' ? say.mustName : undefined}
        />
        <SelectField
          label={say.relation}
          value={person.relation}
          onChange={relation => set({ relation })}
          options={relations.map(one => ({ value: String(one.value), label: said(one.label) }))}
          error={tried && person.relation === '' ? say.mustRelation : undefined}
        />
        <TextField
          label={say.idNumber}
          hint={say.idHint}
          optional
          value={person.idNumber}
          onChange={idNumber => set({ idNumber })}
          maxLength={18}
        />
        <TextField
          label={say.phone}
          optional
          kind="tel"
          value={person.phone}
          onChange={phone => set({ phone })}
          maxLength={20}
        />
        <SelectField
          label={say.sex}
          optional
          value={person.sex}
          onChange={sex => set({ sex })}
          blank={say.leave}
          options={(['male', 'female'] as const).map(value => ({ value, label: words.sexes[value] }))}
        />
        <DayField
          label={say.birthDate}
          max={today}
          value={person.birthDate}
          onChange={birthDate => set({ birthDate })}
        />
      </div>
    </Card>
  )
}

/** Villages in reach, each with its township where there are several. */
function useVillages(): readonly { readonly value: string; readonly label: string }[] {
  const session = useSession()
  const scope = session.state === 'known' ? (session.scope ?? '') : ''
  const all = useDivisions()?.divisions ?? []
  const names = new Map(all.map(one => [one.code, one.name]))
  return all
    .filter(one => one.code.length === 12 && one.code.startsWith(scope))
    .map(one => ({
      value: one.code,
      label: scope.length >= 9 ? one.name : `${names.get(one.code.slice(0, 9)) ?? ''} ${one.name}`,
    }))
}
