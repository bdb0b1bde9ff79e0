import type { PoolDocuments } from '@zhulian/rules'
import { contentHash } from './canonical.ts'
import type { Manifest } from './tables.ts'

/** A pool apart into documents by the hash of what each says, and the list that puts it together again. */
export interface Parted {
  readonly id: string
  readonly manifest: Manifest
  readonly documents: readonly { readonly kind: string; readonly hash: string; readonly document: unknown }[]
}

export function part(pool: PoolDocuments): Parted {
  const manifest: Record<string, string[]> = {}
  const documents = new Map<string, { kind: string; hash: string; document: unknown }>()
  for (const [kind, content] of Object.entries(pool)) {
    const all: readonly unknown[] = Array.isArray(content) ? content : [content]
    manifest[kind] = all.map(document => {
      const hash = contentHash(document)
      documents.set(`${kind} ${hash}`, { kind, hash, document })
      return hash
    })
  }
  return { id: contentHash(manifest), manifest, documents: [...documents.values()] }
}

const single = new Set(['circle', 'class', 'points'])

/** @throws Error when a document of the manifest is not there: the store is only ever added to, so this is a fault */
export function together(manifest: Manifest, find: (kind: string, hash: string) => unknown): PoolDocuments {
  const entries = Object.entries(manifest).map(([kind, hashes]) => {
    const all = hashes.map(hash => {
      const document = find(kind, hash)
      if (document === undefined) throw new Error(`a document of the pool is missing: ${kind} ${hash}`)
      return document
    })
    return [kind, single.has(kind) ? all[0] : all] as const
  })
  return Object.fromEntries(entries) as unknown as PoolDocuments
}
