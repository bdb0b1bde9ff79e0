import type { Words } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { noteAssessment, noteLink, noteService } from '../track/index.ts'
import { type Level, levelOfRole, type NeedStand } from './need.ts'
import type { NeedNote } from './kept-need.ts'
import { needTransitions } from './need-transitions.ts'
import type { NeedRow, NeedStepRow, WishesTables } from './tables.ts'

const wishes = tablesOf<WishesTables>()

/** Which steps of a need are a record of the family's track; all others are steps of the need alone. */
const kindOf: Partial<Record<NeedStepRow['step'], 'assessment' | 'link' | 'service'>> = {
  tell: 'assessment',
  screen: 'assessment',
  refer: 'link',
  design: 'link',
  match: 'link',
  claim: 'link',
  unclaim: 'link',
  assign: 'link',
  decline: 'link',
  start: 'service',
  suspend: 'service',
  resume: 'service',
  deliver: 'service',
  answered: 'service',
  confirm: 'service',
  dispute: 'service',
  redo: 'service',
  evaluate: 'service',
}

const levelWords: Readonly<Record<Level, Words>> = {
  village: { zh: '村级', en: 'village' },
  township: { zh: '镇街级', en: 'township' },
  district: { zh: '区级', en: 'district' },
}

/** Writes a step of a need on the track of its family, with the walls of the need. */
export async function noteOnTrack(
  ctx: Ctx,
  row: NeedRow,
  from: NeedStand | null,
  { step, note, by, project }: NeedNote,
): Promise<void> {
  const kind = kindOf[step]
  if (!kind) return
  const what = {
    household: row.household_id,
    division: row.division,
    person: row.person_id,
    need: row.id,
    project: project?.id,
    item: row.item,
    elsewhere: row.elsewhere,
    careful: row.careful,
    minorUntil: row.minor_until,
    source: { kind: 'need', id: row.id },
    by,
  }
  const told = { words: doneWords(step, from?.state ?? null, row.state), ...(note === undefined ? {} : { note }) }
  const level = levelWords[levelOfRole(ctx.actor.role) ?? row.level]
  if (kind === 'assessment')
    await noteAssessment(ctx, { ...what, fields: { ...told, ...(row.urgent ? { urgent: true } : {}) } })
  else if (kind === 'link') {
    const chosen =
      step !== 'match' ? undefined : row.resource_id !== null ? await resourceName(ctx, row) : project?.name
    await noteLink(ctx, { ...what, fields: { ...told, level, ...(chosen === undefined ? {} : { chosen }) } })
  } else {
    const rating = step === 'evaluate' && row.rating !== null ? { rating: row.rating } : {}
    await noteService(ctx, { ...what, fields: { ...told, ...rating } })
  }
}

async function resourceName(ctx: Ctx, { resource_id }: NeedRow): Promise<string | undefined> {
  const found = await wishes(ctx)
    .selectFrom('wishes.resource')
    .select('name')
    .where('district', '=', ctx.district)
    .where('id', '=', resource_id)
    .executeTakeFirst()
  return found?.name
}

/** The way it went: of one step there may be several. */
export function doneWords(step: NeedStepRow['step'], from: NeedRow['state'] | null, to: NeedRow['state']): Words {
  if (step === 'tell') return { zh: '提出了需要', en: 'told' }
  if (step === 'again') return { zh: '又有人说起', en: 'said again' }
  if (step === 'groundGone')
    return { zh: '说起它的来源撤回了，请再看一看', en: 'what told of it was taken back; to be looked at again' }
  if (step === 'overdue') return { zh: '超过了时限', en: 'ran past its time' }
  const ways = needTransitions.filter(t => t.step === step && from !== null && t.from.includes(from))
  return (ways.find(t => t.to === to) ?? ways[0])?.done ?? { zh: step, en: step }
}
