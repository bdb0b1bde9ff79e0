import { createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { Suspense } from 'react'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { Empty, Skeleton } from '../parts/state.tsx'
import { Boundary } from '../platform/boundary.tsx'
import { askSession, useSession } from '../platform/session.ts'
import { screens, type Screen } from './screens.ts'
import { Shell } from './shell/shell.tsx'
import { ChooseGrant, useChoosing } from './sign-in/choose-grant.tsx'
import { SignInScreen } from './sign-in/screen.tsx'
import { useConsoleWords } from './words/index.ts'

function Broken({ again }: { readonly again: () => void }) {
  const { broken } = useConsoleWords()
  return (
    <Empty title={broken.title} act={<Button onClick={again}>{broken.again}</Button>}>
      {broken.text}
    </Empty>
  )
}

function Shown({ screen }: { readonly screen: Screen }) {
  const words = useConsoleWords()
  const session = useSession()
  if (session.state === 'known' && !screen.may.includes(session.role))
    return (
      <>
        <h1 className="unseen">{words.screens[screen.name]}</h1>
        <Notice tone="ochre">{words.notForYou(words.roles[session.role])}</Notice>
      </>
    )
  return (
    <Boundary key={screen.at} instead={again => <Broken again={again} />}>
      <Suspense fallback={<Skeleton shape={['title', 'card', 'card']} />}>
        <screen.Screen />
      </Suspense>
    </Boundary>
  )
}

function Missing() {
  const { missing } = useConsoleWords()
  return (
    <Empty
      title={missing.title}
      act={
        <a className="button" href="/console">
          {missing.act}
        </a>
      }
    >
      {missing.text}
    </Empty>
  )
}

const root = createRootRoute({ component: Shell, notFoundComponent: Missing })
// Filters stand in the address as they are written there: plain words, no JSON.
const router = createRouter({
  basepath: '/console',
  parseSearch: text => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: search => {
    const text = new URLSearchParams(search as Record<string, string>).toString()
    return text ? `?${text}` : ''
  },
  routeTree: root.addChildren(
    screens.map(screen =>
      createRoute({
        getParentRoute: () => root,
        // `/cases/:caseId` is written `/cases/$caseId` for the router.
        path: screen.at.replaceAll(/:(\w+)/g, '$$$1'),
        component: () => <Shown screen={screen} />,
      }),
    ),
  ),
})

/** The desk: whoever is not signed in signs in and finds the place again. */
export function Console() {
  const session = useSession()
  const words = useConsoleWords()
  const choosing = useChoosing()
  if (session.state === 'asking') return <Skeleton shape={['title', 'card', 'card']} />
  if (session.state === 'unreachable')
    return <Empty title={words.unreachable} act={<Button onClick={() => void askSession()}>{words.again}</Button>} />
  if (session.state === 'nobody' || session.role === 'resident') return <SignInScreen />
  if (choosing && session.described.grants.length > 1) return <ChooseGrant />
  return <RouterProvider router={router} />
}
