import type { Random } from './random.ts'
import { type Family, familyOf } from './family.ts'
import { means, retired, standing, working, young, jobless } from './life.ts'
import type { Day } from '@zhulian/kernel'

/** Families that the journeys tell of; all of them made up. Their register numbers are fixed. */
export const knownFamilies = {
  /** 陆奶奶, 76, lives alone in 青龙村; little is known of her until she is asked. */
  grandmotherLu: { registerNo: 'FY-JY-000001', division: '330111109203', head: '陆桂香' },
  /** A father out of work, a daughter about to drop out, a grandmother hard of hearing; 湖源乡新一村. */
  shengFamily: { registerNo: 'FY-JY-000002', division: '330111205214', head: '盛国平' },
  /** A mother in 东梓关村 who cares for her own mother and a daughter; certified dibao. */
  xuFamily: { registerNo: 'FY-JY-000003', division: '330111110254', head: '许文琴' },
} as const

export type KnownFamily = keyof typeof knownFamilies

const lu = (f: Family) => {
  const name = knownFamilies.grandmotherLu.head
  const m = f.add({ age: 76, sex: 'female', relation: '02', name, surname: '陆' })
  m.say('feed', '数据归集', {
    alive: true,
    hasDisabilityCertificate: false,
    medicalInsurance: 'resident',
    pensionScheme: 'resident',
  })
  m.say('feed', '经济状况核对', {
    pensionMonthly: 420,
    basicResidentPensionMonthly: 250,
    wageMonthly: 0,
    businessIncomeMonthly: 0,
    propertyIncomeMonthly: 0,
  })
  f.say('feed', '民政', { certifiedTier: 'none', exitedTierWithin: null })
  f.say('feed', '经济状况核对', {
    motorVehicleCount: 0,
    motorVehicleValue: 0,
    nonResidentialPropertyCount: 0,
    housingCount: 1,
    soldHousingWithin5y: false,
    enterpriseCapital: 0,
  })
}

const sheng = (f: Family) => {
  const name = knownFamilies.shengFamily.head
  const father = jobless(f, f.add({ age: 46, sex: 'male', relation: '02', name, surname: '盛' }), 2, false)
  father.say('declared', '导服员登记', { maritalStatus: 'widowed', willingToWork: true, workSkill: ['craft'] })
  const daughter = young(f, f.add({ age: 14, sex: 'female', relation: '30', name: '盛念慈', surname: '盛' }))
  daughter.say('feed', '教育', { dropoutRisk: 'none', studentStage: 'junior', isFullTimeStudent: true })
  const grandmother = retired(
    f,
    f.add({ age: 74, sex: 'female', relation: '52', name: '何水仙', surname: '何', marital: 'widowed' }),
    320,
  )
  grandmother.say('declared', '导服员登记', { assistiveDeviceNeed: true, maritalStatus: 'widowed' })
  standing(means(f, { assets: 12_000, medical: 5200, education: 1800 }), { tier: 'none' })
  f.say('declared', '导服员登记', { dwellingDangerLevel: 'B', housingTenure: 'owned', meansTestConsent: true })
}

const xu = (f: Family) => {
  const name = knownFamilies.xuFamily.head
  const mother = working(f, f.add({ age: 45, sex: 'female', relation: '02', name, surname: '许' }), 900)
  mother.say('declared', '导服员登记', { maritalStatus: 'divorced' })
  young(f, f.add({ age: 14, sex: 'female', relation: '30', name: '许念安', surname: '许' }))
  const elder = retired(
    f,
    f.add({ age: 72, sex: 'female', relation: '52', name: '沈阿珍', surname: '沈', marital: 'widowed' }),
    300,
  )
  elder.say('feed', '残联', {
    hasDisabilityCertificate: true,
    disabilityKind: 'physical',
    disabilityLevel: 2,
    lostWorkCapacityDisabled: true,
  })
  elder.say('feed', '数据归集', { hasDisabilityCertificate: true })
  standing(means(f, { assets: 5000, medical: 4200, education: 1500 }), { tier: 'dibao' })
}

const tellings: Record<KnownFamily, (family: Family) => void> = { grandmotherLu: lu, shengFamily: sheng, xuFamily: xu }

/** @returns the family in the order of {@link knownFamilies} */
export function knownFamily(which: KnownFamily, random: Random, today: Day): Family {
  const family = familyOf(random, today)
  tellings[which](family)
  return family
}
