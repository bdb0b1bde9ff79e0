import type { Ctx } from '../../platform/ctx.ts'
import { placesOf } from '../registry/index.ts'
import type { Places } from './read-row.ts'

/** 青龙村委会, 青龙村 and 青龙 are one; so are 常绿镇 and 常绿. */
const plain = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/(村民委员会|居民委员会|村委会|居委会|社区居委会)$/, kind => (kind.startsWith('村') ? '村' : '社区'))
const stem = (name: string) => plain(name).replace(/(社区|村|街道|镇|乡)$/, '')

export async function placeFinder(ctx: Ctx): Promise<Places> {
  const villages = [...(await placesOf(ctx))].filter(([code]) => code.length === 12)
  const codes = new Set(villages.map(([code]) => code))
  const byName = Map.groupBy(villages, ([, v]) => plain(v.name))
  const byStem = Map.groupBy(villages, ([, v]) => stem(v.name))
  return {
    has: code => codes.has(code),
    find(village, township) {
      const inTownship = (found: typeof villages) =>
        found.filter(([, v]) => township === undefined || stem(v.township) === stem(township)).map(([code]) => code)
      const exact = inTownship(byName.get(plain(village)) ?? [])
      return exact.length > 0 ? exact : inTownship(byStem.get(stem(village)) ?? [])
    },
  }
}
