import type { DivisionCode, Id, Language } from '@zhulian/kernel'
import type { Role } from '../../platform/actor.ts'
import { tablesOf } from '../../platform/ctx.ts'

interface Account {
  district: string
  id: Id
  kind: 'staff' | 'resident'
  name: string
  language: Language | null
  village: string | null
  household_id: Id | null
  sealed_work_phone: Buffer | null
  made_up: boolean
  created_at: Date
  created_by: Id
  ended_at: Date | null
  ended_by: Id | null
  version: number
}

interface Credential {
  district: string
  account_id: Id
  sign_in_name: string
  password_hash: string | null
  password_set_at: Date | null
  set_up_hash: Buffer | null
  set_up_until: Date | null
  failures: number
  failed_at: Date | null
  locked_until: Date | null
}

interface RoleGrant {
  district: string
  id: Id
  account_id: Id
  role: Role
  scope: DivisionCode | null
  organisation_id: Id | null
  from_at: Date
  until_at: Date | null
  granted_by: Id
  ended_at: Date | null
  ended_by: Id | null
}

interface Session {
  district: string
  id: Id
  token_hash: Buffer
  account_id: Id
  grant_id: Id
  created_at: Date
  seen_at: Date
  expires_at: Date
  idle_seconds: number
  proved_at: Date | null
  ended_at: Date | null
}

interface DoorFailure {
  district: string
  address_hash: Buffer
  failures: number
  failed_at: Date
  locked_until: Date | null
}

/** A resident's account that followed a merge of households. */
interface MovedResident {
  district: string
  merge_id: Id
  account_id: Id
  before_id: Id
  after_id: Id | null
  moved_at: Date
  moved_back_at: Date | null
}

/** By which of its cases a resident's household was told. */
interface ToldHousehold {
  district: string
  account_id: Id
  case_id: Id
  household_id: Id
  told_at: Date
  taken_back_at: Date | null
}

export interface IdentityTables {
  'identity.account': Account
  'identity.credential': Credential
  'identity.role_grant': RoleGrant
  'identity.session': Session
  'identity.door_failure': DoorFailure
  'identity.moved_resident': MovedResident
  'identity.told_household': ToldHousehold
}

export const identity = tablesOf<IdentityTables>()
