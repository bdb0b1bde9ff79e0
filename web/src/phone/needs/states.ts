import { busy, idle, nothing, offline } from '../states/made-up.ts'
import type { MyNeedsViewProps } from './screen.tsx'

type Need = MyNeedsViewProps['needs'][number]

const open = {
  id: '0198a4c0-0000-7000-8000-000000000001',
  words: '想要一个助听器',
  told: { zh: '镇街在想办法', en: 'The township is looking for a way' },
  toldOn: '2021-09-13',
  sinceOn: '2021-09-17',
  closed: false,
  version: 2,
  next: [{ step: 'withdraw', words: { zh: '不需要了', en: 'No longer needed' }, asksReason: false }],
} as unknown as Need
const delivered = {
  ...open,
  id: '0198a4c0-0000-7000-8000-000000000002' as Need['id'],
  words: '中午一个人做不动饭',
  told: { zh: '帮忙的人说做完了，请您看看是不是', en: 'We are told it is done. Is it?' },
  next: [
    { step: 'confirm', words: { zh: '帮上了', en: 'Yes, it helped' }, asksReason: false },
    { step: 'dispute', words: { zh: '还没好', en: 'It is not done' }, asksReason: true },
  ],
} as unknown as Need

const order = {
  need: open.id,
  told: { zh: '他们答应来了', en: 'They will come' },
  service: { zh: '助餐送餐', en: 'Meals brought home' },
  provider: '示例助老社',
  startBy: '2021-09-20',
  dueBy: '2021-10-20',
  code: '042715',
} as unknown as MyNeedsViewProps['orders'][number]

const fresh: MyNeedsViewProps = {
  needs: [],
  more: false,
  orders: [],
  told: undefined,
  tell: nothing,
  telling: idle,
  another: nothing,
  answer: nothing,
  answering: idle,
}

export const myNeedStates: Readonly<Record<string, MyNeedsViewProps>> = {
  fresh,
  'on its way': { ...fresh, telling: busy },
  'no network': { ...fresh, telling: offline },
  'some are open, one is said to be done': { ...fresh, needs: [delivered, open] },
  'more was said longer ago': { ...fresh, needs: [delivered, open], more: true },
  'somebody comes, with a code to read out': { ...fresh, needs: [open], orders: [order] },
  'an answer did not come through': { ...fresh, needs: [delivered], answering: offline },
  'came in': { ...fresh, needs: [open], told: { calm: null } },
  'for a trained person': {
    ...fresh,
    told: {
      calm: {
        words: { zh: '可以先打电话。', en: 'You may call first.' },
        numbers: [{ number: '110', words: { zh: '现在有危险', en: 'Danger right now' } }],
      },
    },
  },
}
