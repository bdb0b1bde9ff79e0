import { Button } from '../../parts/button.tsx'
import { Failed } from '../../parts/state.tsx'
import { useDeed } from '../../platform/load.ts'
import { actAs, useSession } from '../../platform/session.ts'
import { createStore, useStore } from '../../platform/store.ts'
import { useGrantPlace } from '../shell/place-name.ts'
import { useConsoleWords } from '../words/index.ts'
import './sign-in.css'

/** Whoever holds several roles says right after signing in as which they work today. */
const choosing = createStore(false)
export const useChoosing = (): boolean => useStore(choosing)
export const startChoosing = (): void => choosing.set(true)

export function ChooseGrant() {
  const words = useConsoleWords()
  const session = useSession()
  const placeOf = useGrantPlace()
  const [act, acting] = useDeed(async (grantId: string) => {
    await actAs(grantId)
    choosing.set(false)
  })
  if (session.state !== 'known') return null
  return (
    <main className="sign-in">
      <div className="sign-in-sheet stack-wide">
        <h1 className="inscription">{words.signIn.asWhat(session.name)}</h1>
        {acting.problem && <Failed problem={acting.problem} />}
        <div className="stack">
          {session.described.grants
            .filter(grant => !grant.endedAt)
            .map(grant => (
              <Button key={grant.id} wide busy={acting.busy} onClick={() => act(grant.id)}>
                {[words.roles[grant.role], placeOf(grant)].filter(Boolean).join(' · ')}
              </Button>
            ))}
        </div>
      </div>
    </main>
  )
}
