import { Icon } from '../parts/icon.tsx'
import { useWords } from './words/index.ts'

/** Says at every step for whom this is filled in. */
export function Behalf({ who }: { readonly who: { readonly name: string } | null }) {
  const words = useWords()
  if (!who) return null
  return (
    <p className="banner">
      <Icon name="person" />
      {who.name ? words.behalf(who.name) : words.behalfNoName}
    </p>
  )
}
