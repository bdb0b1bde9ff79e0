import type { Tone } from '../../parts/tag.tsx'
import type { Result } from '../../platform/api.ts'
import { formatYuan } from '../../platform/format.ts'

export type Project = Result<'GET /projects/:projectId'>

export const toneOf: Readonly<Record<Project['state'], Tone>> = {
  draft: 'plain',
  callOpen: 'ochre',
  contracted: 'dusk',
  running: 'river',
  ended: 'line',
  evaluated: 'line',
  settled: 'hill',
  archived: 'plain',
}

export const yuan = (fen: number): string => formatYuan(fen / 100)
