import { idCheckCharacter } from '@zhulian/kernel'
import { randomOf } from '../src/random.ts'
import { type People, peopleOf, type Person } from '../src/people.ts'

// People who do not exist, in families with twins, adopted children, grandparents and namesakes in the same village, and a feed
// written as hospitals and bureaus write it: sounds alike, characters that look alike, numbers of a relative, of a parent, cut,
// masked, with the codes the district had before. Numbers are drawn anew: none is looked up anywhere.

const surnames = '李王张陈徐孙朱章俞蒋何方骆汪裘陆邵倪盛姚华羊夏周吴郑钱沈金叶'
const rareSurnames = ['单', '仇', '解', '区', '查', '曾', '欧阳', '诸葛']
const male = '建国志明海根荣祥福林军伟杰峰涛斌浩宇轩泽辰卫东春水土法金富关校柏松庆良永兴'
const female = '秀英芳娟丽霞玲红梅燕萍琴凤香月莲珍玉美珠菊仙妹雅慧婷雪洁倩颖怡诗佳梦涵雨欣萱'
const soundAlike = [
  '建健剑',
  '国果',
  '志智治',
  '明铭鸣',
  '海亥',
  '军君钧',
  '伟玮炜',
  '峰锋丰',
  '斌彬宾',
  '浩皓昊',
  '英瑛樱',
  '芳方坊',
  '娟鹃',
  '丽莉俐',
  '霞侠',
  '玲铃琳',
  '红洪宏虹',
  '梅美妹',
  '燕艳彦',
  '琴芹勤',
  '凤奉',
  '玉钰裕',
  '珠竹朱',
  '菊局',
  '雪学',
  '婷亭廷',
  '佳嘉家',
  '雨羽宇',
  '欣新心',
  '章张彰',
  '俞余于',
  '裘邱仇',
  '徐许',
  '陆路鲁',
  '汪王',
  '程陈成',
  '倪尼',
  '姚尧',
]
const lookAlike = [
  '未末',
  '己已',
  '土士',
  '日曰',
  '明朋',
  '根恨',
  '祥详',
  '珠株',
  '俞愈',
  '汪江',
  '陈阵',
  '裘袭',
  '柏伯',
  '法洁',
]
const oldCodes = ['330123', '330183', '330111']
const otherCodes = ['330122', '330125', '330621', '341022', '522627', '362329', '411527']

export interface MadeUpLists {
  readonly left: People
  readonly right: People
  /** Row of the left list → row of the right one. */
  readonly truth: ReadonlyMap<number, number>
}
export interface Village {
  readonly township: string
  readonly name: string
}

const someVillages: readonly Village[] = [
  '新登镇 大山村',
  '新登镇 双塔村',
  '银湖街道 唐家坞村',
  '场口镇 上村村',
  '常绿镇 黄弹村',
  '渌渚镇 新港村',
].map(text => {
  const [township = '', name = ''] = text.split(' ')
  return { township, name }
})

interface Being extends Record<string, string | number> {
  readonly name: string
  readonly sex: string
  readonly birth: string
  readonly idNumber: string
  readonly phone: string
  readonly household: number
  readonly township: string
  readonly village: string
  readonly group: number
  readonly house: number
}

