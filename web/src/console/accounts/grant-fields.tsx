import { SelectField } from '../../parts/field.tsx'
import { Failed } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import type { Role } from '../../platform/session.ts'
import { useSaid } from '../../platform/words.ts'
import { OrganisationField } from '../organisations/organisation-field.tsx'
import { useDivisions } from '../shell/place-name.ts'
import { useConsoleWords } from '../words/index.ts'
import { useAccountWords } from './words.ts'

export interface GrantDraft {
  readonly role: string
  readonly township: string
  readonly village: string
  readonly organisation: string
  readonly until: string
}
export const emptyGrant: GrantDraft = { role: '', township: '', village: '', organisation: '', until: '' }

type Granted = Exclude<Role, 'resident'>
const grantable: readonly Granted[] = [
  'guide',
  'villageGroup',
  'townshipClerk',
  'districtOfficer',
  'operator',
  'provider',
  'auditor',
  'admin',
  'healthWorker',
  'bureauOfficer',
  'helper',
]
const byVillage = new Set(['guide', 'villageGroup'])
const underContract = new Set(['provider', 'operator'])
const byTownship = new Set(['guide', 'villageGroup', 'townshipClerk', 'healthWorker'])

/** What the server takes, or undefined while something is missing. */
export function grantOf(draft: GrantDraft, district: string | undefined) {
  const role = grantable.find(one => one === draft.role)
  if (!role) return undefined
  const until = draft.until ? { until: `${draft.until}T15:59:59.000Z` } : {}
  if (role === 'helper') return { role, ...until }
  if (role === 'provider' || role === 'bureauOfficer')
    return draft.organisation ? { role, organisationId: draft.organisation, ...until } : undefined
  const scope = byVillage.has(role)
    ? draft.village || (role === 'guide' ? draft.township : '')
    : byTownship.has(role)
      ? draft.township
      : district
  const forWhom = role === 'operator' && draft.organisation ? { organisationId: draft.organisation } : {}
  return scope ? { role, scope, ...forWhom, ...until } : undefined
}

/** Role, place and last day of a grant. */
export function GrantFields({
  draft,
  onChange,
}: {
  readonly draft: GrantDraft
  readonly onChange: (next: GrantDraft) => void
}) {
  const words = useConsoleWords()
  const say = useAccountWords()
  const all = useDivisions()
  const said = useSaid()
  const units = useLoad(draft.role === 'bureauOfficer' ? 'units' : undefined, signal => api('GET /units', { signal }))
  const put = (part: Partial<GrantDraft>) => onChange({ ...draft, ...part })
  const under = (parent: string) =>
    (all?.divisions ?? []).filter(d => d.parent === parent).map(d => ({ value: d.code, label: d.name }))
  return (
    <>
      <SelectField
        label={say.role}
        value={draft.role}
        options={grantable.map(role => ({ value: role, label: words.roles[role] }))}
        onChange={role => put({ role, township: '', village: '', organisation: '' })}
      />
      {byTownship.has(draft.role) && (
        <SelectField
          label={say.township}
          value={draft.township}
          options={under(all?.district ?? '')}
          onChange={township => put({ township, village: '' })}
        />
      )}
      {byVillage.has(draft.role) && draft.township && (
        <SelectField
          label={say.village}
          value={draft.village}
          options={under(draft.township)}
          onChange={village => put({ village })}
        />
      )}
      {units.problem && <Failed problem={units.problem} again={units.again} />}
      {draft.role === 'bureauOfficer' && (
        <SelectField
          label={say.unit}
          value={draft.organisation}
          options={(units.value?.items ?? []).map(one => ({ value: one.organisation, label: said(one.name) }))}
          onChange={organisation => put({ organisation })}
        />
      )}
      {underContract.has(draft.role) && (
        <OrganisationField
          key={draft.role}
          label={say.organisation}
          hint={say.organisationHint}
          {...(draft.role === 'operator' && { blank: say.noOrganisation, optional: true })}
          value={draft.organisation}
          onChange={organisation => put({ organisation })}
        />
      )}
      <label className="filter-day">
        <span>{say.validUntil}</span>
        <input type="date" value={draft.until} onChange={event => put({ until: event.currentTarget.value })} />
        <span className="second small">{say.validHint}</span>
      </label>
    </>
  )
}
