import type { Id } from '@zhulian/kernel'
import type { ColumnType } from 'kysely'
import type { DraftState, RuleKind } from './workbench-contract.ts'

/** Written as text, read as the platform reads columns. */
type Json<T> = ColumnType<T, string, never>
/** As {@link Json}, and written again. */
type LiveJson<T> = ColumnType<T, string, string>

export interface PoolsTables {
  'pools.document': DocumentRow
  'pools.version': VersionRow
  'pools.use': UseRow
  'pools.draft': DraftTable
  'pools.publication': PublicationTable
}

/** One document by the hash of what it says, such as a policy as it stood. */
export interface DocumentRow {
  district: string
  kind: string
  hash: string
  document: Json<unknown>
  stored_at: Date
}

export interface VersionRow {
  district: string
  /** The hash of the manifest. */
  id: string
  manifest: Json<Manifest>
  loaded_at: Date
}

/** Which version came into use; the last turn is in use. */
export interface UseRow {
  district: string
  turn: number
  version: string
  since: Date
}

export interface DraftTable {
  district: string
  id: Id
  kind: RuleKind
  key: string
  /** Hash of the document it is compared with; null for a rule that is not in force yet. */
  based_on: string | null
  document: LiveJson<unknown>
  /** Worked households that it changes, by whose they are. */
  cases: LiveJson<Readonly<Record<string, readonly unknown[]>>>
  state: DraftState
  /** Everybody who wrote in it. */
  authors: Id[]
  author_name: string
  reviewer: Id | null
  reviewer_name: string | null
  version: number
  began_at: Date
  /** Turn of the last publication then; 0 before the first. */
  begun_after: number
  changed_at: Date
  note: string | null
}

export interface PublicationTable {
  district: string
  id: Id
  /** In the order of publishing. */
  turn: number
  kind: RuleKind
  key: string
  hash: string
  based_on: string | null
  /** Hash of the shipped document of that day. */
  shipped: string | null
  cases: Json<Readonly<Record<string, string>>>
  published_at: Date
  authors: Id[]
  author_name: string
  publisher: Id
  publisher_name: string
  note: string | null
}

/** Kind to the hashes of its documents, in their order. */
export type Manifest = Readonly<Record<string, readonly string[]>>
