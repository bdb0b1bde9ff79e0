import { Tag, type Tone } from '../../parts/tag.tsx'
import { useAlertWords } from './words/index.ts'

export const levels = ['red', 'orange', 'yellow', 'blue'] as const
export type Level = (typeof levels)[number]

const tones: Readonly<Record<Level, Tone>> = { red: 'seal', orange: 'ochre', yellow: 'dusk', blue: 'river' }

/** The level as a word in its colour, never the colour alone. */
export function LevelTag({ level }: { readonly level: Level }) {
  const words = useAlertWords()
  return (
    <Tag tone={tones[level]} {...(level === 'red' && { icon: 'warning' as const })}>
      {words.levels[level]}
    </Tag>
  )
}
