import type { DivisionCode, Id } from '@zhulian/kernel'
import { madeUpOperator, madeUpProvider, madeUpTutors } from '../../server/src/modules/organisations/index.ts'
import { organisationOfUnit } from '../../server/src/modules/pools/index.ts'
import { townships, villages } from './divisions.ts'
import { givenNameOf, surnameOf } from './names.ts'
import { randomOf } from './random.ts'

/** A made-up colleague, in the form the module identity takes. */
export interface MadeUpColleague {
  readonly name: string
  readonly signInName: string
  readonly role:
    | 'guide'
    | 'villageGroup'
    | 'townshipClerk'
    | 'districtOfficer'
    | 'operator'
    | 'provider'
    | 'auditor'
    | 'admin'
    | 'healthWorker'
    | 'bureauOfficer'
    | 'helper'
  readonly scope?: DivisionCode
  readonly organisationId?: Id
  readonly phone?: string
}

const district = '330111' as DivisionCode

/** The ones the journeys and the manual sign in as. */
export const knownColleagues: readonly MadeUpColleague[] = [
  { name: '徐晓雯', signInName: 'guide', role: 'guide', scope: '330111109203' as DivisionCode },
  { name: '羊利民', signInName: 'guide-huyuan', role: 'guide', scope: '330111205214' as DivisionCode },
  { name: '陈秀英', signInName: 'guide-changkou', role: 'guide', scope: '330111110254' as DivisionCode },
  { name: '章桂芳', signInName: 'group', role: 'villageGroup', scope: '330111109203' as DivisionCode },
  { name: '李敏', signInName: 'clerk', role: 'townshipClerk', scope: '330111109' as DivisionCode },
  { name: '李海良', signInName: 'clerk-huyuan', role: 'townshipClerk', scope: '330111205' as DivisionCode },
  { name: '方永明', signInName: 'officer', role: 'districtOfficer', scope: district },
  { name: '骆静怡', signInName: 'operator', role: 'operator', scope: district, organisationId: madeUpOperator },
  {
    name: '俞家乐',
    signInName: 'provider',
    role: 'provider',
    organisationId: madeUpProvider,
  },
  { name: '汪雨晴', signInName: 'tutors', role: 'provider', organisationId: madeUpTutors },
  { name: '史立新', signInName: 'auditor', role: 'auditor', scope: district },
  { name: '金思远', signInName: 'admin', role: 'admin', scope: district },
  {
    name: '郎志明',
    signInName: 'bureau',
    role: 'bureauOfficer',
    organisationId: organisationOfUnit('hrss'),
  },
  { name: '何建明', signInName: 'helper', role: 'helper' },
  { name: '何静芳', signInName: 'health', role: 'healthWorker', scope: '330111109' as DivisionCode },
]

/** 750 guides, one to four a village; three clerks a township; and {@link knownColleagues} among them. */
export function madeUpStaff(seed: number): MadeUpColleague[] {
  const random = randomOf(seed, 2 ** 31)
  const name = (birthYear: number) => {
    const sex = random.chance(0.4) ? 'male' : 'female'
    return surnameOf(random) + givenNameOf(random, sex, birthYear)
  }
  const staff = [...knownColleagues]
  const have = (role: string, scope: string) => staff.filter(s => s.role === role && s.scope === scope).length
  const guidesOf = guideCounts(villages().map(v => v.code))
  for (const { code } of villages())
    for (let n = have('guide', code); n < (guidesOf.get(code) ?? 1); n++)
      staff.push({
        name: name(random.int(1965, 1999)),
        signInName: `guide-${code.slice(6)}-${n + 1}`,
        role: 'guide',
        scope: code as DivisionCode,
      })
  for (const { code } of townships())
    for (let n = have('townshipClerk', code); n < 3; n++)
      staff.push({
        name: name(random.int(1968, 1998)),
        signInName: `clerk-${code.slice(6)}-${n + 1}`,
        role: 'townshipClerk',
        scope: code as DivisionCode,
      })
  for (let n = 1; n <= 3; n++)
    staff.push({
      name: name(random.int(1970, 1995)),
      signInName: `officer-${n}`,
      role: 'districtOfficer',
      scope: district,
    })
  // 100 is no prefix of a telephone company.
  return staff.map((one, i) => (one.role === 'guide' ? { ...one, phone: `100${String(i).padStart(8, '0')}` } : one))
}

/** Where nobody could be found yet, so that the township serves it. */
export const bareVillages: readonly string[] = ['330111109216', '330111110236']

/** Two everywhere but in the bare villages, a third and fourth in communities, until there are 750. */
function guideCounts(codes: readonly string[]): Map<string, number> {
  const counts = new Map(codes.map(code => [code, bareVillages.includes(code) ? 0 : 2]))
  const communities = codes.filter(code => Number(code.slice(9)) < 200)
  const given = [...counts.values()].reduce((sum, n) => sum + n, 0)
  for (let left = 750 - given, i = 0; left > 0; left--, i++) {
    const code = communities[i % communities.length] ?? codes[i % codes.length]
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return counts
}
