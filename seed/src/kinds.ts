import type { Family, Member } from './family.ts'
import { alone, child, children, couple, fathersName, grandmother, grownChild, oldAge } from './kin.ts'
import { atHome, disabled, farming, ill, jobless, means, retired, standing, working, young } from './life.ts'

/** One kind of household the base is made of. */
export type Kind = (family: Family) => void

const livesAlone = (m: Member) => m.say('declared', '导服员登记', { livingAlone: true })

/** Income of the whole household that leaves this much a head and month. */
const share = (family: Family, perHead: number, heads: number): number =>
  Math.max(0, Math.round((perHead * family.line * heads) / 10) * 10)

/** Savings too high for a tier, where the income alone would do. */
const savings = (f: Family, heads: number): number => f.random.money(125_000 * heads, 30_000 * heads, 100_000 * heads)

/** The older, the more often. */
const oftenDisabled = (f: Family, m: Member, at60: number) => f.random.chance(at60 + Math.max(0, m.age - 60) * 0.008)

const tekunElder: Kind = f => {
  const m = alone(f, oldAge(f, 62))
  retired(f, m, f.random.money(290, 130, 200)).say('feed', '数据归集', { obligorCount: 0, allObligorsUnable: true })
  if (oftenDisabled(f, m, 0.2)) disabled(f, m, f.random.chance(0.7))
  livesAlone(m)
  standing(means(f, { assets: f.random.money(3000, 2500), medical: f.random.money(1500, 1500) }), { tier: 'tekun' })
}

const elders =
  (tier: 'dibao' | 'dibian', perHead: number): Kind =>
  f => {
    const age = oldAge(f, 61)
    const two = f.random.chance(Math.max(0.08, 0.6 - (age - 61) * 0.018))
    const income = share(f, perHead * (0.8 + f.random.next() * 0.3), two ? 2 : 1)
    const pair = two ? couple(f, [age, age]) : undefined
    const first = pair?.husband ?? alone(f, age)
    if (pair) {
      const hers = f.random.money(260, 60, 200, income)
      retired(f, pair.husband, income - hers)
      retired(f, pair.wife, hers)
    } else livesAlone(retired(f, first, income))
    if (oftenDisabled(f, first, 0.22)) disabled(f, first, f.random.chance(0.5))
    if (f.random.chance(0.16)) ill(f, first)
    standing(means(f, { assets: f.random.money(8000, 7000), medical: f.random.money(4000, 5000) }), { tier })
  }

/** Old parents and somebody grown who cannot live alone. */
const withDisabled =
  (tier: 'dibao' | 'dibian' | 'none', perHead: number): Kind =>
  f => {
    const two = f.random.chance(0.4)
    const age = f.random.int(58, 80)
    const pair = two ? couple(f, [age, age]) : undefined
    const parent = pair?.husband ?? alone(f, age)
    const third = f.random.chance(0.35)
    const heads = 2 + (two ? 1 : 0) + (third ? 1 : 0)
    retired(f, parent, share(f, perHead * (third ? 0.35 : 0.9), heads))
    if (pair) retired(f, pair.wife, f.random.money(260, 60, 200))
    const surname = pair?.husband.surname ?? fathersName(f, parent)
    const grown = atHome(f, grownChild(f, pair?.wife ?? parent, surname))
    disabled(f, grown, f.random.chance(tier === 'none' ? 0.8 : 0.7))
    if (third) working(f, grownChild(f, pair?.wife ?? parent, surname), share(f, perHead * 0.6, heads))
    standing(
      means(f, {
        assets: f.random.money(9000, 8000),
        medical: f.random.money(3500, 4000),
        cars: tier === 'none' && third ? 1 : 0,
      }),
      { tier },
    )
  }

