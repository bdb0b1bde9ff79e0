import type { DivisionCode, Id } from '@zhulian/kernel'

/** What an account may act as. One session acts in one grant at a time. */
export const roles = [
  'resident',
  'guide',
  'villageGroup',
  'townshipClerk',
  'districtOfficer',
  'operator',
  'provider',
  'auditor',
  'admin',
] as const
export type Role = (typeof roles)[number]

/** Everyone who works for the district or for its hub; not residents, not providers. */
export const staff = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator'] as const satisfies readonly Role[]

/** Who asks: an account acting in one of its grants. */
export interface Actor {
  readonly account: Id
  readonly role: Role
  /** Name as colleagues know it; never in logs. */
  readonly name: string
  /** Six digits: the installation may hold many districts. */
  readonly district: string
  /** The part of the district the grant reaches: six, nine or twelve digits; undefined reaches nothing by place. */
  readonly scope: DivisionCode | undefined
  readonly organisation: Id | undefined
  /** A resident's own household in the registry, once a guide has confirmed who they are. */
  readonly household: Id | undefined
  readonly session: Id | undefined
  /** When a second factor or password was last given: fresh ones are asked for before reveal, export and change of rights. */
  readonly provedAt: Date | undefined
}
