export const zh = {
  title: '幸福码',
  lead: '这里能做什么，怎么要帮忙，怎么帮别人。',
  can: '这里能做的',
  none: '还没有写上来。需要什么，直接跟导服员说。',
  full: '现在满了',
  ask: '看看我家能享受什么',
  need: '说说家里缺什么',
  tell: '说一户可能要帮的人家',
  wishes: (n: number) =>
    n === 0 ? '现在没有等人认领的心愿。' : `有 ${n} 个心愿在等人帮。想帮忙，请到村里或镇街登记。`,
  help: '想帮忙',
}

export type LevelWords = typeof zh
