import { useEffect, useState } from 'react'

/** A value once the hand rests: what is typed is asked for in one go. */
export function useSettled<T>(value: T, restMs = 300): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs)
    return () => clearTimeout(timer)
  }, [value, restMs])
  return settled
}
