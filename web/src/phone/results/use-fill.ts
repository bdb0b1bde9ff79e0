import { api } from '../../platform/api.ts'
import { useDeed, type Deed } from '../../platform/load.ts'
import { go } from '../../platform/place.ts'
import { keepInterview } from '../interview/interviews.ts'

/** 现在补答: goes on from a result with the one question that was left open. */
export interface Fill {
  readonly ask: (question: string) => void
  readonly asking: Deed
}

export function useFill(screeningId: string): Fill {
  const [ask, asking] = useDeed(async (question: string) => {
    const interview = await api('POST /interviews', { body: { from: { screening: screeningId, ask: question } } })
    keepInterview(interview)
    go(`/ask/${interview.id}`)
  })
  return { ask, asking }
}
