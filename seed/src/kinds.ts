import type { Family } from './family.ts'
import { atHome, disabled, farming, ill, jobless, means, retired, standing, working, young } from './life.ts'

/** One kind of household the base is made of. */
export type Kind = (family: Family) => void

const aloneNow = (family: Family, marital: 'single' | 'widowed' | 'divorced') =>
  family.members[0]?.say('declared', '导服员登记', { livingAlone: true, maritalStatus: marital })

/** Income of the whole household that leaves this much a head and month. */
const share = (family: Family, perHead: number, heads: number): number =>
  Math.max(0, Math.round((perHead * family.line * heads) / 10) * 10)

/** Savings too high for a tier, where the income alone would do. */
const savings = (f: Family, heads: number): number => f.random.money(125_000 * heads, 30_000 * heads, 100_000 * heads)

const children = (family: Family, n: number) => {
  for (let i = 0; i < n; i++) {
    const sex = family.random.chance(0.5) ? 'male' : 'female'
    young(family, family.add({ age: [2, 17], sex, relation: sex === 'male' ? '20' : '30' }))
  }
}

const tekunElder: Kind = f => {
  const m = retired(f, f.add({ age: [62, 92], sex: f.random.chance(0.75) ? 'male' : 'female', relation: '02' }), 280)
  m.say('feed', '民政', { obligorCount: 0, allObligorsUnable: true })
  if (f.random.chance(0.3)) disabled(f, m, true)
  aloneNow(f, 'single')
  standing(means(f, { assets: f.random.money(3000, 2500), medical: f.random.money(1500, 1500) }), { tier: 'tekun' })
}

const elders =
  (tier: 'dibao' | 'dibian', perHead: number): Kind =>
  f => {
    const two = f.random.chance(0.45)
    const heads = two ? 2 : 1
    const head = retired(
      f,
      f.add({ age: [62, 90], sex: 'male', relation: '02' }),
      share(f, perHead * (0.8 + f.random.next() * 0.3), heads),
    )
    if (two) retired(f, f.add({ age: [60, 86], sex: 'female', relation: '12' }), 0)
    else aloneNow(f, f.random.chance(0.7) ? 'widowed' : 'single')
    if (f.random.chance(0.35)) disabled(f, head, f.random.chance(0.5))
    if (f.random.chance(0.2)) ill(f, head)
    standing(means(f, { assets: f.random.money(8000, 7000), medical: f.random.money(4000, 5000) }), { tier })
  }

const withDisabled =
  (tier: 'dibao' | 'dibian' | 'none', perHead: number): Kind =>
  f => {
    const parent = f.add({ age: [60, 78], relation: '02', sex: f.random.chance(0.6) ? 'male' : 'female' })
    const grown = f.add({ age: [24, 55], relation: '20', sex: f.random.chance(0.6) ? 'male' : 'female' })
    const third = f.random.chance(0.5)
    retired(f, parent, share(f, perHead * 0.35, third ? 3 : 2))
    disabled(f, atHome(f, grown), f.random.chance(tier === 'none' ? 1 : 0.75))
    if (third) working(f, f.add({ age: [24, 55], relation: '20', sex: 'male' }), share(f, perHead * 0.6, 3))
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
    const n = f.random.int(1, 2)
    ill(f, atHome(f, f.add({ age: [32, 58], sex: 'male', relation: '02' })))
    working(
      f,
      f.add({ age: [30, 56], sex: 'female', relation: '12' }),
      share(f, perHead * (0.85 + f.random.next() * 0.25), 2 + n),
    )
    children(f, n)
    if (f.random.chance(0.2)) retired(f, f.add({ age: [62, 85], sex: 'female', relation: '52' }))
    const medical = tier === 'zhichu' ? f.random.money(70_000, 25_000, 45_000) : f.random.money(18_000, 12_000, 2000)
    standing(means(f, { assets: f.random.money(9000, 8000), medical, education: 1500 * n }), { tier })
  }

