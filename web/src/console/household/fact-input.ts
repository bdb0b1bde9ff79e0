import type { FactKind } from './values.ts'

/** Facts somebody at the desk can write down: asked of people, not worked out, with one value. */
export const writable = (kind: FactKind): boolean => !kind.derived && kind.ask !== 'never' && kind.type !== 'list'

export type Trouble = 'value' | 'number'

/** What was typed, as the fact's type has it. A set is typed as its values, one a line. */
export function valueOf(kind: FactKind, typed: string): { value: unknown } | { trouble: Trouble } {
  const text = typed.trim()
  if (kind.type === 'set') {
    const chosen = text === '' ? [] : text.split('\n')
    return { value: kind.options.filter(option => chosen.includes(String(option.value))).map(option => option.value) }
  }
  if (text === '') return { trouble: 'value' }
  if (kind.type === 'boolean') return { value: text === 'true' }
  const option = kind.options.find(candidate => String(candidate.value) === text)
  if (option) return { value: option.value }
  if (kind.type === 'money' || kind.type === 'number' || kind.type === 'integer') {
    const number = Number(text.replaceAll(/[,，\s]/g, ''))
    return Number.isFinite(number) ? { value: number } : { trouble: 'number' }
  }
  return { value: text }
}
