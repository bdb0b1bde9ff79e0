import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { CircleTag } from '../registry/household-table.tsx'
import { useRegistryWords } from '../registry/words/index.ts'
import { Masked } from './masked.tsx'
import { useValueWords, type Dictionary, type Household, type Member } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

/** Who belongs to the family; numbers masked. */
export function Members({
  family,
  dictionary,
  mayReveal,
  onMove,
}: {
  readonly family: Household
  readonly dictionary: Dictionary
  readonly mayReveal: boolean
  /** Absent where nobody can be written in or out. */
  readonly onMove: (() => void) | undefined
}) {
  const words = useHouseholdWords()
  return (
    <Card label={words.members}>
      <div className="desk-card-head">
        <h2>{words.members}</h2>
        {onMove && (
          <Button kind="text" onClick={onMove}>
            {words.moving.title}
          </Button>
        )}
      </div>
      <ul className="members">
        {family.members.map(member => (
          <Person
            key={member.id}
            member={member}
            undecided={family.traits.includes('undecided')}
            dictionary={dictionary}
            mayReveal={mayReveal}
          />
        ))}
      </ul>
    </Card>
  )
}

function Person({
  member,
  undecided,
  dictionary,
  mayReveal,
}: {
  readonly member: Member
  readonly undecided: boolean
  readonly dictionary: Dictionary
  readonly mayReveal: boolean
}) {
  const words = useHouseholdWords()
  const list = useRegistryWords()
  const language = useLanguage()
  const value = useValueWords()
  const relation = value(dictionary.of('person', 'relationToHead'), member.relation)
  const about = [
    member.age === null ? undefined : words.age(member.age),
    member.sex && words.sexes[member.sex],
    relation,
    member.tier && member.tier !== 'none' ? list.tiers[member.tier] : undefined,
  ].filter(Boolean)
  const line = (what: 'idNumber' | 'phone') => {
    const masked = member[what]
    return (
      <div>
        <dt>{words[what]}</dt>
        <dd>
          {masked === null ? (
            <span className="second">{words.none}</span>
          ) : (
            <Masked
              masked={masked}
              what={`${member.name} ${words.what[what]}`}
              reveal={
                mayReveal
                  ? reason =>
                      api('POST /persons/:id/reveal', {
                        params: { id: member.id },
                        body: { what, reason },
                      }).then(answer => answer.value)
                  : undefined
              }
            />
          )}
        </dd>
      </div>
    )
  }
  return (
    <li>
      <span className={member.relation === '02' ? 'member-face head' : 'member-face'} aria-hidden="true">
        {Array.from(member.name).at(-1)}
      </span>
      <div>
        <p className="row">
          <b>{member.name}</b>
          {!member.closed && <CircleTag circle={member.circle} undecided={undecided} />}
        </p>
        <p className="second">{about.join(' · ')}</p>
        <p className="second small">{words.since(formatDay(member.from, language))}</p>
        {member.closed ? (
          <p className="second small">{words.closed}</p>
        ) : (
          <dl className="member-numbers">
            {line('idNumber')}
            {line('phone')}
          </dl>
        )}
      </div>
    </li>
  )
}
