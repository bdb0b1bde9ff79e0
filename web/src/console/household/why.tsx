import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { formatDay } from '../../platform/format.ts'
import { useLanguage, useSaid } from '../../platform/words.ts'
import { HelpThatEndsNow } from '../alerts/help-that-ends.tsx'
import { useRegistryWords } from '../registry/words/index.ts'
import { OpenFacts } from './open-facts.tsx'
import { Rings } from './rings.tsx'
import type { Household } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

/** Why the family is in its circle, in words: the household's own reason and those of its innermost people. */
export function Why({
  family,
  mayAsk,
  again,
}: {
  readonly family: Household
  readonly mayAsk: boolean
  readonly again: () => void
}) {
  const words = useHouseholdWords()
  const list = useRegistryWords()
  const said = useSaid()
  const language = useLanguage()
  const name = list.circles[family.circle ?? 4]
  const because = [
    ...(family.because ? [said(family.because)] : []),
    ...family.members
      .filter(member => member.because && member.circle === family.circle)
      .map(member => words.because(member.name, said(member.because as NonNullable<typeof member.because>))),
  ]
  const open = family.circle === null && family.traits.includes('undecided')
  const title = open ? words.whyOpen : words.why[family.circle ?? 0]
  return (
    <Card label={title}>
      <h2>{title}</h2>
      <div className="why">
        <Rings circle={family.circle} label={open ? list.undecided : name} />
        <div>
          {family.members.length > 1 && family.circle !== null && <p>{words.byInnermost}</p>}
          {because.length === 0 && <p>{open ? words.noBecauseOpen : words.noBecause}</p>}
          <ul className="why-list">
            {because.map(sentence => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      </div>
      {family.waiting && (
        <Notice tone="ochre" icon="clock">
          {words.waiting(list.circles[family.waiting.circle ?? 4], formatDay(family.waiting.since, language))}
        </Notice>
      )}
      {family.waiting && mayAsk && family.circle !== null && <HelpThatEndsNow household={family.id} />}
      <OpenFacts family={family} mayAsk={mayAsk} again={again} />
      {family.judgedOn && (
        <p className="second small">
          {words.judged(formatDay(family.judgedOn, language))}
          {family.poolVersion && ` · ${words.pool(family.poolVersion.slice(0, 8))}`}
        </p>
      )}
    </Card>
  )
}
