import { useHouseholdWords } from './words/index.ts'

/** The three circles around a family, the one it stands in filled. */
export function Rings({ circle, label }: { readonly circle: 1 | 2 | 3 | null; readonly label: string }) {
  const words = useHouseholdWords()
  const radii = [18, 36, 54] as const
  return (
    <svg className="rings" viewBox="0 0 120 120" role="img" aria-label={words.rings(label)}>
      {[2, 1, 0].map(i => (
        <circle
          key={i}
          cx="60"
          cy="60"
          r={radii[i]}
          className={circle === i + 1 ? (i === 0 ? 'ring here whole' : 'ring here') : 'ring'}
        />
      ))}
      {words.ringNames.map((name, i) => (
        <text
          key={name}
          x="60"
          y={i === 0 ? 65 : 60 - (radii[i] ?? 0) + 14}
          textAnchor="middle"
          className={circle === i + 1 ? (i === 0 ? 'here whole' : 'here') : ''}
        >
          {name}
        </text>
      ))}
    </svg>
  )
}
