/**
 * A condition as a person builds it: groups of lines, all or any of which must hold, and groups about the members of a
 * list. It is another writing of the same tree: what cannot be built stands in it as a line of text, never lost.
 */
export interface Group {
  readonly kind: 'group'
  readonly join: 'all' | 'any'
  readonly not: boolean
  readonly parts: readonly Part[]
}

/** `fact | comparison | value`. Value is an expression as written; empty for `is` and `isNot`, which are about a yes or no. */
export interface Line {
  readonly kind: 'line'
  readonly fact: string
  readonly sign: Sign
  readonly value: string
}

/** Of somebody (`exists`), or of everybody (`all`) of a list; `as` is how one of them is called inside. */
export interface Members {
  readonly kind: 'members'
  readonly list: string
  readonly how: 'exists' | 'all'
  readonly as: string
  readonly not: boolean
  readonly part: Part
}

export interface TextLine {
  readonly kind: 'text'
  readonly text: string
}

export type Part = Group | Line | Members | TextLine

export const signs = ['is', 'isNot', '==', '!=', '<', '<=', '>', '>=', 'in'] as const
export type Sign = (typeof signs)[number]

/** The condition as text; a group on top has a line of its own for each part. A group of nothing holds (all) or fails (any). */
export function textOf(group: Group): string {
  if (group.not || group.parts.length === 0) return written(group, false)
  return group.parts.map(part => written(part, group.parts.length > 1)).join(`\n${joins[group.join]} `)
}

const joins = { all: '&&', any: '||' } as const

function written(part: Part, inside: boolean): string {
  switch (part.kind) {
    case 'text':
      return inside && !/^[\w.]+\([^()]*\)$/.test(part.text) ? `(${part.text})` : part.text
    case 'line':
      if (part.sign === 'is') return part.fact
      return part.sign === 'isNot' ? `!${part.fact}` : `${part.fact} ${part.sign} ${part.value}`
    case 'members':
      return `${part.not ? '!' : ''}${part.list}.${part.how}(${part.as}, ${written(part.part, false)})`
    case 'group': {
      if (part.parts.length === 0) return String((part.join === 'all') !== part.not)
      const text = part.parts.map(p => written(p, part.parts.length > 1 || part.not)).join(` ${joins[part.join]} `)
      return part.not ? `!(${text})` : inside && part.parts.length > 1 ? `(${text})` : text
    }
  }
}
