import type { RouteTable } from '../../../platform/route.ts'
import type { keptContract } from './contract.ts'
import { keepHousehold, listMarks, readMyMark, setMyMark, takeMarkBack } from './keep-household.ts'

const workers = { may: ['guide', 'townshipClerk', 'districtOfficer'], purpose: 'registry' } as const
const residents = { may: ['resident'], purpose: 'registry' } as const

export const keptEntries: RouteTable<typeof keptContract> = {
  'GET /households/:householdId/kept-from-partners': {
    ...workers,
    audit: {
      action: 'doors.listMarks',
      zh: '查看了一户是否不告诉合作系统',
      en: 'looked whether a household is kept from partners',
    },
    do: listMarks,
  },
  'POST /households/:householdId/kept-from-partners': {
    ...workers,
    audit: { action: 'doors.keepHousehold', zh: '设为不告诉合作系统', en: 'kept a household from partners' },
    do: keepHousehold,
  },
  'POST /households/:householdId/kept-from-partners/take-back': {
    ...workers,
    audit: {
      action: 'doors.takeMarkBack',
      zh: '收回了“不告诉合作系统”',
      en: 'took back that a household is kept from partners',
    },
    do: takeMarkBack,
  },
  'GET /my/kept-from-partners': {
    ...residents,
    audit: {
      action: 'doors.readMyMark',
      zh: '查看了自家是否不告诉合作系统',
      en: 'looked whether the own family is kept from partners',
    },
    do: readMyMark,
  },
  'PUT /my/kept-from-partners': {
    ...residents,
    audit: {
      action: 'doors.setMyMark',
      zh: '设了自家是否告诉合作系统',
      en: 'said whether partners are told of the own family',
    },
    do: setMyMark,
  },
}
