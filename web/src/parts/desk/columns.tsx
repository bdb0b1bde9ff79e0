import type { ReactNode } from 'react'

/**
 * One thing on the desk. What can be done now comes first, to read and where the columns stand under each other; on the wide desk it
 * stands at the right, and what else stands beside below it.
 */
export const Columns = ({
  acts,
  notices,
  children,
  beside,
}: {
  readonly acts: ReactNode
  /** What has to be known before something is done. */
  readonly notices?: ReactNode
  readonly children: ReactNode
  readonly beside?: ReactNode
}) => (
  <>
    {notices && <div className="desk-pile desk-notices">{notices}</div>}
    <div className="desk-columns with-acts">
      <div className="desk-pile desk-acts">{acts}</div>
      <div className="desk-pile desk-read">{children}</div>
      {beside && <div className="desk-pile desk-beside">{beside}</div>}
    </div>
  </>
)
