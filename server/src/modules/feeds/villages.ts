import type { Places } from './read-row.ts'

/** A village with its code, and the township it lies in. */
export type Village = readonly [code: string, place: { readonly name: string; readonly township: string }]

/** 青龙村委会, 青龙村 and 青龙 are one; so are 常绿镇 and 常绿. */
const plain = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/(村民委员会|居民委员会|村委会|居委会|社区居委会)$/, kind => (kind.startsWith('村') ? '村' : '社区'))
const stem = (name: string) => plain(name).replace(/(社区|村|街道|镇|乡)$/, '')

const mostKnown = 5000

/** Looks villages up by code or name. */
export function placesAmong(villages: readonly Village[]): Places {
  const codes = new Set(villages.map(([code]) => code))
  const byName = Map.groupBy(villages, ([, v]) => plain(v.name))
  const byStem = Map.groupBy(villages, ([, v]) => stem(v.name))
  const lookUp = (village: string, township: string | undefined): readonly string[] => {
    const inTownship = (found: readonly Village[]) =>
      found.filter(([, v]) => township === undefined || stem(v.township) === stem(township)).map(([code]) => code)
    const exact = inTownship(byName.get(plain(village)) ?? [])
    return exact.length > 0 ? exact : inTownship(byStem.get(stem(village)) ?? [])
  }
  // A file names the same few hundred places thousands of times.
  const known = new Map<string, readonly string[]>()
  return {
    has: code => codes.has(code),
    find(village, township) {
      const key = `${township ?? ''} ${village}`
      let found = known.get(key)
      if (!found) {
        found = lookUp(village, township)
        if (known.size < mostKnown) known.set(key, found)
      }
      return found
    },
  }
}
