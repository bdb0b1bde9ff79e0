import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { fileAt } from '../../../platform/incoming-file.ts'
import { type Cell, tableStream } from '../../../platform/table-file.ts'
import { findDelivery } from './kept-delivery.ts'
import { runRead } from './read-delivery.ts'
import { releaseDelivery } from './release.ts'
import { takeDelivery } from './take-delivery.ts'

/** A file that a bureau of the made-up district has sent, read and waiting. */
export interface WaitingDelivery {
  readonly source: string
  readonly name: string
  /** The header first. */
  readonly rows: Iterable<readonly Cell[]>
  /** Whether the officer has asked that it be released, and waits for a second person. */
  readonly isAsked: boolean
}

/** Hands a file in by the same use cases as a browser, as an officer of the district. */
export async function seedDelivery(machine: Ctx, officer: Id, made: WaitingDelivery): Promise<void> {
  const ctx: Ctx = { ...machine, actor: { ...machine.actor, account: officer } }
  const folder = await mkdtemp(path.join(tmpdir(), 'zhulian-demo-'))
  try {
    const at = path.join(folder, made.name)
    await pipeline(tableStream('csv', '名单', made.rows), createWriteStream(at))
    const { id } = await takeDelivery(ctx, { ...(await fileAt(at)), kind: 'csv' }, { source: made.source })
    await runRead(ctx, id)
    const isRead = (await findDelivery(ctx, id)).state === 'read'
    if (made.isAsked && isRead) await releaseDelivery(ctx, { params: { deliveryId: id }, query: {}, body: {} })
  } finally {
    await rm(folder, { recursive: true })
  }
}
