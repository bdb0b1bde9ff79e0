import { useEffect, useRef, useState } from 'react'
import { buzz, newsOf } from './news.ts'

/** Which of these cases came in while the page was open. Buzzes once for each arrival. */
export function useNews(ids: readonly string[] | undefined): { fresh: readonly string[]; seen: () => void } {
  const before = useRef<readonly string[]>(undefined)
  const [fresh, setFresh] = useState<readonly string[]>([])
  const key = ids?.join(' ')
  useEffect(() => {
    if (key === undefined) return
    const now = key === '' ? [] : key.split(' ')
    const news = newsOf(before.current, now)
    before.current = [...new Set([...(before.current ?? []), ...now])]
    if (news.length === 0) return
    buzz()
    // oxlint-disable-next-line react/set-state-in-effect -- news is what differs from the last answer, known only after it came
    setFresh(was => [...was, ...news])
  }, [key])
  return { fresh, seen: () => setFresh([]) }
}
