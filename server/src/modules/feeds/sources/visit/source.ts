import type { Day } from '@zhulian/kernel'
import { plainWord } from '../../written.ts'
import { fault } from '../fault.ts'
import { type Column, headColumns, labelOf, said, type Source } from '../source.ts'

const needs: Column = { key: 'need', headers: ['需求', '主要需求', '帮扶需求', '困难需求', 'Needs'], kind: 'text' }

/** The needs of the dictionary, by what visitors write. */
const needWords: Readonly<Record<string, string>> = {
  送餐: 'S-A1',
  吃饭送餐: 'S-A1',
  照料: 'S-A2',
  '打扫、洗澡、照料': 'S-A2',
  陪看病: 'S-A3',
  代办: 'S-A3',
  修房: 'S-A4',
  住房改造: 'S-A4',
  照看孩子: 'S-A5',
  探访: 'S-B1',
  有人来看看: 'S-B1',
  倾听: 'S-B2',
  心理疏导: 'S-B2',
  节日慰问: 'S-B4',
  康复: 'S-C1',
  学技术: 'S-C2',
  技能培训: 'S-C2',
  找工作: 'S-C3',
  就业: 'S-C3',
  补课: 'S-D1',
  课业辅导: 'S-D1',
  参加活动: 'S-D2',
  调解: 'S-D3',
  矛盾调解: 'S-D3',
}

/** F26: what party members, deputies, paired cadres and grid workers found on a visit. */
export const visit: Source = {
  id: 'visit',
  code: 'F26',
  unit: 'party-organisation',
  name: { zh: '走访发现', en: 'Visits' },
  content: {
    zh: '昼访夜谈、结对帮扶、网格走访的发现和需求',
    en: 'Findings and needs of day visits, pairings and grid workers',
  },
  rhythm: { zh: '当天', en: 'on the same day' },
  legalBasis: { zh: '“党建+救助”工作机制；家庭同意', en: 'Party-led outreach; with the consent of the household' },
  about: 'household',
  columns: [
    ...headColumns,
    { key: 'visitedOn', headers: ['走访日期', '走访时间', '访问日期', 'Visited on'], kind: 'day', required: true },
    { key: 'visitorId', headers: ['走访人编号', '走访人', '工作证号', 'Visitor'], kind: 'text' },
    {
      key: 'carrier',
      headers: ['走访方式', '渠道', '来源渠道', 'Channel'],
      kind: 'choice',
      choices: { 昼访夜谈: 'dayVisit', 结对帮扶: 'pairing', 网格走访: 'grid', 民呼必应: 'called', 其他: 'other' },
    },
    { key: 'finding', headers: ['走访情况', '发现问题', '走访发现', 'Finding'], kind: 'text' },
    needs,
    {
      key: 'urgency',
      headers: ['紧急程度', '紧急情况', 'Urgency'],
      kind: 'choice',
      choices: { 一般: 'usual', 较急: 'soon', 紧急: 'urgent', 特急: 'urgent' },
    },
    {
      key: 'livingInterrupted',
      headers: ['基本生活是否要断', '生活是否难以为继', '断炊断暖', 'Living about to fail'],
      kind: 'yesNo',
    },
  ],
  map({ cells }) {
    const wanted: string[] = []
    const text = cells['need']
    for (const part of typeof text === 'string' ? text.split(/[、,，;；]/) : []) {
      if (part.trim() === '' || part.trim() === '无') continue
      const need = known.get(plainWord(part))
      if (need === undefined)
        return {
          quarantine: fault('notAChoice', {
            at: labelOf(needs),
            text: part.trim(),
            choices: Object.keys(needWords).join('、'),
          }),
        }
      if (!wanted.includes(need)) wanted.push(need)
    }
    return {
      on: cells['visitedOn'] as Day,
      household: said({
        needs: wanted.length > 0 ? wanted : undefined,
        basicLivingInterrupted: cells['livingInterrupted'],
        pairedHelper: cells['carrier'] === 'pairing' ? true : undefined,
      }),
    }
  },
}
const known = new Map(
  Object.entries(needWords).flatMap(([words, need]) =>
    words
      .split('、')
      .concat(words, need)
      .map(word => [plainWord(word), need] as const),
  ),
)
