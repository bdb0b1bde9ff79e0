import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { usePartWords } from './words.ts'
import './tag.css'

export type Tone = 'river' | 'hill' | 'ochre' | 'seal' | 'dusk' | 'line' | 'plain'

/** A state in at most six characters: shape, word, colour. */
export const Tag = ({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: Tone
  readonly icon?: IconName
  readonly children: ReactNode
}) => (
  <span className={`tag ${tone}`}>
    {icon && <Icon name={icon} />}
    {children}
  </span>
)

/** An illustrative figure: dashed frame, one word, never left out. */
export function Example() {
  const words = usePartWords()
  return <span className="example">{words.example}</span>
}
