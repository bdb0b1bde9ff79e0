/** Other figures by the name of the parameter; those in force are left out. */
export type Variant = Readonly<Record<string, number>>

/** In an address, sorted, so that equal variants read equal: `dibaoStandard-1216_dibianMultiple-1.8`. No names, nothing of a person. */
export const written = (variant: Variant): string =>
  Object.entries(variant)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}-${value}`)
    .join('_')

/** The figures {@link written} wrote, in their order; what is none is left out. */
export const figuresIn = (text: string): readonly (readonly [name: string, value: number])[] =>
  text.split('_').flatMap(part => {
    const [, name = '', figure = ''] = /^([A-Za-z][A-Za-z0-9.]*)-(\d+(?:\.\d+)?)$/.exec(part) ?? []
    return figure !== '' && Number(figure) <= mostFigure ? [[name, Number(figure)] as const] : []
  })

/** Reads what {@link written} wrote; what is no figure of `known` is left out. */
export const readVariant = (text: string | undefined, known: ReadonlySet<string>): Variant =>
  Object.fromEntries(figuresIn(text ?? '').filter(([name]) => known.has(name)))

export const mostFigure = 1e9
const between = '*'
export const mostPinned = 5

export const writtenPins = (pins: readonly Variant[]): string => pins.map(written).join(between)
export const readPins = (text: string | undefined, known: ReadonlySet<string>): Variant[] =>
  text === undefined
    ? []
    : text
        .split(between)
        .map(one => readVariant(one, known))
        .filter((one, i, all) => written(one) !== '' && all.findIndex(other => written(other) === written(one)) === i)
        .slice(0, mostPinned)

/** The variant with one figure more, or without it where it is the one in force. */
export function withFigure(variant: Variant, name: string, value: number, inForce: number): Variant {
  const { [name]: _, ...others } = variant
  return value === inForce ? others : { ...others, [name]: value }
}

/** Steps are counted from the figure in force, so that one always finds back to it. */
export const stepped = (value: number, by: number, step: number, { min, max }: { min: number; max: number }): number =>
  Math.min(max, Math.max(min, tidy(value + by * step)))

export const nearestStep = (value: number, inForce: number, step: number): number =>
  tidy(inForce + Math.round((value - inForce) / step) * step)

const tidy = (value: number) => Math.round(value * 1e6) / 1e6
