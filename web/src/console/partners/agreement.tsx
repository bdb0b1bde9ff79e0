import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useLanguage } from '../../platform/words.ts'
import { useDivisions } from '../shell/place-name.ts'
import { useConsoleWords } from '../words/index.ts'
import { usePartnerWords } from './words.ts'

type Partner = Result<'GET /partners'>['items'][number]

/** Where it may search and what it is told. */
export function Bounds({ of }: { readonly of: Partner }) {
  const say = usePartnerWords()
  const { wholeDistrict } = useConsoleWords()
  const all = useDivisions()
  const place = of.scope.length === 6 ? wholeDistrict : all?.divisions.find(one => one.code === of.scope)?.name
  return (
    <>
      {place ?? of.scope}
      <p className="mini second">{[say.always, ...of.fields.map(field => say.fields[field])].join(' · ')}</p>
      {of.toldUnasked && <p className="mini second">{say.unasked(of.subscriptions)}</p>}
      <p className="mini second">
        {say.most(of.mostRecords, of.perMinute)} · {of.keyId === null ? say.unsigned : say.signs}
      </p>
    </>
  )
}

export function Until({ of }: { readonly of: Partner }) {
  const say = usePartnerWords()
  const language = useLanguage()
  const state = of.isGood ? 'good' : of.endedAt === null ? 'over' : 'ended'
  return (
    <span className="row">
      {formatDay(of.untilOn, language)}
      <Tag tone={({ good: 'hill', over: 'ochre', ended: 'plain' } as const)[state]}>{say.states[state]}</Tag>
    </span>
  )
}
