import { Notice } from '../../parts/notice.tsx'
import { Skeleton } from '../../parts/state.tsx'
import { api } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useDeed, useLoad } from '../../platform/load.ts'
import { useLanguage } from '../../platform/words.ts'
import { Failed } from '../failed.tsx'
import { Sure } from '../sure.tsx'
import { useWords } from '../words/index.ts'

/** Whether systems of other offices may hear of the own family; nothing where nobody has confirmed yet which it is. */
export function KeptFromPartners() {
  const { kept: words } = useWords().held
  const language = useLanguage()
  const loaded = useLoad('kept from partners', signal => api('GET /my/kept-from-partners', { signal }))
  const [set, setting] = useDeed(async (kept: boolean) => {
    await api('PUT /my/kept-from-partners', { body: { kept } })
    loaded.again()
  })
  if (loaded.value?.kept === null) return null
  const isKept = loaded.value?.kept ?? false
  return (
    <section className="section">
      <h2>{words.title}</h2>
      <p className="second">{words.text}</p>
      {loaded.problem && <Failed problem={loaded.problem} again={loaded.again} />}
      {!loaded.value && !loaded.problem && <Skeleton shape={['line']} />}
      {setting.problem && <Failed problem={setting.problem} />}
      <div className="stack">
        {isKept && loaded.value?.since && (
          <Notice tone="hill" said>
            <p>{words.since(formatDay(loaded.value.since, language))}</p>
          </Notice>
        )}
        {loaded.value && (
          <Sure
            key={String(isKept)}
            kind="framed"
            sentence={isKept ? words.takeBackSure : words.keepSure}
            yes={isKept ? words.takeBack : words.keep}
            no={words.no}
            onYes={() => set(!isKept)}
            busy={setting.busy}
          >
            {isKept ? words.takeBack : words.keep}
          </Sure>
        )}
      </div>
    </section>
  )
}
