import { useEffect, useRef } from 'react'
import { usePartWords } from './words.ts'
import './errors.css'

/** What has to be changed, with the way to each place; takes the focus when it appears. */
export function ErrorSummary({
  errors,
}: {
  readonly errors: readonly { readonly id: string; readonly words: string }[]
}) {
  const words = usePartWords()
  const box = useRef<HTMLDivElement>(null)
  const key = errors.map(error => error.id + error.words).join()
  useEffect(() => {
    if (key) box.current?.focus()
  }, [key])
  if (errors.length === 0) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{words.checkThese(errors.length)}</h2>
      <ul>
        {errors.map(error => (
          <li key={error.id}>
            <a
              href={`#${error.id}`}
              onClick={event => {
                event.preventDefault()
                document.getElementById(error.id)?.focus()
              }}
            >
              {error.words}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
