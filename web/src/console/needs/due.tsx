import { Clock } from '../../parts/desk/clock.tsx'

export function NeedDue({ daysLeft }: { readonly daysLeft: number | null }) {
  const state = daysLeft === null ? 'none' : daysLeft < 0 ? 'late' : daysLeft === 0 ? 'near' : 'plenty'
  return <Clock state={state} daysLeft={daysLeft} />
}
