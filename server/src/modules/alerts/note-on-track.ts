import type { Words } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type CircleDecision, minorUntilOf } from '../registry/index.ts'
import { noteAssessment } from '../track/index.ts'
import { levelWords, type Verdict, verdictWords } from './alert.ts'
import type { AlertRow } from './tables.ts'

/**
 * What somebody found of a risk is an assessment of the family, with the walls of the alert: level, points and finding are not for the whole
 * village group, nor for the telephone at home. What is for health workers is on no track.
 */
export async function noteRiskOnTrack(ctx: Ctx, row: AlertRow, verdict: Verdict): Promise<void> {
  if (row.audience === 'health') return
  await noteAssessment(ctx, {
    household: row.household_id,
    division: row.division,
    person: row.person_id,
    source: { kind: 'alert', id: row.id },
    careful: row.careful || row.audience === 'township',
    forHandlers: true,
    minorUntil: row.person_id === null ? null : await minorUntilOf(ctx, row.person_id),
    fields: {
      words: { zh: '核实了家里的情况', en: 'looked into how the family is' },
      risk: levelWords[row.level],
      result: verdictWords[verdict],
      pool: row.pool_version,
      ...(row.points === null ? {} : { scores: { hint: row.points } }),
    },
  })
}

const circleOf = (circle: number | null): Words =>
  circle === null
    ? { zh: '库外', en: 'outside the base' }
    : { zh: `第${'一二三'[circle - 1] ?? ''}圈`, en: `circle ${circle}` }

/** Two people decided in which circle a family stands. */
export async function noteCircleOnTrack(ctx: Ctx, row: CircleDecision): Promise<void> {
  const moves = [...new Map(row.moves.map(m => [`${m.from} ${m.to}`, m])).values()]
  const said = moves.map(({ from, to }) => {
    const [was, is] = [circleOf(from), circleOf(to)]
    return { zh: `${was.zh}→${is.zh}`, en: `${was.en} → ${is.en}` }
  })
  await noteAssessment(ctx, {
    household: row.household_id,
    division: row.division,
    source: { kind: 'circleDecision', id: row.id },
    forHandlers: true,
    by: `${row.proposed_name}、${ctx.actor.name}`,
    fields: {
      words: { zh: '核定了圈层', en: 'circle decided' },
      result: { zh: said.map(one => one.zh).join('；'), en: said.map(one => one.en).join('; ') },
    },
  })
}
