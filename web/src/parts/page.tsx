import { useEffect, useRef, type ReactNode } from 'react'
import { useOnline } from '../platform/network.ts'
import { Head } from './head.tsx'
import { Strip } from './strip.tsx'
import { usePartWords } from './words.ts'
import './card.css'
import './page.css'

interface PageProps {
  /** In the head. */
  readonly title: string
  /** Of the browser's tab, when it says more. */
  readonly tabTitle?: string | undefined
  readonly onBack?: (() => void) | undefined
  readonly backName?: string | undefined
  /** Says for whom the page is filled in, or anything else that must not be missed. */
  readonly banner?: ReactNode
  readonly foot?: ReactNode
  readonly nav?: ReactNode
  readonly children: ReactNode
  /** A new value moves the focus to the page's heading, as a new page would. */
  readonly turn?: string | undefined
}

/** A phone page: head, one column, the next step in reach of the thumb. */
export function Page({ title, tabTitle, onBack, backName, banner, foot, nav, children, turn }: PageProps) {
  const words = usePartWords()
  const main = useRef<HTMLElement>(null)
  const online = useOnline()
  const shown = useRef(turn)
  useEffect(() => {
    document.title = `${tabTitle ?? title} · ${words.product}`
  }, [tabTitle, title, words])
  useEffect(() => {
    if (shown.current === turn) return
    shown.current = turn
    globalThis.scrollTo?.(0, 0)
    main.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }, [turn])
  return (
    <>
      <a
        className="skip"
        href="#main"
        onClick={event => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {words.skip}
      </a>
      <Head title={title} onBack={onBack} backName={backName} />
      <main id="main" ref={main} tabIndex={-1}>
        {banner}
        {!online && <Strip />}
        {children}
      </main>
      {foot && <footer className="foot">{foot}</footer>}
      {nav}
    </>
  )
}
