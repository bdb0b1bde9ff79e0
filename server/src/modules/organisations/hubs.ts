import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { wordsSchema, z } from '@zhulian/kernel/contract'
import { parse } from 'yaml'
import { readConfig } from '../../platform/config.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { SetupProblem } from '../../platform/setup-problem.ts'
import { placesOf } from '../registry/index.ts'

const hubSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-zA-Z0-9-]{1,39}$/),
  kind: z.enum(['core', 'wing', 'special']),
  seat: z.string().regex(/^\d{9}$/),
  name: wordsSchema,
  about: wordsSchema,
  townships: z.array(z.string().regex(/^\d{9}$/)).min(1),
  provenance: z.array(z.string()),
})
export type Hub = z.infer<typeof hubSchema>

/** What is wrong with hubs and the townships they serve; nothing: every township is served by one hub. */
export function hubFaults(hubs: readonly Hub[], townships: readonly string[]): string[] {
  const served = new Map<string, string[]>()
  for (const hub of hubs) for (const code of hub.townships) served.set(code, [...(served.get(code) ?? []), hub.id])
  return [
    ...hubs.filter((hub, i) => hubs.findIndex(h => h.id === hub.id) < i).map(hub => `${hub.id} twice`),
    ...hubs.filter(hub => !hub.townships.includes(hub.seat)).map(hub => `${hub.id}: ${hub.seat} is not its own`),
    ...(hubs.filter(hub => hub.kind === 'core').length === 1 ? [] : ['one core']),
    ...townships.filter(code => !served.has(code)).map(code => `${code} by none`),
    ...[...served].flatMap(([code, by]) =>
      !townships.includes(code) ? [`${code} is no township`] : by.length > 1 ? [`${code} by ${by.join(', ')}`] : [],
    ),
  ]
}

let known: readonly Hub[] = []

/** As the district ships them; of another district none. */
export const hubsOf = (ctx: Pick<Ctx, 'district'>): readonly Hub[] =>
  known.filter(hub => hub.seat.startsWith(ctx.district))

export const hubOf = (ctx: Pick<Ctx, 'district'>, township: string): Hub | undefined =>
  hubsOf(ctx).find(hub => hub.townships.includes(township.slice(0, 9)))

/**
 * Reads which hub serves which township. A district without the file has no hubs.
 * @throws SetupProblem where a township is served by none or by two
 */
export async function openHubs(ctx: Ctx): Promise<void> {
  const file = path.join(readConfig().shippedDir, 'hubs.yaml')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  const read = z.array(hubSchema).safeParse(parse(text))
  const hubs = read.success ? read.data.filter(hub => hub.seat.startsWith(ctx.district)) : []
  const townships = [...(await placesOf(ctx)).keys()].filter(code => code.length === 9)
  const faults = read.success
    ? hubs.length > 0
      ? hubFaults(hubs, townships)
      : []
    : read.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`)
  if (faults.length > 0)
    throw new SetupProblem({
      zh: `hubs.yaml 不对：每个镇街要正好归一个助联体。${faults.slice(0, 5).join('；')}`,
      en: `hubs.yaml is not right: every township is served by exactly one hub. ${faults.slice(0, 5).join('; ')}`,
    })
  known = [...known.filter(hub => !hub.seat.startsWith(ctx.district)), ...hubs]
}
