/** 四项工作: what a guide does for families besides visits and cases, and how much of each. */
export const zh = {
  title: '四项工作',
  headline: '给谁做了什么',
  lead: '代办里的联系和申请、走访里勾选的，会自己记上。别的在这里记一件。',
  month: '这个月做完的',
  help: {
    filing: '帮着填表、跑窗口、交材料',
    advice: '讲政策、答问题、教怎么办',
    linking: '联系单位、企业、好心人，把帮助接上',
    plan: '和家里商量怎么一步步好起来，按时看看',
  },
  card: (n: number) => `四项工作：这个月做完 ${n} 件`,
  cardOpen: (n: number) => (n > 0 ? `还有 ${n} 件在做。记一件，或看看做了哪些。` : '记一件，或看看做了哪些。'),
  start: '记一件',
  who: '给哪一户',
  notFound: '没有找到。换个写法，或先在登记里加上这一户。',
  choose: (name: string) => `给${name}家`,
  other: '换一户',
  which: '哪一项',
  note: '做了什么',
  noteHint: '写一句，以后接手的人看得懂',
  mustDuty: '请先选是哪一项。',
  begin: '先记下，还在做',
  done: '记下，做完了',
  saving: '正在记',
  began: '记下了。做完时回来点一下。',
  noted: '记下了，算在这个月。',
  leave: '不记了',
  open: '还在做的',
  noOpen: '没有没做完的。',
  doneOnes: '做完的',
  noDone: '还没有做完的。',
  since: (day: string) => `${day} 开始`,
  on: (day: string) => `${day} 做完`,
  origins: { hand: '手记', case: '来自代办', visit: '来自走访' },
  finish: '做完了',
  finishNote: '最后怎么样',
  takeBack: '撤回',
  takenBack: '撤回了，不算数。',
  nobody: '没有登记的家庭',
  more: '再看一些',
  network: {
    away: (from: string, back: string, by: string | undefined) =>
      by ? `您${from}起请假，${back}回来，由${by}代班。` : `您${from}起请假，${back}回来，由镇街代班。`,
    standsIn: (name: string, from: string, back: string) => `${from}起您替${name}代班，到${back}为止。`,
    got: (village: string, from: string | null, on: string) =>
      from ? `${on}起${village}由您管，是${from}交过来的。` : `${on}起${village}由您管。`,
    gave: (village: string, to: string | null, on: string) =>
      `${on}起${village}由${to ?? ''}管，没做完的事一起交过去了。`,
  },
}

export type DutyWords = typeof zh
