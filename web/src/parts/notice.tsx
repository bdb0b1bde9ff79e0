import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './notice.css'

export type NoticeTone = 'river' | 'ochre' | 'seal' | 'hill'

const icons: Record<NoticeTone, IconName> = { river: 'info', ochre: 'question', seal: 'warning', hill: 'check' }

/** One sentence, one act. `said` makes readers hear it when it appears. */
export const Notice = ({
  tone = 'river',
  icon,
  children,
  act,
  said,
}: {
  readonly tone?: NoticeTone
  readonly icon?: IconName
  readonly children: ReactNode
  readonly act?: ReactNode
  readonly said?: boolean
}) => (
  <div className={`notice ${tone}`} role={said ? (tone === 'seal' ? 'alert' : 'status') : undefined}>
    <Icon name={icon ?? icons[tone]} />
    <div className="notice-words">
      {children}
      {act && <div className="notice-act">{act}</div>}
    </div>
  </div>
)
