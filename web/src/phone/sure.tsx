import { useState, type ReactNode } from 'react'
import { Button, type ButtonProps } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'

/** A deed that asks once more, on the spot, naming what happens. */
export function Sure({
  children,
  sentence,
  yes,
  no,
  onYes,
  busy,
  kind = 'text',
  wide,
}: {
  readonly children: ReactNode
  readonly sentence: string
  readonly yes: string
  readonly no: string
  readonly onYes: () => void
  readonly busy?: boolean
  readonly kind?: NonNullable<ButtonProps['kind']>
  readonly wide?: boolean
}) {
  const [asking, setAsking] = useState(false)
  if (!asking)
    return (
      <Button kind={kind} onClick={() => setAsking(true)} wide={wide ?? false}>
        {children}
      </Button>
    )
  return (
    <Notice
      tone="ochre"
      said
      act={
        <>
          <Button kind="danger" onClick={onYes} busy={busy ?? false}>
            {yes}
          </Button>
          <Button onClick={() => setAsking(false)}>{no}</Button>
        </>
      }
    >
      <p>{sentence}</p>
    </Notice>
  )
}
