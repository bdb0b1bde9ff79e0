import { type DivisionCode, newId, phoneDigits } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { handTo, heedBeside, mayTellGuide, screeningForCase } from '../guidance/index.ts'
import type { Colleague } from '../identity/index.ts'
import { nextDue, takeBackMs } from './case.ts'
import {
  alreadySubmitted,
  consentNeeded,
  noSuchVillage,
  type outreachContract,
  phoneNotFitting,
  submissionNotFound,
  tooLateToTakeBack,
} from './contract.ts'
import {
  masked,
  outreach,
  readCase,
  sealedName,
  sealedNote,
  sealedPhone,
  takeStep,
  tellMoved,
  writeStep,
} from './kept-case.ts'
import type { CaseRow } from './tables.ts'
import { servingIn } from './who-is-away.ts'

type Input = InputOf<(typeof outreachContract)['POST /screenings/:screeningId/submission']>

/** Hands one's own result to the guide of the village. Case, sharing and the message stand or fall together. */
export async function handIn(ctx: Ctx, { params, body }: Input) {
  const screening = await screeningForCase(ctx, params.screeningId)
  if (!screening.own || !(await mayTellGuide(ctx, screening.id))) throw consentNeeded()
  const before = await outreach(ctx)
    .selectFrom('outreach.submission')
    .select('id')
    .where('district', '=', ctx.district)
    .where('screening_id', '=', screening.id)
    .where('state', '=', 'handedIn')
    .executeTakeFirst()
  if (before) throw alreadySubmitted({ submission: before.id })
  const village = await villageNamed(ctx, body.village)
  const phone = phoneOf(body.phone)
  const at = ctx.now.getTime()
  const [id, caseId] = [newId(at), newId(at)]
  // Where a trained person has to look first, the village is not told.
  const calm = await heedBeside(ctx, screening.id, body.note)
  const careful = calm !== null || screening.careful
  const division = careful ? village.slice(0, 9) : village
  const serving = careful ? [] : await servingIn(ctx, village as DivisionCode)
  const townships = serving.length === 0
  const row: CaseRow = {
    district: ctx.district,
    id: caseId,
    division,
    village,
    account_id: ctx.actor.account,
    household_id: screening.household,
    screening_id: screening.id,
    submission_id: id,
    careful,
    state: 'new',
    version: 1,
    masked_name: masked(body.name),
    sealed_name: ctx.crypto.seal(sealedName, caseId, body.name),
    sealed_phone: phone === null ? null : ctx.crypto.seal(sealedPhone, caseId, phone),
    sealed_note: body.note === undefined ? null : ctx.crypto.seal(sealedNote, caseId, body.note),
    wants: wantsOf(screening.canApply, body.wants),
    needs: [...new Set(body.needs)],
    needs_heard_at: null,
    holder_id: null,
    holder_name: null,
    held_by: townships ? 'township' : 'village',
    due_on: nextDue('new', ctx.today, ctx.calendar),
    came_in_at: ctx.now,
    accepted_at: null,
    changed_at: ctx.now,
    closed_at: null,
    outcome: null,
    sealed_outcome_note: null,
    late_told_on: null,
  }
  await outreach(ctx).insertInto('outreach.case').values(row).execute()
  await writeStep(ctx, row, null, { step: 'handIn', to: 'new' })
  await outreach(ctx)
    .insertInto('outreach.submission')
    .values({
      district: ctx.district,
      id,
      screening_id: screening.id,
      case_id: caseId,
      account_id: ctx.actor.account,
      state: 'handedIn',
      handed_in_at: ctx.now,
      withdrawn_at: null,
    })
    .execute()
  await handTo(ctx, screening.id, division as DivisionCode)
  // Once it can be taken back no more: what is taken back leaves no need behind.
  await ctx.later('wishes.hear', { handedIn: caseId }, { after: new Date(at + takeBackMs), ifThere: true })
  ctx.about({ kind: 'case', id: caseId })
  ctx.tell({
    name: 'outreach.caseCameIn',
    to: { roles: townships ? ['townshipClerk'] : ['guide'], division },
    id: caseId,
  })
  return {
    id,
    case: caseId,
    canTakeBackUntil: new Date(at + takeBackMs).toISOString(),
    toldTo: toldTo(serving),
    calm,
  }
}

const wantsOf = (canApply: readonly { readonly id: string }[], chosen: readonly string[] | undefined): string[] => {
  const ids = [...new Set(canApply.map(c => c.id))]
  return chosen === undefined ? ids : [...new Set(chosen)].filter(id => /^[A-Z][A-Za-z0-9-]{1,8}$/.test(id))
}

async function villageNamed(ctx: Ctx, code: string): Promise<string> {
  const known = await outreach(ctx)
    .selectFrom('registry.v_division')
    .select('code')
    .where('district', '=', ctx.district)
    .where('code', '=', code)
    .executeTakeFirst()
  if (!known || code.length !== 12) throw noSuchVillage()
  return code
}

export function phoneOf(given: string | undefined): string | null {
  if (given === undefined || given.trim() === '') return null
  const digits = phoneDigits(given)
  if (digits === undefined) throw phoneNotFitting()
  return digits
}

function toldTo([guide]: readonly Colleague[]) {
  return guide
    ? { zh: `已告诉导服员${guide.name}`, en: `Your guide ${guide.name} has been told` }
    : { zh: '已告诉镇里，会有人联系您', en: 'The township has been told; somebody will be in touch' }
}

/** Within ten minutes; at the guide nothing is left but that something was taken back. */
export async function takeBack(
  ctx: Ctx,
  { params }: InputOf<(typeof outreachContract)['DELETE /submissions/:submissionId']>,
) {
  const submission = await outreach(ctx)
    .selectFrom('outreach.submission')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.submissionId)
    .where('account_id', '=', ctx.actor.account)
    .forUpdate()
    .executeTakeFirst()
  if (!submission) throw submissionNotFound()
  if (submission.state === 'withdrawn') return { id: submission.id, state: 'withdrawn' as const }
  if (ctx.now.getTime() - submission.handed_in_at.getTime() >= takeBackMs) throw tooLateToTakeBack()
  const row = await readCase(ctx, submission.case_id, true)
  await outreach(ctx)
    .updateTable('outreach.submission')
    .set({ state: 'withdrawn', withdrawn_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', submission.id)
    .execute()
  const nothing = {
    masked_name: '',
    sealed_name: null,
    sealed_phone: null,
    sealed_note: null,
    wants: [],
    needs: [],
    household_id: null,
    outcome: null,
    sealed_outcome_note: null,
  }
  const changed = await takeStep(
    ctx,
    row,
    { step: 'takeBack', to: 'withdrawn' },
    { ...nothing, closed_at: ctx.now, due_on: null },
  )
  await outreach(ctx)
    .updateTable('outreach.step')
    .set({ sealed_note: null })
    .where('district', '=', ctx.district)
    .where('case_id', '=', row.id)
    .execute()
  await handTo(ctx, submission.screening_id, undefined)
  tellMoved(ctx, changed)
  return { id: submission.id, state: 'withdrawn' as const }
}
