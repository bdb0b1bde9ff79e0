export const zh = {
  title: '我家需要什么',
  headline: '家里缺什么，说一声',
  lead: '像一个助听器、有人辅导孩子、有人陪着看病。村里先想办法，不行到镇街、到区里。',
  what: '需要什么',
  whatHint: '用自己的话，一两句。',
  must: '请写一句需要什么，至少四个字。',
  send: '告诉导服员',
  sending: '正在告诉…',
  done: '已经记下，导服员看得到',
  doneCareful: '已经记下，由镇街受过训练的人先看',
  another: '再说一样',
  list: '说过的',
  none: '还没有说过。',
  toldOn: (day: string) => `${day}说的`,
  since: (day: string) => `${day}起`,
  why: '哪里还没好',
  whyHint: '写一句，帮忙的人会再来。',
  mustWhy: '请写一句哪里还没好。',
  link: '家里缺什么？说一声',
}

export type MyNeedWords = typeof zh
