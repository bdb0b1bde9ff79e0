import { type ReactNode, useState } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './fold.css'

/** One line that says what it is; opened, a wash line at the left. Works without a script. */
export function Fold({
  title,
  icon,
  children,
  open,
  plain,
  late,
}: {
  readonly title: ReactNode
  readonly icon?: IconName
  readonly children: ReactNode
  readonly open?: boolean
  readonly plain?: boolean
  /** What is inside asks the server: it is there from the first time it is opened. */
  readonly late?: boolean
}) {
  const [isSeen, setSeen] = useState(open === true)
  return (
    <details
      className="fold"
      open={open}
      {...(late && { onToggle: event => event.currentTarget.open && setSeen(true) })}
    >
      <summary>
        {icon && <Icon name={icon} />}
        <span className="fold-title">{title}</span>
        <Icon name="turn" className="fold-turn" />
      </summary>
      <div className={plain ? 'fold-plain' : 'fold-inside'}>{(!late || isSeen) && children}</div>
    </details>
  )
}
