import { Tag } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import type { Role } from '../../platform/session.ts'
import { useDivisions } from '../shell/place-name.ts'
import { useConsoleWords } from '../words/index.ts'
import { useAuditWords } from './words.ts'

export type Entry = Result<'GET /audit'>['items'][number]

/** Shape, word, colour. */
export function Outcome({ of }: { readonly of: Entry['outcome'] }) {
  const say = useAuditWords()
  if (of === 'done') return <span className="second">{say.outcomes.done}</span>
  return (
    <Tag tone={of === 'refused' ? 'ochre' : 'seal'} icon={of === 'refused' ? 'minus' : 'warning'}>
      {say.outcomes[of]}
    </Tag>
  )
}

/** The name, or what can be said where there is none. */
export function useWho(): (entry: Entry) => string {
  const say = useAuditWords()
  return entry =>
    entry.who ?? (entry.role === 'machine' ? say.system : entry.role === 'resident' ? say.aResident : say.nobody)
}

export function useRoleAndPlace(): (entry: Entry) => { readonly role: string; readonly place: string | undefined } {
  const words = useConsoleWords()
  const say = useAuditWords()
  const all = useDivisions()
  return entry => ({
    role: entry.role in words.roles ? words.roles[entry.role as Role] : (say.otherRoles[entry.role] ?? entry.role),
    place: entry.scope
      ? (all?.divisions.find(division => division.code === entry.scope)?.name ?? say.wholeDistrict)
      : undefined,
  })
}
