export interface PoolsTables {
  'pools.document': DocumentRow
  'pools.version': VersionRow
}

/** One document by the hash of what it says, such as a policy as it stood. */
export interface DocumentRow {
  district: string
  kind: string
  hash: string
  document: unknown
  stored_at: Date
}

export interface VersionRow {
  district: string
  /** The hash of the manifest. */
  id: string
  /** Kind to hashes, in their order. */
  manifest: Record<string, string[]>
  loaded_at: Date
}
