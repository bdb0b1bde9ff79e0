export const zh = {
  title: '幸福码',
  district: '全区',
  lead: '这里能做什么，怎么要帮忙，怎么帮别人。',
  can: '这里能做的',
  none: '还没有写上来。需要什么，直接跟导服员说。',
  full: '现在满了',
  more: '还有别的没写在这里，问问导服员。',
  ask: '看看我家能享受什么',
  need: '说说家里缺什么',
  tell: '说一户可能要帮的人家',
  wishes: (n: number) =>
    n === 0 ? '现在没有等人认领的心愿。' : `有 ${n} 个心愿在等人帮。是谁家，这家人同意了才告诉认领的人。`,
  somewhere: '本区',
  until: (day: string) => `到${day}为止`,
  take: '登录，认领心愿',
  register: '企业、社会组织、党员和想回报的人都能认领。还没有登记的，到村里或镇街登记一次。',
  help: '想帮忙',
  project: {
    service: '做什么服务',
    forWhom: '为谁',
    limits: '不做什么',
    where: '在哪里',
    everywhere: '全区',
    time: '什么时候',
    between: (from: string, until: string) => `${from}到${until}`,
    by: '谁来做',
    unread: (brand: string, number: string) => `${brand}项目 ${number}。具体怎么办，文字还在核对。`,
    nobodyYet: '正在找承接的机构',
    and: '、',
    places: (state: 'callOpen' | 'contracted' | 'running', free: number) =>
      state !== 'running' ? '还没有开始。' : free > 0 ? `现在还有 ${free} 个名额。` : '现在满了，可以先排队。',
  },
  unknown: '这个码现在打不开什么',
  unknownText: '码可能旧了，或印错了。可以直接看看能享受什么，或问问导服员。',
  toStart: '看看我家能享受什么',
}

export type LevelWords = typeof zh
