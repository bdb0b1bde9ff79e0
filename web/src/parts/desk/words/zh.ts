/** What the desk's own parts say. */
export const zh = {
  plenty: (n: number) => `还有 ${n} 个工作日`,
  dueToday: '今天到期',
  lateBy: (n: number) => `逾期 ${n} 个工作日`,
  noLimit: '没有期限',
  before: '上一页',
  after: '下一页',
  pages: '翻页',
  page: (n: number) => `第 ${n} 页`,
}
export type DeskWords = typeof zh
