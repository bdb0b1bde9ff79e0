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
  /** Of a health centre: sees the alerts that nobody else sees the grounds of, and no register. */
  'healthWorker',
  /** Of one of the units that give help: answers the slips sent to it, reads those and nothing else. Their organisation is the unit. */
  'bureauOfficer',
  /** Stands by families they are paired with: reads a name and how to reach them, and writes what they saw. */
  'helper',
] as const
export type Role = (typeof roles)[number]

/** Everyone who works for the district or for its hub; not residents, not providers. */
export const staff = [
  'guide',
  'villageGroup',
  'townshipClerk',
  'districtOfficer',
  'operator',
] as const satisfies readonly Role[]

/**
 * Besides people: the machine runs jobs, the doorkeeper reads credentials and sessions before anybody is known, and
 * nobody is who asks without a session. None of the three can be granted.
 */
export type ActingRole = Role | 'machine' | 'doorkeeper' | 'nobody'

/** Who asks: an account acting in one of its grants. */
export interface Actor {
  readonly account: Id
  readonly role: ActingRole
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

const without = { organisation: undefined, household: undefined, session: undefined, provedAt: undefined }

/** Runs jobs and migrations of data: reaches the whole district, holds no grant, cannot sign in. */
export const machineActor = (district: string): Actor => ({
  ...without,
  account: '00000000-0000-7000-8000-000000000001' as Id,
  role: 'machine',
  name: '系统 System',
  district,
  scope: district as DivisionCode,
})

/** Reads accounts, credentials and sessions while it is not yet known who asks; reaches nothing by place. */
export const doorkeeper = (district: string): Actor => ({
  ...without,
  account: '00000000-0000-7000-8000-000000000002' as Id,
  role: 'doorkeeper',
  name: '门房 Doorkeeper',
  district,
  scope: undefined,
})

/** Who asks without a session. */
export const nobody = (district: string): Actor => ({
  ...without,
  account: '00000000-0000-7000-8000-000000000003' as Id,
  role: 'nobody',
  name: '访客 Visitor',
  district,
  scope: undefined,
})
