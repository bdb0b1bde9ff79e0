import type { Day, Id } from '@zhulian/kernel'
import { tablesOf } from '../../platform/ctx.ts'

/** What other rooms publish of one family. Each view has the walls of its own table: who may not read there reads nothing of it here. */
interface Published {
  'registry.v_family': {
    district: string
    id: Id
    division: string
    tier: string | null
    tier_until: Day | null
    circle: number | null
    traits: string[]
  }
  'registry.v_circle_change': {
    district: string
    id: Id
    household_id: Id
    person_id: Id | null
    from_circle: number | null
    to_circle: number | null
    changed_on: Day
  }
  'entitlements.v_receipt': {
    district: string
    id: Id
    household_id: Id
    policy: string
    from_on: Day
    until_on: Day | null
    amount: number | null
    period: 'month' | 'year' | 'once' | null
    made_up: boolean
  }
  'entitlements.v_finding': {
    district: string
    id: Id
    kind: string
    household_id: Id
    policy: string
    amount_a_year: number | null
    state: string
  }
  'alerts.v_family_alert': {
    district: string
    id: Id
    rule: string
    household_id: Id
    level: string
    state: string
    occurred_on: Day
    closed_at: Date | null
  }
  'outreach.v_task': {
    district: string
    id: Id
    household_id: Id
    kind: string
    due_on: Day
    closed_at: Date | null
  }
  'outreach.v_finding': {
    district: string
    id: Id
    household_id: Id
    result: string
    risk: string
    next_on: Day | null
    found_on: Day
    found_name: string
  }
  'outreach.v_last_met': {
    district: string
    household_id: Id
    last_on: Day
    urgent: boolean
  }
  'outreach.v_helper_visit': {
    district: string
    id: Id
    household_id: Id
    how: string
    on_day: Day
    met: boolean
    helper_name: string
  }
  'outreach.v_pairing': {
    district: string
    id: Id
    household_id: Id
    helper_name: string
    from_on: Day
    until_on: Day | null
    next_on: Day | null
    ended_at: Date | null
  }
  'outreach.v_family_slip': {
    district: string
    id: Id
    number: string
    household_id: Id
    unit: string
    state: string
    due_on: Day | null
    sent_on: Day
    closed_at: Date | null
  }
  'wishes.v_family_need': {
    district: string
    id: Id
    number: string
    household_id: Id
    state: string
    item: string | null
    urgent: boolean
    careful: boolean
    told_on: Day
    since_on: Day
    due_on: Day | null
    closed_at: Date | null
  }
  'doors.v_family_kept': {
    district: string
    id: Id
    household_id: Id
    set_by: 'family' | 'office'
    from_on: Day
    ended_on: Day | null
  }
  'wishes.v_need_wish': {
    district: string
    id: Id
    need_id: Id
    state: string
    published_on: Day
    until_on: Day
    taken_on: Day | null
    taken_name: string | null
    ended_at: Date | null
  }
}

export const published = tablesOf<Published>()
