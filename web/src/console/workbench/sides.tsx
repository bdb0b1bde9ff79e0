import type { Result } from '../../platform/api.ts'
import { useWorkbenchWords } from './words.ts'

type Side = Result<'POST /simulations/drafts/:draftId'>['all']['gained']

/** Households and the people in them; ＊ where they are few. */
export function Sides({ of: { households, people } }: { readonly of: Side }) {
  const say = useWorkbenchWords().reach
  if (households === null || people === null) return <Hidden />
  if (households === 0) return <Nobody />
  return (
    <>
      <b>{say.households(households)}</b>
      <span className="under second">{say.people(people)}</span>
    </>
  )
}

export const Nobody = () => <span className="second">0</span>

/** ＊ where it is too few to be shown. */
export function Hidden() {
  const say = useWorkbenchWords().reach
  return (
    <>
      <span aria-hidden="true">＊</span>
      <span className="unseen">{say.hiddenWord}</span>
    </>
  )
}
