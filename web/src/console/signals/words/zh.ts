/** 保护事项: only for trained colleagues. */
export const zh = {
  title: '保护事项',
  lead: '有人在导服里说到的事，要先保护人。只给受过训练的同事看，村里看不到。',
  show: '看哪些',
  states: { open: '还没人接', taken: '有人在办', closed: '办结的' },
  rows: '保护事项列表',
  heads: { what: '是什么', found: '什么时候说的', due: '什么时候前要接', by: '谁在办' },
  late: '已过时间',
  nobody: '还没人接',
  none: '没有这样的事项',
  noneText: '这是好消息。有新的会马上出现在这里和铃铛里。',
  said: '说了什么',
  place: '在哪里',
  duty: '法律要求',
  note: '怎么办的',
  take: '我来办',
  taken: (name: string) => `${name}在办`,
  close: '办结',
  closeLabel: '做了什么，现在怎么样',
  mustNote: '请写清做了什么，至少四个字',
  calm: '一句话不是结论。先确认人是不是安全，再问。',
}
export type SignalsWords = typeof zh
