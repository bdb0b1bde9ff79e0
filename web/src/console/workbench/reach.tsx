import { Notice } from '../../parts/notice.tsx'
import { useWorkbenchWords } from './words.ts'

/** Which households a draft would change. Counting them is the simulation's; here is its place. */
export function Reach() {
  const say = useWorkbenchWords().reach
  return (
    <section className="sheet pad" aria-label={say.title}>
      <h2>{say.title}</h2>
      <Notice>{say.text}</Notice>
    </section>
  )
}
