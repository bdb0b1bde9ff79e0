import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Empty, Failed, Skeleton } from '../parts/state.tsx'
import type { Loaded } from '../platform/load.ts'

/** A page about one thing: it is there, it is not here or not for who asks, or that cannot be told yet. */
export function Found<T>({
  loaded,
  title,
  words,
  list,
  children,
}: {
  readonly loaded: Loaded<T>
  /** Of the page, while there is nothing of which it could have the name. */
  readonly title: string
  readonly words: { readonly notHere: string; readonly notHereText: string; readonly back: string }
  /** Where it would stand among its like. */
  readonly list: string
  readonly children: (value: T) => ReactNode
}) {
  if (loaded.value !== undefined)
    return (
      <>
        {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} at={loaded.at} />}
        {children(loaded.value)}
      </>
    )
  // An address that is no id names nothing either.
  if (loaded.problem?.status === 404 || loaded.problem?.status === 400)
    return (
      <>
        <h1 className="unseen">{title}</h1>
        <Empty
          title={words.notHere}
          act={
            <Link to={list} className="button">
              {words.back}
            </Link>
          }
        >
          {words.notHereText}
        </Empty>
      </>
    )
  return loaded.problem ? (
    <Failed problem={loaded.problem} again={loaded.again} />
  ) : (
    <Skeleton shape={['title', 'tall', 'tall']} />
  )
}
