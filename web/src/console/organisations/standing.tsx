import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { useOrganisationWords } from './words.ts'

export type Organisation = Result<'GET /organisations/:organisationId'>
export type OrganisationCard = Result<'GET /organisations'>['items'][number]

const tones = { seedling: 'ochre', incubating: 'river', mature: 'hill', left: 'plain' } as const

export function StageTag({ stage }: { readonly stage: OrganisationCard['stage'] }) {
  const say = useOrganisationWords()
  return <Tag tone={tones[stage]}>{say.stages[stage]}</Tag>
}

/** Until when its people come in, and what somebody should look at. */
export function Standing({ one }: { readonly one: OrganisationCard }) {
  const say = useOrganisationWords()
  const language = useLanguage()
  return (
    <span className="org-beside">
      {one.accessUntil && <span>{say.until(formatDay(one.accessUntil, language))}</span>}
      {one.endsSoon && (
        <Tag tone="ochre" icon="clock">
          {say.endsSoon}
        </Tag>
      )}
      {!one.accessUntil &&
        (one.endedOn ? (
          <Tag tone="seal" icon="close">
            {say.ended(formatDay(one.endedOn, language))}
          </Tag>
        ) : (
          <span className="second">{say.noContract}</span>
        ))}
      {one.lapsed > 0 && (
        <Tag tone="seal" icon="warning">
          {say.lapsed(one.lapsed)}
        </Tag>
      )}
    </span>
  )
}
