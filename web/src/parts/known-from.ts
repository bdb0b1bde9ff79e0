import type { Words } from '@zhulian/kernel'
import { formatDay } from '../platform/format.ts'
import { useLanguage, useMarks, useSaid } from '../platform/words.ts'

interface Source {
  readonly words: Words
  readonly on: string
}

/** From whom something is known, each with its day, in a line: 家庭说的 · 9月26日；民政的数据 · 8月1日. */
export function useKnownFrom(): (sources: readonly Source[]) => string {
  const said = useSaid()
  const language = useLanguage()
  const { semicolon } = useMarks()
  return sources => sources.map(source => `${said(source.words)} · ${formatDay(source.on, language)}`).join(semicolon)
}
