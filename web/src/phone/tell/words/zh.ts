export const zh = {
  title: '说一户人家',
  headline: '知道谁家可能要帮？',
  lead: '写三样就行。村里会有人去看。不用留您的名字，也不会告诉那家是谁说的。',
  mustPlace: '请选一个村（社区）。',
  who: '谁家',
  whoHint: '名字，或住在哪里，像“村口第二家”。',
  mustWho: '请写是谁家，至少两个字。',
  what: '怎么了',
  whatHint: '看到的、听到的，一两句。',
  mustWhat: '请写一句怎么了，至少四个字。',
  send: '告诉村里',
  sending: '正在告诉…',
  done: '已经收到，谢谢您',
  doneText: '会有人去看。为了那家人，看了怎样不在这里说。要是情况紧急，请直接打电话。',
  another: '再说一户',
  home: '回首页',
  link: '知道谁家可能要帮？说一声',
}

export type TellWords = typeof zh
