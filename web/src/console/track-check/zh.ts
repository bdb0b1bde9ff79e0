export const zh = {
  title: '轨迹核验',
  sentence:
    '每条服务记录写下时就封好，一条接一条。核验就是从头对一遍：有没有被改过、删过、插进来过。每天夜里自动核验一次。',
  now: '现在核验',
  starting: '正在开始……',
  never: '还没有核验过。',
  neverText: '夜里会自动核验，也可以现在就开始。',
  result: '最近一次',
  going: (chains: string, all: string) => `正在核验：${chains} / ${all} 户`,
  progress: '核验到哪里了',
  whole: (chains: string, records: string) => `${chains} 户、${records} 条记录，都和当初写下的一样。`,
  unsure: (chains: string, records: string) =>
    `${chains} 户、${records} 条记录前后接得上；可是夜里的印记对不上，还不能说没有人改过，请核查是谁动过数据库。`,
  none: '还没有服务记录，没有要核验的。',
  wrong: (n: string) => `${n} 户的记录和当初写下的不一样，请核查是谁动过数据库。`,
  failed: '这一次没有做完。请再核验一次；还是不行，请联系系统管理员。',
  when: (at: string, by: string) => `${at}，${by}`,
  clock: '夜里自动',
  anchors: '每夜的印记',
  nights: (n: string) =>
    `共 ${n} 夜。每夜把当天变动过的各户记录合成一个印记；把最新的抄在纸上，连能改数据库的人也瞒不过。`,
  noNights: '还没有印记，今夜做第一个。',
  newest: (on: string) => `${on} 的印记`,
  nightWrong: (on: string) => `${on} 的印记对不上：那一夜的留底被改过或删掉了。`,
  nightsHold: '各夜的印记都对得上。',
  broken: '对不上的',
  brokenMore: (n: string) => `这里列出前 ${n} 户。`,
  heads: { household: '家庭', fault: '哪里不对', turn: '第几条', record: '记录编号' },
  faults: { altered: '写下后被改过', missing: '少了一条', cut: '末尾缺了，或者全没了', anchor: '和夜里的留底不一样' },
  gone: '已经没有了',
  earlier: '以前的核验',
  cols: { when: '时间', by: '谁', state: '结果', chains: '户数', records: '记录', faults: '对不上' },
  states: { running: '进行中', done: '做完了', failed: '没做完' },
}

export type TrackCheckWords = typeof zh
