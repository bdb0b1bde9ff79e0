import { Icon } from '../../parts/icon.tsx'
import { useSlipWords } from './words.ts'

/** How long there is, in working days. */
export function SlipDue({ daysLeft }: { readonly daysLeft: number | null }) {
  const { due: say } = useSlipWords()
  if (daysLeft === null) return <span className="second">{say.none}</span>
  if (daysLeft < 0)
    return (
      <span className="slip-due late">
        <Icon name="warning" />
        {say.late(-daysLeft)}
      </span>
    )
  return <span className="slip-due">{daysLeft === 0 ? say.today : say.left(daysLeft)}</span>
}
