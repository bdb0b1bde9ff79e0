import { Link } from '@tanstack/react-router'
import { readIdNumber, type Day } from '@zhulian/kernel'
import { Button } from '../../parts/button.tsx'
import { Fold } from '../../parts/fold.tsx'
import { Notice } from '../../parts/notice.tsx'
import { api, type Result } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { useToday } from '../now.ts'
import { ComparedFields } from '../pairs/compared-fields.tsx'
import { usePairsWords } from '../pairs/words/index.ts'
import { useSettled } from '../settled.ts'
import { personOf, type Draft } from './person-fields.tsx'

type Likely = Result<'POST /registry/likely'>['members'][number]

/** Half a second after the last letter: nobody is compared letter by letter. */
const settleMs = 500

/** Whom of the registry people in a form may be, asked while they are typed. */
export function useLikely(division: string, people: readonly Draft[]): (person: Draft) => Likely | undefined {
  const today = useToday()
  const telling = people.filter(person => isTelling(person, today))
  const settled = useSettled(JSON.stringify(telling.map(person => [person.key, cluesOf(person)])), settleMs)
  const asked = JSON.parse(settled) as readonly (readonly [number, Clues])[]
  const { value } = useLoad(asked.length > 0 ? `likely ${division} ${settled}` : undefined, signal =>
    api('POST /registry/likely', {
      body: { ...(division ? { division } : {}), members: asked.map(([, clues]) => clues) },
      signal,
    }),
  )
  return person => value?.members[asked.findIndex(([key]) => key === person.key)]
}
type Clues = ReturnType<typeof cluesOf>

/** A name alone, or a number half typed, would find everybody. */
const isTelling = (person: Draft, today: string): boolean =>
  (person.idNumber.trim() !== '' && readIdNumber(person.idNumber, today as Day).ok) ||
  (person.name.trim().length > 1 && (person.birthDate !== '' || person.phone.trim().length >= 7))

const cluesOf = (person: Draft) => {
  const { relation: _, ...clues } = personOf(person)
  return clues
}

/** Says who may already be registered, and why that is thought. It hinders nobody. */
export function LikelyNotice({
  likely,
  choose,
  onChoose,
}: {
  readonly likely: Likely | undefined
  /** Where somebody looks for a family: that it is this one. */
  readonly choose?: string | undefined
  readonly onChoose?: (household: string) => void
}) {
  const all = usePairsWords()
  const { form: say } = all
  if (!likely || (likely.people.length === 0 && !likely.elsewhere)) return null
  return (
    <Notice tone="ochre" said>
      <b>{say.title}</b>
      {likely.people.map(found => (
        <div key={found.person} className="stack">
          <p>
            {say.one(
              found.name,
              found.closed ? say.closed : found.bornIn === null ? say.bornUnknown : say.born(found.bornIn),
              `${found.place.township}${found.place.name}`,
            )}{' '}
            {found.household && (
              <Link to={`/registry/${found.household}`} target="_blank">
                {say.see}
              </Link>
            )}
          </p>
          {choose && found.household && (
            <p>
              <Button name={`${choose} ${found.name}`} onClick={() => found.household && onChoose?.(found.household)}>
                {choose}
              </Button>
            </p>
          )}
          {!found.household && <p>{say.noHousehold}</p>}
          {found.reason && <p>{all.reasons[found.reason]}</p>}
          {!found.closed && (
            <Fold plain title={say.why}>
              <ComparedFields fields={found.fields} />
            </Fold>
          )}
        </div>
      ))}
      {likely.elsewhere && <p>{say.elsewhere}</p>}
      <p className="second">{say.still}</p>
    </Notice>
  )
}
