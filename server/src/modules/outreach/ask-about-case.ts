import { newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { heedBeside } from '../guidance/index.ts'
import { caseNotFound, type outreachContract } from './contract.ts'
import { outreach, readCase, takeStep, tellMoved } from './kept-case.ts'

/** Working days in which the township answers; the law leaves 15 calendar days. @source 浙江省社会救助条例 第五十八条 */
export const answerWorkingDays = 5

/** The family asks why, or complains. The township answers; the village does not see it. */
export async function askAboutCase(
  ctx: Ctx,
  { params, body }: InputOf<(typeof outreachContract)['POST /my/cases/:caseId/questions']>,
) {
  const row = await readCase(ctx, params.caseId, true)
  if (row.account_id !== ctx.actor.account || row.state === 'withdrawn') throw caseNotFound()
  if (row.screening_id) await heedBeside(ctx, row.screening_id, body.text)
  const id = newId(ctx.now.getTime())
  const dueOn = ctx.calendar.addWorkingDays(ctx.today, answerWorkingDays)
  await outreach(ctx)
    .insertInto('outreach.question')
    .values({
      district: ctx.district,
      id,
      case_id: row.id,
      division: row.village.slice(0, 9),
      account_id: row.account_id,
      sealed_text: ctx.crypto.seal('outreach.question.text', id, body.text),
      asked_at: ctx.now,
      due_on: dueOn,
      sealed_answer: null,
      answered_at: null,
      answered_by: null,
    })
    .execute()
  await takeStep(ctx, row, { step: 'ask', to: row.state })
  ctx.tell({ name: 'outreach.asked', to: { roles: ['townshipClerk'], division: row.village.slice(0, 9) }, id: row.id })
  return { id, dueOn }
}

export async function answerQuestion(
  ctx: Ctx,
  { params, body }: InputOf<(typeof outreachContract)['POST /cases/:caseId/questions/:questionId/answer']>,
) {
  const row = await readCase(ctx, params.caseId, true)
  const question = await outreach(ctx)
    .selectFrom('outreach.question')
    .select(['id', 'answered_at'])
    .where('district', '=', ctx.district)
    .where('id', '=', params.questionId)
    .where('case_id', '=', row.id)
    .forUpdate()
    .executeTakeFirst()
  if (!question) throw caseNotFound()
  await outreach(ctx)
    .updateTable('outreach.question')
    .set({
      sealed_answer: ctx.crypto.seal('outreach.question.answer', question.id, body.answer),
      answered_at: ctx.now,
      answered_by: ctx.actor.account,
    })
    .where('district', '=', ctx.district)
    .where('id', '=', question.id)
    .execute()
  const changed = await takeStep(ctx, row, { step: 'reply', to: row.state })
  tellMoved(ctx, changed)
  return { id: question.id }
}
