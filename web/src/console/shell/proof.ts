import { isProblem } from '../../platform/problem.ts'
import { createStore, useStore } from '../../platform/store.ts'

interface Wanted {
  readonly given: () => void
  readonly left: () => void
}

const wanted = createStore<Wanted | undefined>(undefined)

/** What the dialog in the shell waits for. */
export const useProofWanted = (): Wanted | undefined => useStore(wanted)

const askForProof = () =>
  new Promise<boolean>(resolve => {
    const end = (given: boolean) => () => {
      wanted.set(undefined)
      resolve(given)
    }
    wanted.set({ given: end(true), left: end(false) })
  })

/**
 * Does a deed; where it wants a fresh proof of who is there, asks for the password and does it once more.
 * @throws Problem of the deed; `request.proofNeeded` when the password was not given
 * @example await withProof(() => api('POST /persons/:id/reveal', call))
 */
export async function withProof<T>(deed: () => Promise<T>): Promise<T> {
  try {
    return await deed()
  } catch (thrown) {
    if (!isProblem(thrown) || thrown.code !== 'request.proofNeeded' || !(await askForProof())) throw thrown
    return await deed()
  }
}
