import type { ReactNode } from 'react'
import './card.css'

/** One idea, one decision. */
export const Card = ({
  children,
  label,
  tight,
}: {
  readonly children: ReactNode
  readonly label?: string
  readonly tight?: boolean
}) =>
  label ? (
    <section className={tight ? 'card tight' : 'card'} aria-label={label}>
      {children}
    </section>
  ) : (
    <div className={tight ? 'card tight' : 'card'}>{children}</div>
  )

/** A person as a circle with the first character of the name; never a photograph. */
export const Face = ({ name }: { readonly name: string }) => (
  <span className="face" aria-hidden="true">
    {name.slice(0, 1)}
  </span>
)

/** A line of the design: two or three flat hills at the foot of a space. */
export const Hills = () => (
  <svg className="hills" viewBox="0 0 390 56" aria-hidden="true" preserveAspectRatio="none">
    <path
      className="hills-far"
      d="M0 57V44c26-4 38-20 62-18s30 14 48 8 26-26 50-26 34 26 56 30 34-10 54-8 34-22 58-20 34 20 62 22v25z"
    />
    <path className="hills-near" d="M0 57v-9c40-4 70-10 112-6s60-14 96-12 56 18 92 18 60-6 90-2v11z" />
  </svg>
)
