import { Card } from '../../parts/card.tsx'
import { Tag } from '../../parts/tag.tsx'
import { formatDay } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { useRegistryWords } from '../registry/words/index.ts'
import type { Household } from './values.ts'
import { useHouseholdWords } from './words/index.ts'

/** Which relief the family is in, from when until when; which kinds of help it is for; what stands out. */
export function Standing({ family: { tier, classes, traits } }: { readonly family: Household }) {
  const words = useHouseholdWords()
  const list = useRegistryWords()
  const language = useLanguage()
  const dates = [
    tier.since && words.tierSince(formatDay(tier.since, language)),
    tier.until ? words.tierUntil(formatDay(tier.until, language)) : tier.since && words.tierOpen,
  ].filter(Boolean)
  return (
    <Card label={words.standing}>
      <h2>{words.standing}</h2>
      <dl className="standing">
        <div>
          <dt>{list.tier}</dt>
          <dd>
            <b>{tier.tier ? list.tiers[tier.tier] : list.unknown}</b>
            <span className="second small">{dates.join(language === 'zh' ? '，' : ', ')}</span>
          </dd>
        </div>
        <div>
          <dt>{list.class}</dt>
          <dd>{classes.length === 0 ? words.noClasses : classes.map(one => list.classes[one]).join(' · ')}</dd>
        </div>
        {traits.length > 0 && (
          <div>
            <dt>{list.has}</dt>
            <dd className="row standing-traits">
              {traits.map(one => (
                <Tag key={one}>{list.traits[one]}</Tag>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </Card>
  )
}
