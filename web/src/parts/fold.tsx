import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './fold.css'

/** One line that says what it is; opened, a wash line at the left. Works without a script. */
export function Fold({
  title,
  icon,
  children,
  open,
  plain,
}: {
  readonly title: ReactNode
  readonly icon?: IconName
  readonly children: ReactNode
  readonly open?: boolean
  readonly plain?: boolean
}) {
  return (
    <details className="fold" open={open}>
      <summary>
        {icon && <Icon name={icon} />}
        <span className="fold-title">{title}</span>
        <Icon name="turn" className="fold-turn" />
      </summary>
      <div className={plain ? 'fold-plain' : 'fold-inside'}>{children}</div>
    </details>
  )
}
