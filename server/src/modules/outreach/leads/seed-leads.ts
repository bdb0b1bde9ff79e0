import { type Channel, type DivisionCode, newId } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { actorOf, as, edges } from '../../../platform/act-as.ts'
import type { FamilyInNeed } from '../slips/seed-slips.ts'
import { listGuidesOf } from '../../identity/index.ts'
import { moveLead } from './move-lead.ts'
import type { LeadStep } from './lead.ts'
import { noteLead, tellOfSomebody } from './tell.ts'

interface MadeUpLead {
  readonly channel: Channel
  readonly who: string
  readonly words: string
  readonly daysAgo: number
  readonly steps?: readonly (readonly [LeadStep, string])[]
}

const leads: readonly MadeUpLead[] = [
  { channel: 'gridWorker', who: '蒋阿毛', words: '腿摔伤了，一个人住，买菜不方便', daysAgo: 9 },
  { channel: 'hotline', who: '蒋阿毛', words: '打电话来说父亲摔伤没人照看', daysAgo: 2 },
  {
    channel: 'guide',
    who: '裘玉琴',
    words: '路过看到屋顶漏雨',
    daysAgo: 16,
    steps: [
      ['verify', '看过了，厨房漏'],
      ['help', '村里帮着补好了屋顶'],
    ],
  },
  {
    channel: 'helper',
    who: '盛根法',
    words: '聊天说起药费付不起了',
    daysAgo: 6,
    steps: [['verify', '慢性病，药费大']],
  },
  { channel: 'window', who: '骆财兴', words: '来窗口问孩子学费', daysAgo: 12, steps: [['notSo', '已经在领助学金']] },
]

/** A few leads of one village by several channels, some verified, some late, two of one family; and one that a neighbour told. */
export async function seedLeads(machine: Ctx, { household, village }: FamilyInNeed): Promise<number> {
  const guide = (await listGuidesOf(machine, village))[0]
  if (!guide) return 0
  const at = (ago: number) => new Date(machine.now.getTime() - Math.max(0, ago) * 86_400_000)
  const worker = actorOf(machine, 'guide', guide.account, guide.name, village as DivisionCode)
  for (const { channel, who, words, daysAgo, steps = [] } of leads) {
    const { id } = await as(machine, worker, at(daysAgo), ctx =>
      noteLead(ctx, { ...edges, params: {}, body: { village, channel, name: who, words } }),
    )
    for (const [i, [step, note]] of steps.entries())
      await as(machine, worker, at(daysAgo - 1 - i), ctx =>
        moveLead(ctx, {
          ...edges,
          params: { leadId: id },
          body: { step, note, ...(step === 'verify' ? { household } : {}) },
        }),
      )
  }
  const neighbour = actorOf(machine, 'resident', newId(at(1).getTime()), '', undefined)
  await as(machine, neighbour, at(1), ctx =>
    tellOfSomebody(ctx, { ...edges, params: {}, body: { village, who: '村口老方家', words: '好几天没见他出门了' } }),
  )
  return leads.length + 1
}
