interface PageOf<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** Pages read for one list; beyond them `next` says that there is more. */
const mostPages = 20

/** All pages of a list that is shown whole, such as what can be chosen in a form: what stands on the second page is not lost. */
export async function everyPage<T, P extends PageOf<T>>(
  page: (query: { readonly limit: number; readonly after?: string }) => Promise<P & PageOf<T>>,
): Promise<P> {
  const first = await page({ limit: 100 })
  const items = [...first.items]
  let { next } = first
  for (let n = 1; next !== null && n < mostPages; n++) {
    const more = await page({ limit: 100, after: next })
    items.push(...more.items)
    ;({ next } = more)
  }
  return { ...first, items, next }
}
