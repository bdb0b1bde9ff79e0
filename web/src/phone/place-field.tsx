import { useState } from 'react'
import { Choices } from '../parts/choice.tsx'
import { SelectField } from '../parts/field.tsx'
import { Failed } from '../parts/state.tsx'
import { useVillages } from './villages.ts'
import { useWords } from './words/index.ts'

/** A village by its township: two lists, for nobody knows a code of twelve digits. */
export function PlaceField({
  value,
  onChange,
  error,
}: {
  readonly value: string
  readonly onChange: (code: string) => void
  readonly error?: string | undefined
}) {
  const { interview: words } = useWords()
  const { townships, villagesOf, problem, again } = useVillages()
  const [chosen, setChosen] = useState<string>()
  const township = chosen ?? value.slice(0, 9)
  if (problem) return <Failed problem={problem} again={again} />
  return (
    <>
      <SelectField
        label={words.township}
        value={township}
        onChange={code => {
          setChosen(code)
          onChange('')
        }}
        options={townships.map(({ code, name }) => ({ value: code, label: name }))}
        error={township ? undefined : error}
      />
      <SelectField
        label={words.village}
        id="village"
        value={value}
        onChange={onChange}
        options={villagesOf(township).map(({ code, name }) => ({ value: code, label: name }))}
        error={township ? error : undefined}
      />
    </>
  )
}

/** Where somebody is registered: the rules look at district, city and province only, so nobody hunts for a village. */
export function RegisteredPlace({
  name,
  value,
  onChange,
  describedBy,
}: {
  readonly name: string
  readonly value: string
  readonly onChange: (code: string) => void
  readonly describedBy: string | undefined
}) {
  const { interview: words } = useWords()
  const { ring, problem, again } = useVillages()
  const rows = [words.placeHere, words.placeCity, words.placeProvince, words.placeElsewhere]
  if (problem) return <Failed problem={problem} again={again} />
  const options = ring.map((code, i) => ({ value: code, label: rows[i] ?? code }))
  return (
    <Choices
      name={name}
      options={options}
      chosen={value ? [value] : []}
      onChoose={([code = '']) => onChange(code)}
      describedBy={describedBy}
    />
  )
}
