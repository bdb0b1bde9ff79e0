/** A name of what townships lie in: `level` says how far out, from the outside inwards; a unit has a row for each name and code it had. */
export interface NameAbove {
  readonly level: 'province' | 'city' | 'district'
  readonly code: string
  readonly name: string
}

/** What addresses and identity numbers say of the district that lists are of. */
export interface District {
  /** What stands before a township in an address, from the outside inwards, each under all its names. */
  readonly above: readonly (readonly string[])[]
  /** Codes identity numbers of people from here begin with: those in force and those before. */
  readonly homeCodes: readonly string[]
}

const levels = ['province', 'city', 'district'] as const

/** @example districtOf([{ level: 'district', code: '330111', name: '富阳区' }, { level: 'district', code: '330183', name: '富阳市' }]) */
export function districtOf(names: readonly NameAbove[]): District {
  const of = (level: NameAbove['level']) => names.filter(n => n.level === level)
  return {
    above: levels.map(level => of(level).map(n => n.name)).filter(all => all.length > 0),
    homeCodes: [...new Set(of('district').map(n => n.code))],
  }
}

/** A district nothing is known of. */
export const nowhere: District = { above: [], homeCodes: [] }

const kind = /(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|区|县|旗|盟)$/

/** Cuts off what says in which country, province, city and district an address is, with or without the kind of each. */
export function aboveTownship(above: District['above']): (address: string) => string {
  const either = (names: readonly string[]) =>
    [...new Set(names.flatMap(name => [name, name.replace(kind, '')]))]
      .filter(name => name.length > 1)
      .toSorted((a, b) => b.length - a.length)
      .map(name => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
      .join('|')
  const steps = above.map(names => `(?:${either(names)})?`)
  const pattern = new RegExp(`^(?:中国)?${steps.join('')}`)
  return address => address.replace(pattern, '')
}
