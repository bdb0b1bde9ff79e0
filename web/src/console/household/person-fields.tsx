import { readIdNumber, type Day, type IdNumberFault } from '@zhulian/kernel'
import { DayField } from '../../parts/desk/day-field.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { useSaid } from '../../platform/words.ts'
import { useToday } from '../now.ts'
import { useDictionary } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

/** A person as being written. */
export interface Draft {
  readonly key: number
  readonly name: string
  readonly idNumber: string
  readonly birthDate: string
  readonly sex: string
  readonly phone: string
  readonly relation: string
}

export const newDraft = (key: number, relation = ''): Draft => ({
  key,
  name: '',
  idNumber: '',
  birthDate: '',
  sex: '',
  phone: '',
  relation,
})

/** What is wrong with the identity number as typed; nothing where none was. */
export function idFaultOf({ idNumber }: Draft, today: string): IdNumberFault | undefined {
  if (idNumber.trim() === '') return undefined
  const reading = readIdNumber(idNumber, today as Day)
  return reading.ok ? undefined : reading.fault
}

export const isComplete = (person: Draft, today: string): boolean =>
  person.name.trim() !== '' && person.relation !== '' && idFaultOf(person, today) === undefined

/** As the server takes a person; what was left empty is left out. */
export const personOf = (person: Draft) => ({
  name: person.name.trim(),
  relation: person.relation,
  ...(person.idNumber.trim() ? { idNumber: person.idNumber.trim() } : {}),
  ...(person.birthDate ? { birthDate: person.birthDate } : {}),
  ...(person.sex ? { sex: person.sex as 'male' | 'female' } : {}),
  ...(person.phone.trim() ? { phone: person.phone.trim() } : {}),
})

export function PersonFields({
  person,
  tried,
  secondHead,
  set,
}: {
  readonly person: Draft
  readonly tried: boolean
  /** Somebody else is the head already. */
  readonly secondHead?: boolean
  readonly set: (part: Partial<Draft>) => void
}) {
  const words = useHouseholdWords()
  const { adding: say } = words
  const said = useSaid()
  const today = useToday()
  const idFault = idFaultOf(person, today)
  const relations = useDictionary().of('person', 'relationToHead')?.options ?? []
  return (
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
        error={tried && person.relation === '' ? say.mustRelation : tried && secondHead ? say.secondHead : undefined}
      />
      <TextField
        label={say.idNumber}
        hint={say.idHint}
        optional
        value={person.idNumber}
        onChange={idNumber => set({ idNumber })}
        maxLength={24}
        error={tried && idFault ? say.idFaults[idFault] : undefined}
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
        above
        optional
        max={today}
        value={person.birthDate}
        onChange={birthDate => set({ birthDate })}
      />
    </div>
  )
}
