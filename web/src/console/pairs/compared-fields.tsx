import type { Words } from '@zhulian/kernel'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { useSaid } from '../../platform/words.ts'
import { usePairsWords } from './words/index.ts'
import type { PairsWords } from './words/zh.ts'
import './pairs.css'

export interface ComparedField {
  readonly key: string
  readonly words: Words
  readonly level: Words | null
  readonly weight: number
}

/** How much a weight in bits says: each bit makes one person twice as likely. */
export function strengthOf(weight: number): keyof PairsWords['weights'] {
  const size = Math.abs(weight)
  if (size < 0.5) return 'none'
  const step = size < 2 ? 'slight' : size < 6 ? '' : 'strong'
  const side = weight > 0 ? 'For' : 'Against'
  return step === '' ? (side === 'For' ? 'for' : 'against') : `${step}${side}`
}

const tones: Record<keyof PairsWords['weights'], Tone> = {
  strongFor: 'hill',
  for: 'hill',
  slightFor: 'plain',
  none: 'plain',
  slightAgainst: 'plain',
  against: 'ochre',
  strongAgainst: 'seal',
}

/** What a field weighs, in words. */
export function Weight({ field }: { readonly field: ComparedField }) {
  const words = usePairsWords()
  if (field.level === null) return <span className="second">{words.nothing}</span>
  const strength = strengthOf(field.weight)
  return <Tag tone={tones[strength]}>{words.weights[strength]}</Tag>
}

/** Each thing two people were compared by, with its weight in words. */
export function ComparedFields({ fields }: { readonly fields: readonly ComparedField[] }) {
  const words = usePairsWords()
  const said = useSaid()
  return (
    <ul className="compared" aria-label={words.fields}>
      {fields.map(field => (
        <li key={field.key}>
          <span>{said(field.words)}</span>
          {field.level && <span>{said(field.level)}</span>}
          <Weight field={field} />
        </li>
      ))}
    </ul>
  )
}
