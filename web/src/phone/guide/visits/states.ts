import { emptyPocket, type Pocket, writeField } from '@zhulian/kernel'
import { both, offline, refused } from '../../states/made-up.ts'
import type { OpenKeeper } from './gate.tsx'
import type { Day, DayTask, Form } from './day.ts'

const choices = (...words: readonly (readonly [string, string, string])[]) =>
  words.map(([value, zh, en]) => ({ value, words: both(zh, en) }))

const form: Form = {
  kind: 'verification',
  words: both('核查', 'Verification'),
  opening: both('有一条消息要当面核实', 'Something was reported and has to be checked in person'),
  household: [
    {
      fact: 'basicLivingInterrupted',
      words: both('基本生活过不下去', 'Basic living interrupted'),
      kind: 'yesNo',
      options: [
        { value: true, words: both('是', 'Yes') },
        { value: false, words: both('不是', 'No') },
      ],
      unit: null,
    },
  ],
  person: [
    {
      fact: 'wageMonthly',
      words: both('月工资', 'Wage a month'),
      kind: 'money',
      options: [],
      unit: both('元', 'yuan'),
      from: 16,
      to: 64,
    },
  ],
  asks: [
    {
      id: 'meals',
      words: both('吃饭有着落吗？', 'Are meals seen to?'),
      options: choices(['fine', '有', 'Yes'], ['poor', '凑合', 'Barely'], ['none', '没有', 'No']),
    },
  ],
  results: choices(['confirmed', '属实', 'True'], ['falseAlarm', '不属实', 'Not so']),
  risks: choices(['none', '没有新的风险', 'No new risk'], ['urgent', '急，今天就要管', 'Urgent, today']),
  needs: choices(['S-C3', '就业帮扶', 'Job help']),
  duties: choices(['advice', '咨询', 'Advice'], ['linking', '资源链接', 'Linking resources']),
}

const task: DayTask = {
  id: '019370c0-0000-7000-8000-000000000001' as never,
  visit: '019370c0-0000-7000-8000-000000000002' as never,
  kind: 'verification',
  dutyWords: both('资源链接', 'Linking resources'),
  household: '019370c0-0000-7000-8000-000000000003' as never,
  headName: '俞建国',
  place: '湖源乡窈口村',
  level: 'red',
  dueOn: '2026-11-24' as never,
  late: true,
  why: both('失业登记了', 'Registered as unemployed'),
  circle: 2,
  facts: { basicLivingInterrupted: false },
  children: 0,
  toFind: [],
  members: [
    {
      id: '019370c0-0000-7000-8000-000000000004' as never,
      name: '俞建国',
      age: 48,
      relation: '02',
      facts: { wageMonthly: 3900 },
    },
  ],
  last: { on: '2026-10-20' as never, by: '徐晓雯', result: both('稳定', 'Stable'), note: '膝盖疼' },
  notes: [],
}
const [visit, wage] = [task.visit as string, `person.${task.members[0]?.id ?? ''}.wageMonthly`]

const at = '2026-11-24T02:00:00.000Z'
const written: Pocket = writeField(writeField(emptyPocket('d'), visit, wage, 1500, at), visit, 'note', '手停口停', at)
const torn: Pocket = {
  ...emptyPocket('d'),
  known: {
    [visit]: [
      { id: 'd:1', field: wage, base: [], value: 1500 },
      { id: 'e:1', field: wage, base: [], value: 3900 },
    ],
  },
}

const calm: Day = {
  pocket: emptyPocket('d'),
  tasks: [task],
  forms: { version: 'f', all: [form] },
  hands: [],
  alarms: [],
  files: [],
  also: [],
  today: '2026-11-24',
  said: [],
}
const keeperOf = (day: Day, part: Partial<OpenKeeper> = {}): OpenKeeper => ({
  state: 'open',
  day,
  sending: false,
  sentAt: undefined,
  until: Date.UTC(2100, 0, 1),
  problem: undefined,
  foreign: false,
  ...part,
})
const shown = (day: Day, part: Partial<OpenKeeper> = {}) => ({ day, keeper: keeperOf(day, part) })

const file = { id: 'f', visit, kind: 'photo', type: 'image/jpeg', bytes: 240_000, takenAt: at, sent: false } as const
const full: Day = {
  ...calm,
  pocket: {
    ...written,
    waiting: [
      ...written.waiting,
      {
        id: 'd:9',
        counter: 9,
        sheet: visit,
        field: 'ask.meals',
        base: [],
        value: 'x',
        at,
        sent: true,
        refused: both(
          '这一项填的内容不认得，请重新选一次。',
          'What stands in this field is not known. Please choose again.',
        ),
      },
    ],
  },
  hands: [{ visit, on: '2026-11-24' }],
  alarms: [{ id: 'a', visit, kind: 'violence' }],
  files: [file],
  said: [both('这次走访已由羊利民交上；您写的附在后面，镇里会看。', 'This visit was handed in by 羊利民 before.')],
}

export const dayStates: Readonly<Record<string, ReturnType<typeof shown>>> = {
  'one family': shown(calm),
  nobody: shown({ ...calm, tasks: [] }),
  sending: shown(full, { sending: true }),
  'no network': shown(full, { problem: offline.problem }),
  'a day without contact is nearly over': shown(full, { problem: offline.problem, until: Date.UTC(2026, 10, 24, 10) }),
  refused: shown(calm, { problem: refused('今天的次数用完了，请明天再试。').problem }),
  'somebody else is signed in': shown(full, { foreign: true }),
}
export const visitStates: Readonly<Record<string, ReturnType<typeof shown> & { task: DayTask; form: Form }>> = {
  fresh: { ...shown(calm), task, form },
  'being filled in': { ...shown({ ...calm, pocket: written }), task, form },
  'written twice': { ...shown({ ...calm, pocket: torn }), task, form },
  'waiting to be sent': { ...shown(full), task, form },
  'what keeps them where they stand': {
    ...shown(calm),
    task: {
      ...task,
      toFind: [
        both('俞**的劳动能力', 'Capacity for work of 俞**'),
        both(
          '还有和孩子有关的，要镇里批准才看得到',
          'There is more about a child, which is shown only with a grant of the township',
        ),
      ],
    },
    form,
  },
  'a child whose record is closed': { ...shown(calm), task: { ...task, children: 1 }, form },
  'with a note for me alone': {
    ...shown(calm),
    task: { ...task, notes: [{ id: 'n' as never, text: '先打电话再来', by: '李敏', at }] },
    form,
  },
}
export const outboxStates: Readonly<Record<string, ReturnType<typeof shown>>> = {
  empty: shown(calm),
  full: shown(full),
  sending: shown(full, { sending: true }),
  'every state at once': shown({
    ...full,
    pocket: { ...full.pocket, known: torn.known },
    hands: [
      {
        visit,
        on: '2026-11-24',
        refused: both('还没有选“走访结果”，选好再交。', 'Please choose what the visit came to, then hand in again.'),
      },
    ],
    files: [file, { ...file, id: 'g', refused: '这个文件收不了，请重拍。' }],
    alarms: [
      { id: 'a', visit, kind: 'violence' },
      {
        id: 'b',
        visit,
        kind: 'suicide',
        refused: both('没有送到镇里，请马上打电话。', 'It did not reach the township: call at once.'),
      },
    ],
  }),
  'one conflict': shown({ ...calm, pocket: torn }),
}
