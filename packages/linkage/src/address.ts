import { aboveTownship, type District, nowhere } from './district.ts'

/** A township or village by its names: the one in force first, then what it was called before. */
export interface Place {
  readonly code: string
  readonly names: readonly string[]
  /** Of a village: the code of its township. */
  readonly within?: string
}

/** Where a text says somebody lives. 0 stands for what it does not say; numbers are meaningful within one {@link AddressBook}. */
export interface AddressReading {
  readonly township: number
  readonly village: number
  readonly group: number
  readonly house: string
}

export type AddressBook = (text: string) => AddressReading

const townshipKind = /(街道|镇|乡)$/
const villageKind = /(社区居委会|社区居民委员会|村民委员会|居民委员会|村委会|居委会|社区|村)$/

const bareTownship = (name: string) => name.replace(townshipKind, '')
const bareVillage = (name: string) => name.replace(villageKind, '')

/**
 * Reads addresses of one district: the longest name of a township wins, then the longest name of a village inside it; a village
 * without its township is taken only when its name is borne once. Old names of townships count as the present one.
 * Streets and compounds that are no village are kept by their text, so that two equal ones still agree.
 * @param places townships (without `within`) and villages
 * @param district what may stand before a township
 */
export function addressBook(places: readonly Place[], { above }: Pick<District, 'above'> = nowhere): AddressBook {
  const local = aboveTownship(above)
  const townships = places
    .filter(p => p.within === undefined)
    .flatMap(p => p.names.map(name => ({ code: p.code, name: bareTownship(name) })))
    .filter(t => t.name.length > 1)
    .toSorted((a, b) => b.name.length - a.name.length)
  const townshipNumber = new Map([...new Set(townships.map(t => t.code))].map((code, i) => [code, i + 1]))
  const villages = places
    .filter(p => p.within !== undefined)
    .flatMap((p, i) => p.names.map(name => ({ number: i + 1, within: p.within ?? '', name: bareVillage(name) })))
    .filter(v => v.name !== '')
    .toSorted((a, b) => b.name.length - a.name.length)
  const byTownship = Map.groupBy(villages, v => v.within)
  const owners = new Map<string, Set<number>>()
  for (const v of villages) owners.set(v.name, (owners.get(v.name) ?? new Set()).add(v.number))
  const once = villages.filter(v => owners.get(v.name)?.size === 1 && v.name.length > 1)
  const streets = new Map<string, number>()
  const streetNumber = (text: string) => {
    const known = streets.get(text)
    if (known !== undefined) return known
    const number = 1_000_000 + streets.size
    streets.set(text, number)
    return number
  }
  return text => {
    const written = text.normalize('NFKC').replace(/[\s,，。;；]/g, '')
    if (written === '') return { township: 0, village: 0, group: 0, house: '' }
    const here = local(written)
    const township = townships.find(t => here.startsWith(t.name)) ?? townships.find(t => here.includes(t.name))
    const rest = township ? afterTownship(here, township.name) : here
    const village =
      (township && findVillage(byTownship.get(township.code) ?? [], rest)) ??
      (township ? undefined : findVillage(once, rest))
    const code = township?.code ?? village?.within ?? ''
    const tail = village ? rest.slice(rest.indexOf(village.name) + village.name.length) : rest
    const { group, house } = numbersIn(tail)
    const street = village ? '' : streetIn(rest)
    return {
      township: townshipNumber.get(code) ?? 0,
      village: village?.number ?? (street.length > 1 ? streetNumber(street) : 0),
      group,
      house,
    }
  }
}

function afterTownship(local: string, name: string): string {
  const at = local.indexOf(name) + name.length
  const after = local.slice(at).replace(/^(街道|镇|乡)/, '')
  return after === '' || /^\d/.test(after) ? local.slice(at - name.length) : after
}

const findVillage = <V extends { readonly name: string }>(villages: readonly V[], rest: string): V | undefined =>
  villages.find(v => v.name.length > 1 && rest.startsWith(v.name)) ??
  villages.find(v => v.name.length > 1 && rest.includes(v.name)) ??
  villages.find(v => rest.startsWith(v.name))

/** 12组3号, 12-3, 3号, 幢 and 单元 of a compound run together. */
function numbersIn(tail: string): { group: number; house: string } {
  const grouped = /(\d+)(?:组|村民小组|队)(?:第?(\d+))?/.exec(tail) ?? /(\d+)[-—－](\d+)(?![-—－\d])/.exec(tail)
  if (grouped) return { group: Number(grouped[1]), house: grouped[2] ?? '' }
  const building = [...tail.matchAll(/\d+/g)].map(([n]) => n)
  if (/幢|栋|单元|室/.test(tail)) return { group: 0, house: building.join('-') }
  return { group: 0, house: building[0] ?? '' }
}

const streetIn = (rest: string): string => rest.replace(/\d.*$/, '').replace(villageKind, '')
