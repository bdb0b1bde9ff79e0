import type { Words } from '@zhulian/kernel'

/** Who stands by a family (结对帮扶), and how they were with it (昼访夜谈、民呼必应). */
export const helperKinds = ['partyMember', 'deputy', 'committeeMember', 'massOrganisation'] as const
export type HelperKind = (typeof helperKinds)[number]
export const helperVisits = ['dayVisit', 'eveningTalk', 'call'] as const
export type HelperVisitKind = (typeof helperVisits)[number]

export const helperKindWords: Readonly<Record<HelperKind, Words>> = {
  partyMember: { zh: '党员干部', en: 'Party member' },
  deputy: { zh: '人大代表', en: 'People’s deputy' },
  committeeMember: { zh: '政协委员', en: 'Committee member' },
  massOrganisation: { zh: '群团组织人员', en: 'Of a mass organisation' },
}
export const helperVisitWords: Readonly<Record<HelperVisitKind, Words>> = {
  dayVisit: { zh: '白天上门', en: 'Day visit' },
  eveningTalk: { zh: '晚上谈心', en: 'Evening talk' },
  call: { zh: '来电回应', en: 'Call answered' },
}
