import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { Role } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { listGuidesOf } from '../../identity/index.ts'
import { organisationOfUnit } from '../../pools/index.ts'
import { actorOf, as, edges } from '../../../platform/act-as.ts'
import { moveSlip } from './move-slip.ts'
import { sendSlip } from './send-slip.ts'
import type { SlipStep } from './slip.ts'

/** A made-up family that some of the slips are about. */
export interface FamilyInNeed {
  readonly household: Id
  readonly village: DivisionCode
}

interface MadeUpSlip {
  /** Which of the families. */
  readonly of: number
  readonly unit: string
  readonly subject?: string
  readonly need: string
  readonly daysAgo: number
  readonly answered?: readonly (readonly [SlipStep, string])[]
}

const slips: readonly MadeUpSlip[] = [
  { of: 0, unit: 'hrss', subject: 'P21', need: '失业近三个月，想学电工，白天能上课', daysAgo: 16 },
  {
    of: 0,
    unit: 'disabled-federation',
    subject: 'P29a',
    need: '老人听不清，想适配助听器',
    daysAgo: 6,
    answered: [['takeOn', '已排入本月适配']],
  },
  {
    of: 1,
    unit: 'hrss',
    subject: 'P18',
    need: '照顾老人和孩子，想找离家近的半天岗位',
    daysAgo: 5,
    answered: [['askBack', '有没有登记过失业？']],
  },
  {
    of: 1,
    unit: 'education',
    need: '孩子下学期的校服和午餐费有困难',
    daysAgo: 20,
    answered: [
      ['takeOn', '已转学校'],
      ['finish', '学校免了午餐费，校服已发'],
    ],
  },
  {
    of: 2,
    unit: 'wasu',
    need: '独居，想减免电视费',
    daysAgo: 15,
    answered: [['decline', '减免要有低保证，老人没有']],
  },
  { of: 2, unit: 'hrss', subject: 'P17', need: '不清楚养老保险有没有代缴，请查一下', daysAgo: 0 },
]

/** A few slips in every state, by the same use cases as a browser; some ran late. Those of a family without a guide are left out. */
export async function seedSlips(machine: Ctx, families: readonly FamilyInNeed[]): Promise<number> {
  let count = 0
  for (const made of slips) {
    const family = families[made.of]
    const guide = family && (await listGuidesOf(machine, family.village))[0]
    if (!guide) continue
    const at = (ago: number) => new Date(machine.now.getTime() - Math.max(0, ago) * 86_400_000)
    const writer = actorOf(machine, 'guide', guide.account, guide.name, family.village)
    const { id } = await as(machine, writer, at(made.daysAgo), ctx =>
      sendSlip(ctx, {
        ...edges,
        params: { householdId: family.household },
        body: {
          unit: made.unit,
          ...(made.subject ? { subject: made.subject } : {}),
          need: made.need,
          // No number within an area begins with 0.
          reach: '0571-00000000',
          days: 20,
          agreed: true,
        },
      }),
    )
    count++
    for (const [i, [step, note]] of (made.answered ?? []).entries()) {
      const role: Role = 'bureauOfficer'
      const officer = actorOf(
        machine,
        role,
        newId(at(made.daysAgo).getTime()),
        '部门经办',
        undefined,
        organisationOfUnit(made.unit),
      )
      await as(machine, officer, at(made.daysAgo - 1 - i), ctx =>
        moveSlip(ctx, { ...edges, params: { slipId: id as Id }, body: { step, note } }),
      )
    }
  }
  return count
}