export function madeUpChinese({
  people,
  feed,
  seed,
  villages = someVillages,
}: {
  people: number
  feed: number
  seed: number
  villages?: readonly Village[]
}): MadeUpLists {
  const random = randomOf(seed)
  const chance = (p: number) => random() < p
  const int = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const pick = <T>(from: ArrayLike<T>): T => from[int(0, from.length - 1)] as T
  const common = (from: string): string => from[Math.floor(from.length * random() ** 1.6)] ?? ''
  const surname = () => (chance(0.03) ? pick(rareSurnames) : common(surnames))
  const given = (sex: string, length: number) =>
    Array.from({ length }, () => common(sex === '男' ? male : female)).join('')
  const digits = (n: number, width: number) => String(n).padStart(width, '0')
  const birthOf = (year: number) => `${year}${digits(int(1, 12), 2)}${digits(int(1, 28), 2)}`
  const numberOf = (birth: string, sex: string) => {
    const year = Number(birth.slice(0, 4))
    const code = chance(0.15) ? pick(otherCodes) : (oldCodes[year < 1994 ? 0 : year < 2015 ? 1 : 2] ?? '')
    const first = `${code}${birth}${digits(int(0, 499) * 2 + (sex === '男' ? 1 : 0), 3)}`
    return first + idCheckCharacter(first)
  }
  const phoneOf = () => `1${pick(['38', '39', '58', '87', '35', '50', '77', '99'])}${digits(int(0, 99_999_999), 8)}`
  const registry: Being[] = []
  for (let household = 1; registry.length < people; household++) {
    const { township, name: village } = pick(villages)
    const home = { household, township, village, group: int(1, 18), house: int(1, 90) }
    const [father, phone, headYear] = [surname(), phoneOf(), int(1935, 1988)]
    const add = (name: string, sex: string, birth: string) =>
      registry.push({
        name,
        sex,
        birth,
        idNumber: numberOf(birth, sex),
        phone: chance(0.6) ? phone : phoneOf(),
        ...home,
      })
    const head = chance(0.7) ? '男' : '女'
    add(father + given(head, chance(0.25) ? 1 : 2), head, birthOf(headYear))
    if (chance(0.7)) {
      const sex = head === '男' ? '女' : '男'
      add(surname() + given(sex, 2), sex, birthOf(headYear + int(-5, 5)))
    }
    const generation = common(male)
    let birth = birthOf(Math.min(2020, headYear + int(21, 36)))
    for (let child = pick([0, 0, 1, 1, 2, 3]); child > 0; child--) {
      const sex = pick(['男', '女'])
      const isTwin = chance(0.04)
      add(
        (chance(0.05) ? surname() : father) +
          (chance(0.4) ? generation + given(sex, 1) : given(sex, chance(0.1) ? 1 : 2)),
        sex,
        birth,
      )
      if (isTwin) add(father + generation + given(sex, 1), sex, birth)
      birth = birthOf(Math.min(2021, Number(birth.slice(0, 4)) + int(1, 5)))
    }
    if (chance(0.15)) add(father + given('男', 2), '男', birthOf(headYear - int(20, 30)))
  }
  registry.length = people
  const households = Map.groupBy(registry, p => p.household)
  const put = (text: string, at: number, letter: string) => text.slice(0, at) + letter + text.slice(at + 1)
  const swapIn = (groups: readonly string[], letter: string) => {
    const others = [...(groups.find(g => g.includes(letter)) ?? '')].filter(c => c !== letter)
    return others.length > 0 ? pick(others) : letter
  }
  const writeName = (name: string) => {
    const [r, at] = [random(), int(0, name.length - 1)]
    if (r < 0.8) return name
    if (r < 0.88) return put(name, at, swapIn(soundAlike, name[at] ?? ''))
    if (r < 0.92) return put(name, at, swapIn(lookAlike, name[at] ?? ''))
    if (r < 0.94 && name.length > 2) return `${name[0]}${name[2]}${name[1]}`
    if (r < 0.96) return `${name[0]}*${name.slice(2)}`
    if (r < 0.98) return ` ${name[0]} ${name.slice(1)}（本人）`
    return r < 0.99 ? put(name, name.length - 1, pick(male)) : ''
  }
  const writeBirth = (birth: string) => {
    const r = random()
    const [y, m, d] = [birth.slice(0, 4), birth.slice(4, 6), birth.slice(6)]
    if (r < 0.5) return birth
    if (r < 0.8) return `${y}-${m}-${d}`
    if (r < 0.86) return `${y}年${Number(m)}月${Number(d)}日`
    if (r < 0.89) return `${y}-01-01`
    if (r < 0.91) return `${y}${d}${m}`
    if (r < 0.94) return put(birth, int(2, 7), String(int(0, 9)))
    return r < 0.96 ? y : r < 0.98 ? `${Number(y) + pick([-1, 1])}${m}${d}` : ''
  }
  const writeNumber = (p: Being) => {
    const n = p.idNumber
    const r = random()
    if (r < 0.55) return n
    if (r < 0.7) return ''
    if (r < 0.76) return put(n, int(6, 16), String(int(0, 9)))
    if (r < 0.8) return `${n.slice(0, 6)}********${n.slice(14)}`
    if (r < 0.84) return Number(p.birth.slice(0, 4)) < 2000 ? n.slice(0, 6) + n.slice(8, 17) : n
    if (r < 0.87) return put(n.slice(0, 17), 0, n[0] ?? '')
    if (r < 0.9) {
      const first = pick(oldCodes) + n.slice(6, 17)
      return first + idCheckCharacter(first)
    }
    if (r < 0.93) return `${n.slice(0, 14)} ${n.slice(14).toLowerCase()}`
    const relative = households.get(p.household)?.find(o => o !== p)
    return r < 0.97 && relative ? relative.idNumber : '3.30123E+17'
  }
  const writeAddress = (p: Being) => {
    const r = random()
    const short = p.township.replace(/(镇|乡|街道)$/, '')
    if (r < 0.3) return `浙江省杭州市富阳区${p.township}${p.village}${p.group}组${p.house}号`
    if (r < 0.5) return `${short}${p.village}${p.house}号`
    if (r < 0.65) return `富阳市${p.township}${p.village.replace(/村$/, '')}${p.group}-${p.house}`
    if (r < 0.8) return `${p.township}${p.village}`
    return r < 0.9 ? `富春街道花园路${int(1, 300)}号` : ''
  }
  const written = (p: Being, id: number): Person => ({
    id: `F${id}`,
    name: writeName(p.name),
    sex: chance(0.97) ? p.sex : p.sex === '男' ? '女' : '男',
    birthDate: writeBirth(p.birth),
    idNumber: writeNumber(p),
    phone: chance(0.6) ? p.phone : chance(0.5) ? '' : phoneOf(),
    address: writeAddress(p),
  })
  const truth = new Map<number, number>()
  const used = new Set<number>()
  const rows: Person[] = []
  for (let row = 0; row < feed; row++) {
    const at = int(0, people - 1)
    const known = registry[at] as Being
    if (chance(0.5) && !used.has(at)) {
      used.add(at)
      truth.set(row, at)
      rows.push(written(known, row))
      continue
    }
    const sex = pick(['男', '女'])
    const birth = birthOf(int(1938, 2012))
    const name = (chance(0.3) ? (known.name[0] ?? '') : surname()) + given(sex, chance(0.2) ? 1 : 2)
    const person = { name, sex, birth, idNumber: numberOf(birth, sex), phone: chance(0.4) ? known.phone : phoneOf() }
    // An unregistered relative at a registered address, or somebody from elsewhere; never in the registry under its own name.
    rows.push(
      written(
        chance(0.35)
          ? { ...known, ...person }
          : {
              ...known,
              ...person,
              phone: phoneOf(),
              ...pick(villages),
              village: pick(villages).name,
              house: int(1, 90),
              household: -row,
            },
        row,
      ),
    )
  }
  const right = registry.map((p, at) => ({
    id: `P${at}`,
    name: p.name,
    sex: p.sex,
    birthDate: p.birth,
    idNumber: p.idNumber,
    phone: p.phone,
    address: `浙江省杭州市富阳区${p.township}${p.village}${p.group}组${p.house}号`,
    household: String(p.household),
  }))
  return { left: peopleOf(rows), right: peopleOf(right), truth }
}
