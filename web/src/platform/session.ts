import { api, setCsrf, type Result } from './api.ts'
import { recall, remember } from './device.ts'
import { isProblem } from './problem.ts'
import { createStore, useStore } from './store.ts'
import { languageNow } from './words.ts'

type Described = Result<'GET /session'>
export type Role = NonNullable<Described['acting']>['role']

/** Who this browser is to the platform, as far as it has asked. */
export type Session =
  | { readonly state: 'asking' }
  | { readonly state: 'nobody' }
  /** No answer came; the rest of the page may still be read. */
  | { readonly state: 'unreachable' }
  | {
      readonly state: 'known'
      readonly role: Role
      readonly name: string
      readonly scope: string | undefined
      readonly described: Described
    }

const session = createStore<Session>({ state: 'asking' })

export const useSession = (): Session => useStore(session)
export const sessionNow = (): Session => session.get()

function take(described: Described): Session {
  setCsrf(described.csrf ?? '')
  const next: Session =
    described.account && described.acting
      ? {
          state: 'known',
          role: described.acting.role,
          name: described.account.name,
          scope: described.acting.scope ?? undefined,
          described,
        }
      : { state: 'nobody' }
  session.set(next)
  return next
}

/** A resident's session ended while the page stood open: the next start begins anew. */
export function forgetResident(): void {
  const now = session.get()
  if (now.state === 'known' && now.role === 'resident') session.set({ state: 'nobody' })
}

/** Asks who is at this browser. Never throws: what cannot be asked is `unreachable`. */
export async function askSession(): Promise<Session> {
  try {
    return take(await api('GET /session'))
  } catch {
    session.set({ state: 'unreachable' })
    return session.get()
  }
}

/** A resident nobody knows yet gets a session of their own before the first answer. @throws Problem */
export async function ensureVisitor(village: string | undefined): Promise<void> {
  const now = session.get().state === 'known' ? session.get() : await askSession()
  if (now.state === 'known') return
  take(await api('POST /visitors', { body: village ? { village } : {} }))
}

/** @throws Problem when the name or the password is wrong */
export async function signIn(signInName: string, password: string): Promise<Session> {
  return take(await api('POST /session', { body: { signInName, password } }))
}

/** Acts in another of the own grants. @throws Problem */
export async function actAs(grantId: string): Promise<Session> {
  return take(await api('PUT /session/grant', { body: { grantId } }))
}

/** The number residents call. @throws Problem when it cannot be one */
export async function setWorkPhone(phone: string): Promise<void> {
  take(await api('PUT /session/phone', { body: { phone } }))
}

/** Signs out. The site's storage goes with the session; how this device likes to read is put back. */
export async function signOut(): Promise<void> {
  const [large, language] = [recall('large'), recall('language')]
  try {
    await api('DELETE /session')
  } catch (thrown) {
    if (!isProblem(thrown) || thrown.status !== 401) throw thrown
  }
  remember('large', large)
  remember('language', language)
  setCsrf('')
  session.set({ state: 'nobody' })
}

/** Tells the server the language of its words, where there is somebody to tell it of. */
export async function tellLanguage(): Promise<void> {
  if (session.get().state === 'known')
    await api('PUT /session/language', { body: { language: languageNow() } }).then(take, () => undefined)
}
