import { ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/state.tsx'
import { Nav } from '../nav.tsx'
import { useLevelWords } from './words/index.ts'

/** A code of long ago, or of somewhere else. */
export function NoSuchCode() {
  const say = useLevelWords()
  return (
    <Page title={say.title} nav={<Nav />}>
      <Empty
        whole
        title={say.unknown}
        act={
          <ButtonLink kind="main" to="#/">
            {say.toStart}
          </ButtonLink>
        }
      >
        {say.unknownText}
      </Empty>
    </Page>
  )
}
