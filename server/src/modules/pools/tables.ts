import type { ColumnType } from 'kysely'

/** Written as text, read as the platform reads columns. */
type Json<T> = ColumnType<T, string, never>

export interface PoolsTables {
  'pools.document': DocumentRow
  'pools.version': VersionRow
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

/** Kind to the hashes of its documents, in their order. */
export type Manifest = Readonly<Record<string, readonly string[]>>
