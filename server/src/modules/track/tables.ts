import type { Day, Id } from '@zhulian/kernel'
import type { ColumnType, Selectable, Updateable } from 'kysely'
import { tablesOf } from '../../platform/ctx.ts'
import type { BrokenChain, RecordKind } from './record.ts'

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

export interface ChainRow {
  district: string
  household_id: Id
  /** 0 of a household that has no records and became part of another. */
  turn: number
  seal: Buffer
  /** Where it is read since a merge, with the place and whether from elsewhere; all three null at home. */
  home_id: Id | null
  village: string | null
  elsewhere: boolean | null
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

export interface MergedTrackRow {
  district: string
  merge_id: Id
  household_id: Id
  home_id: Id
  /** Null of a household that had no record then. */
  village: string | null
  elsewhere: boolean
  moved_at: Date
  put_back_at: Date | null
}

interface ProofTable {
  district: string
  id: Id
  state: 'running' | 'done' | 'failed'
  begun_at: Date
  begun_by: Id
  begun_name: string
  begun_role: string
  households: number
  chains: number
  records: number
  next_after: Id | null
  faults: number
  broken: ColumnType<readonly BrokenChain[], string, string>
  nights: number
  /** The first night whose mark does not hold. */
  first_wrong: Day | null
  newest_on: Day | null
  newest_mark: Buffer | null
  ended_at: Date | null
}

export type ProofChange = Updateable<ProofTable>
export type ProofRow = Selectable<ProofTable>

export interface TrackTables {
  'track.record': RecordRow
  'track.chain': ChainRow
  'track.anchor': AnchorRow
  'track.anchored': { district: string; on_day: Day; household_id: Id; turn: number; seal: Buffer }
  'track.merged_track': MergedTrackRow
  'track.proof': ProofTable
}

export const track = tablesOf<TrackTables>()