const withIllness =
  (tier: 'dibao' | 'dibian' | 'zhichu', perHead: number): Kind =>
  f => {
    const { husband, wife } = couple(f, [28, 58])
    const [sick, well] = f.random.chance(0.58) ? [husband, wife] : [wife, husband]
    ill(f, atHome(f, sick))
    const kids = children(f, wife, f.random.int(1, 2), husband.surname).length
    working(f, well, share(f, perHead * (0.85 + f.random.next() * 0.25), 2 + kids))
    if (f.random.chance(0.15)) retired(f, grandmother(f, husband))
    const medical = tier === 'zhichu' ? f.random.money(70_000, 25_000, 45_000) : f.random.money(18_000, 12_000, 2000)
    standing(means(f, { assets: f.random.money(9000, 8000), medical, education: 1500 * kids }), { tier })
  }

/** A child who needs care all day; one parent works. */
const withDisabledChild =
  (tier: 'dibao' | 'dibian' | 'none', perHead: number): Kind =>
  f => {
    const { husband, wife } = couple(f, [27, 48])
    const born = f.random.int(20, Math.min(36, Math.max(20, wife.age - 3)))
    const sick = child(f, Math.min(17, Math.max(0, wife.age - born)), husband.surname)
    if (sick.age >= 2) disabled(f, sick, f.random.chance(0.75))
    else ill(f, sick)
    const more = f.random.chance(0.4) ? children(f, wife, 1, husband.surname).length : 0
    atHome(f, wife).say('declared', '导服员登记', { carerForOther: true })
    working(f, husband, share(f, perHead * (0.85 + f.random.next() * 0.25), 3 + more))
    standing(
      means(f, {
        assets: f.random.money(10_000, 9000),
        medical: f.random.money(9000, 7000),
        education: 1800 * (1 + more),
      }),
      { tier },
    )
  }

const singleParent =
  (tier: 'dibao' | 'dibian' | 'none', perHead: number): Kind =>
  f => {
    const sex = f.random.chance(0.7) ? 'female' : 'male'
    const head = f.add({
      age: f.random.int(27, 50),
      sex,
      relation: '02',
      marital: f.random.chance(0.62) ? 'divorced' : 'widowed',
    })
    const surname = fathersName(f, head)
    const wanted = f.random.weighted([
      [7, 1],
      [3, 2],
    ])
    // Of a father the mother's age is not known: a little younger.
    const n = children(f, sex === 'female' ? head : { age: head.age - 2 }, wanted, surname).length
    if (n === 0) child(f, f.random.int(1, 10), surname)
    working(f, head, share(f, perHead * (0.8 + f.random.next() * 0.35), 1 + Math.max(1, n)))
    standing(
      means(f, { assets: f.random.money(8000, 7000), medical: f.random.money(1500, 1500), education: 2000 * n }),
      { tier },
    )
  }

const left: Kind = f => {
  const { husband, wife } = couple(f, [30, 58])
  const n = children(f, wife, f.random.int(0, 2), husband.surname).length
  working(f, husband, share(f, 2.1 + f.random.next(), 2 + n))
  atHome(f, wife)
  standing(
    means(f, { assets: f.random.money(20_000, 15_000), medical: f.random.money(3000, 3000), education: 1500 * n }),
    { tier: 'none', left: f.random.int(0, 11) },
  )
}

const outOfWork: Kind = f => {
  const months = f.random.int(2, 30)
  const recognised = months >= 12 || f.random.chance(0.45)
  const pair = f.random.chance(0.7) ? couple(f, [42, 59]) : undefined
  if (pair) {
    const hers = f.random.chance(0.4) && pair.wife.age < 55
    const [out, other] = hers ? [pair.wife, pair.husband] : [pair.husband, pair.wife]
    jobless(f, out, months, recognised)
    const n = children(f, pair.wife, f.random.chance(0.5) ? 1 : 0, pair.husband.surname).length
    if (other.age < 60) working(f, other, share(f, 1.6 + f.random.next() * 1.6, 2 + n))
    else retired(f, other, share(f, 1.6 + f.random.next(), 2 + n))
  } else jobless(f, alone(f, f.random.int(42, 54)), months, recognised)
  const kept = !pair && f.random.chance(0.7)
  standing(
    means(f, {
      assets: kept ? savings(f, 1) : f.random.money(30_000, 25_000),
      medical: f.random.money(2000, 2500),
      cars: f.random.chance(0.2) ? 1 : 0,
    }),
    { tier: 'none' },
  )
}

