import { Button, ButtonLink } from '../parts/button.tsx'
import { Page } from '../parts/page.tsx'
import { Empty } from '../parts/state.tsx'
import { usePartWords } from '../parts/words.ts'
import { Boundary } from '../platform/boundary.tsx'
import { matchPlace, usePlace } from '../platform/place.ts'
import { screens } from './screens.ts'
import { useWords } from './words/index.ts'

function Missing() {
  const { missingPlace, start } = useWords()
  return (
    <Page title={start.title}>
      <Empty whole title={missingPlace.title} act={<ButtonLink to="#/">{missingPlace.act}</ButtonLink>}>
        {missingPlace.text}
      </Empty>
    </Page>
  )
}

function Broken({ again }: { readonly again: () => void }) {
  const words = usePartWords()
  return (
    <Page title={words.product}>
      <Empty whole title={words.brokenTitle} act={<Button onClick={again}>{words.brokenAgain}</Button>}>
        {words.brokenText}
      </Empty>
    </Page>
  )
}

export function App() {
  const { path } = usePlace()
  for (const { at, Screen } of screens) {
    const params = matchPlace(at, path)
    if (params)
      return (
        <Boundary key={at} instead={again => <Broken again={again} />}>
          <Screen params={params} />
        </Boundary>
      )
  }
  return <Missing />
}
