import type { ComponentProps } from 'react'
import { ButtonLink } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { Failed as FailedPart } from '../parts/state.tsx'
import { usePlace } from '../platform/place.ts'
import { useSession } from '../platform/session.ts'
import { useWords } from './words/index.ts'

/** What is kept under a session that this browser does not hold, or no longer holds. */
const elsewhere = new Set(['request.notSignedIn', 'guidance.interviewNotFound', 'guidance.screeningNotFound'])

/** As the part, with a way out where it cannot be tried again: residents have nothing to sign in with. */
export function Failed(props: ComponentProps<typeof FailedPart>) {
  const words = useWords()
  const session = useSession()
  const { path } = usePlace()
  const staff = session.state === 'known' && session.role !== 'resident'
  if (!elsewhere.has(props.problem.code)) return <FailedPart {...props} />
  if (staff)
    return props.problem.code === 'request.notSignedIn' ? (
      <FailedPart
        {...props}
        act={<ButtonLink to={`#/guide/sign-in?then=${encodeURIComponent(path)}`}>{words.notHere.signIn}</ButtonLink>}
      />
    ) : (
      <FailedPart {...props} />
    )
  return (
    <Notice tone="ochre" icon="info" said act={<ButtonLink to="#/">{words.notHere.act}</ButtonLink>}>
      <p>{words.notHere.text}</p>
    </Notice>
  )
}
