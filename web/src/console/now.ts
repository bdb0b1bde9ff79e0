import { useEffect, useState } from 'react'
import { dayOfInstant } from '../platform/format.ts'

/** The time of day, moving once a minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** The office's calendar day, also past midnight. */
export const useToday = (): string => dayOfInstant(useNow())