const singleParent =
  (tier: 'dibao' | 'dibian' | 'none', perHead: number): Kind =>
  f => {
    const n = f.random.weighted([
      [7, 1],
      [3, 2],
    ])
    const head = working(
      f,
      f.add({ age: [28, 52], sex: f.random.chance(0.7) ? 'female' : 'male', relation: '02' }),
      share(f, perHead * (0.8 + f.random.next() * 0.35), 1 + n),
    )
    head.say('declared', '导服员登记', { maritalStatus: f.random.chance(0.6) ? 'divorced' : 'widowed' })
    children(f, n)
    standing(
      means(f, { assets: f.random.money(8000, 7000), medical: f.random.money(1500, 1500), education: 2000 * n }),
      { tier },
    )
  }

const left: Kind = f => {
  const n = f.random.int(0, 2)
  working(f, f.add({ age: [30, 58], sex: 'male', relation: '02' }), share(f, 2.1 + f.random.next(), 2 + n))
  atHome(f, f.add({ age: [28, 56], sex: 'female', relation: '12' }))
  children(f, n)
  standing(
    means(f, { assets: f.random.money(20_000, 15_000), medical: f.random.money(3000, 3000), education: 1500 * n }),
    {
      tier: 'none',
      left: f.random.int(0, 11),
    },
  )
}

const outOfWork: Kind = f => {
  const man = f.random.chance(0.6)
  const months = f.random.int(2, 30)
  const head = f.add({ age: man ? [45, 59] : [42, 54], sex: man ? 'male' : 'female', relation: '02' })
  jobless(f, head, months, months >= 12 || f.random.chance(0.45))
  if (f.random.chance(0.7))
    working(
      f,
      f.add({ age: [40, 57], sex: man ? 'female' : 'male', relation: man ? '12' : '11' }),
      share(f, 2 + f.random.next() * 2, 2),
    )
  if (f.random.chance(0.5)) children(f, 1)
  standing(
    means(f, {
      assets: f.random.money(30_000, 25_000),
      medical: f.random.money(2000, 2500),
      cars: f.random.chance(0.2) ? 1 : 0,
    }),
    { tier: 'none' },
  )
}

const farmers =
  (formerPoor: boolean): Kind =>
  f => {
    const n = f.random.int(0, 2)
    farming(f, f.add({ age: [40, 59], sex: 'male', relation: '02' }), share(f, 2.3 + f.random.next(), 3 + n))
    if (f.random.chance(0.6)) farming(f, f.add({ age: [38, 59], sex: 'female', relation: '12' }), share(f, 0.6, 1))
    else atHome(f, f.add({ age: [38, 59], sex: 'female', relation: '12' }))
    children(f, n)
    if (f.random.chance(0.3)) retired(f, f.add({ age: [64, 88], sex: 'female', relation: '52' }))
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
  retired(
    f,
    f.add({ age: [66, 92], relation: '02', sex: f.random.chance(0.6) ? 'female' : 'male' }),
    f.random.money(1600, 1200, 300),
  )
  aloneNow(f, 'widowed')
  standing(
    means(f, {
      assets: f.random.chance(0.92) ? savings(f, 1) : f.random.money(9000, 8000),
      medical: f.random.money(2500, 2500),
    }),
    { tier: 'none' },
  )
}

const orphan: Kind = f => {
  retired(f, f.add({ age: [60, 76], sex: 'male', relation: '02' }), 320)
  retired(f, f.add({ age: [58, 74], sex: 'female', relation: '12' }), 300)
  const child = young(f, f.add({ age: [5, 16], relation: '40' }))
  const both = f.random.chance(0.3)
  child.say('feed', '民政', {
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
  [6, left],
  [8, singleParent('none', 1.7)],
  [10, withDisabled('none', 1.6)],
  [16, outOfWork],
  [7, farmers(false)],
  [5, farmers(true)],
  [5, elderAlone],
  [1, orphan],
]
