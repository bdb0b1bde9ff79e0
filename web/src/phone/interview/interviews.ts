import { api } from '../../platform/api.ts'
import { useLoad } from '../../platform/load.ts'
import { isProblem, type Problem } from '../../platform/problem.ts'
import { createStore, useStore } from '../../platform/store.ts'
import type { Interview } from '../kinds.ts'

/** The interview on this phone's table: several screens look at it, so it is asked for once. */
const current = createStore<Interview | undefined>(undefined)

export const keepInterview = (interview: Interview | undefined): void => current.set(interview)

export function useInterview(interviewId: string): {
  interview: Interview | undefined
  problem: Problem | undefined
  again: () => void
} {
  const kept = useStore(current)
  const interview = kept?.id === interviewId ? kept : undefined
  const loaded = useLoad(interview ? undefined : interviewId, async signal => {
    const found = await api('GET /interviews/:interviewId', { params: { interviewId }, signal })
    keepInterview(found)
    return found
  })
  return { interview: interview ?? loaded.value, problem: loaded.problem, again: loaded.again }
}

/**
 * Changes the interview. When it was answered elsewhere meanwhile, the newer state is taken and the problem still
 * thrown, so that the screen can say so.
 */
export async function change(deed: (expectedVersion: number) => Promise<Interview>, from: Interview): Promise<void> {
  try {
    keepInterview(await deed(from.version))
  } catch (thrown) {
    if (isProblem(thrown) && thrown.code === 'guidance.answeredElsewhere')
      keepInterview(thrown.facts['state'] as Interview)
    throw thrown
  }
}