const farmers =
  (formerPoor: boolean): Kind =>
  f => {
    const { husband, wife } = couple(f, [34, 59])
    const n = children(f, wife, f.random.int(0, 2), husband.surname).length
    const old = f.random.chance(0.3) ? 1 : 0
    farming(f, husband, share(f, 2.2 + f.random.next(), 2 + n + old))
    if (f.random.chance(0.6)) farming(f, wife, share(f, 0.6, 1))
    else atHome(f, wife)
    if (old) retired(f, grandmother(f, husband))
    const monitor = formerPoor && f.random.chance(0.12) ? 'unstable' : f.random.chance(0.04) ? 'marginal' : 'none'
    standing(
      means(f, { assets: f.random.money(18_000, 15_000), medical: f.random.money(3000, 4000), education: 1200 * n }),
      {
        tier: 'none',
        lowIncomeFarmer: true,
        formerPoor,
        monitor,
      },
    )
  }

const elderAlone: Kind = f => {
  livesAlone(retired(f, alone(f, oldAge(f, 66)), f.random.money(1600, 1200, 300)))
  standing(
    means(f, {
      assets: f.random.chance(0.92) ? savings(f, 1) : f.random.money(9000, 8000),
      medical: f.random.money(2500, 2500),
    }),
    { tier: 'none' },
  )
}

const orphan: Kind = f => {
  const { husband, wife } = couple(f, [58, 72])
  retired(f, husband, 320)
  retired(f, wife, 300)
  const age = Math.min(16, Math.max(3, wife.age - f.random.int(44, 56)))
  const sex = f.random.chance(0.5) ? 'male' : 'female'
  const both = f.random.chance(0.3)
  young(f, f.add({ age, sex, relation: '40', marital: 'single', surname: husband.surname })).say('feed', '数据归集', {
    orphanClass: both ? 'orphan' : 'deFactoUnsupported',
    parents: [
      { relation: 'father', state: both ? 'deceased' : 'inPrisonOrDetained6m' },
      { relation: 'mother', state: both ? 'deceased' : 'lostContact6m' },
    ],
  })
  standing(means(f, { assets: f.random.money(6000, 5000), medical: f.random.money(2500, 2000), education: 1500 }), {
    tier: f.random.weighted([
      [5, 'dibao'],
      [3, 'dibian'],
      [2, 'none'],
    ] as const),
  })
}

/** The base by kind of household, weights by household; about the shares the district published. */
export const kinds: readonly (readonly [weight: number, Kind])[] = [
  [5, tekunElder],
  [10, elders('dibao', 0.55)],
  [9, withDisabled('dibao', 0.7)],
  [5, singleParent('dibao', 0.7)],
  [6, withIllness('dibao', 0.75)],
  [6, elders('dibian', 1.25)],
  [6, withDisabled('dibian', 1.3)],
  [6, withIllness('dibian', 1.35)],
  [2, singleParent('dibian', 1.3)],
  [2, withIllness('zhichu', 2.2)],
  [0.8, withDisabledChild('dibao', 0.75)],
  [0.6, withDisabledChild('dibian', 1.35)],
  [0.6, withDisabledChild('none', 2.3)],
  [6, left],
  [8, singleParent('none', 2.2)],
  [8, withDisabled('none', 2.2)],
  [13, outOfWork],
  [7, farmers(false)],
  [5, farmers(true)],
  [5, elderAlone],
  [1, orphan],
]
