interface Row {
  readonly need: { readonly id: string }
}
interface Declined<R> {
  readonly row: R
  /** Which row of the page it was. */
  readonly at: number
}

/** What stands on the page; what has left it because nobody else fits keeps its place, so that it can be taken back there. */
export function withDeclined<R extends Row, D extends Declined<R>>(rows: readonly R[], declined: readonly D[]) {
  const all = rows.map(row => ({
    row: { ...row, gone: false },
    said: declined.filter(one => one.row.need.id === row.need.id),
  }))
  for (const one of declined.toSorted((a, b) => a.at - b.at)) {
    const there = all.find(({ row }) => row.need.id === one.row.need.id)
    if (!there) all.splice(one.at, 0, { row: { ...one.row, gone: true }, said: [one] })
    else if (!there.said.includes(one)) there.said.push(one)
  }
  return all
}
