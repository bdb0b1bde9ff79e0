import type { Day, Id } from '@zhulian/kernel'
import { tablesOf } from '../../platform/ctx.ts'
import type { RecordKind } from './record.ts'

export interface RecordRow {
  district: string
  id: Id
  /** Whose chain it stands in: as it was written, whatever became of the household. */
  household_id: Id
  turn: number
  home_id: Id
  division: string
  elsewhere: boolean
  careful: boolean
  for_handlers: boolean
  minor_until: Day | null
  kind: RecordKind
  need_id: Id | null
  project_id: Id | null
  person_id: Id | null
  source_kind: string
  source_id: Id
  item: string | null
  on_day: Day
  at: Date
  by_id: Id
  by_name: string
  by_role: string
  sealed_fields: Buffer
  before: Buffer
  seal: Buffer
}

interface ChainRow {
  district: string
  household_id: Id
  turn: number
  seal: Buffer
}

interface AnchorRow {
  district: string
  /** Counted from one. */
  night: number
  on_day: Day
  at: Date
  chains: number
  before: Buffer
  mark: Buffer
}

interface MergedTrackRow {
  district: string
  merge_id: Id
  household_id: Id
  home_id: Id
  village: string
  elsewhere: boolean
  moved_at: Date
  put_back_at: Date | null
}

export interface TrackTables {
  'track.record': RecordRow
  'track.chain': ChainRow
  'track.anchor': AnchorRow
  'track.anchored': { district: string; on_day: Day; household_id: Id; turn: number; seal: Buffer }
  'track.merged_track': MergedTrackRow
}

export const track = tablesOf<TrackTables>()
