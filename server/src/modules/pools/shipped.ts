import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readCasesFile, type Case } from '@zhulian/pool'
import type { PoolDocuments } from '@zhulian/rules'
import { readConfig } from '../../platform/config.ts'

/** Worked households by whose they are: a policy's id, or the file they stand in where they are nobody's own. */
export type CasesByOwner = ReadonlyMap<string, readonly Case[]>

let documents: PoolDocuments | undefined
let cases: Promise<CasesByOwner> | undefined

/** What the files say, as this process read them when it began. */
export function shippedPool(): PoolDocuments {
  if (!documents) throw new Error('the pools were not opened')
  return documents
}

export function rememberShipped(read: PoolDocuments): void {
  documents = read
  cases = undefined
}

/** The worked households in the files; read when they are first asked for. */
export function shippedCases(): Promise<CasesByOwner> {
  cases ??= readAll(shippedPool())
  return cases
}

async function readAll(pool: PoolDocuments): Promise<CasesByOwner> {
  const files = [
    ...pool.policies.map(p => [p.id, `policies/${p.slug}/cases.yaml`] as const),
    ...['policies/worked-households', 'services', 'circles', 'alerts'].map(f => [f, `${f}/cases.yaml`] as const),
  ]
  const { shippedDir } = readConfig()
  const entries = await Promise.all(
    files.map(async ([owner, file]) => {
      const text = await readFile(path.join(shippedDir, file), 'utf8').catch(() => '[]')
      const read = readCasesFile(text)
      if (!read.ok) throw new Error(`${file} is no file of worked households: ${read.problems[0]?.words.en ?? ''}`)
      return [owner, read.value] as const
    }),
  )
  return new Map(entries)
}
