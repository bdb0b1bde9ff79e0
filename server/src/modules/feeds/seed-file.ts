import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Day, DivisionCode } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { fileAt } from '../../platform/incoming-file.ts'
import { type Cell, type TableFormat, tableStream } from '../../platform/table-file.ts'
import { applyFile, runApply } from './apply-file.ts'
import { checkFile, runCheck } from './check-file.ts'
import { takeFile } from './take-file.ts'

/** A file that an office of the made-up district has handed in. */
export interface MadeUpFile {
  readonly name: string
  readonly format: TableFormat
  /** The header first. */
  readonly rows: Iterable<readonly Cell[]>
  readonly origin: string
  readonly asOf: Day
  /** Whose it is: a township sees its own. */
  readonly scope: DivisionCode
  /** Otherwise it waits, checked, for somebody to look. */
  readonly applied: boolean
}

/** Hands a file in by the same use cases as a browser, as the machine's account. */
export async function seedFile(machine: Ctx, file: MadeUpFile): Promise<void> {
  const ctx: Ctx = { ...machine, actor: { ...machine.actor, scope: file.scope } }
  const { id } = await taken(ctx, file)
  const one = { params: { id }, query: {}, body: {} }
  await checkFile(ctx, one)
  await runCheck(ctx, id)
  if (!file.applied) return
  await applyFile(ctx, one)
  await runApply(ctx, id)
}

async function taken(ctx: Ctx, { name, format, rows, origin, asOf }: MadeUpFile) {
  const folder = await mkdtemp(path.join(tmpdir(), 'zhulian-demo-'))
  try {
    const at = path.join(folder, name)
    await pipeline(tableStream(format, '名单', rows), createWriteStream(at))
    return await takeFile(ctx, await fileAt(at), { origin, asOf })
  } finally {
    await rm(folder, { recursive: true })
  }
}
