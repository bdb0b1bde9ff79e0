import { Fold } from '../../../parts/fold.tsx'
import { Tag } from '../../../parts/tag.tsx'
import { api } from '../../../platform/api.ts'
import { formatInstant } from '../../../platform/format.ts'
import { useDeed, useLoad } from '../../../platform/load.ts'
import { useSession } from '../../../platform/session.ts'
import { useLanguage } from '../../../platform/words.ts'
import { Failed } from '../../failed.tsx'
import { Sure } from '../../sure.tsx'
import { sync } from './keeper.ts'
import { useVisitWords } from './words/index.ts'

/** One's own work telephones; one that was lost is revoked from another. */
export function Phones({ device }: { readonly device: string }) {
  const words = useVisitWords()
  const language = useLanguage()
  const session = useSession()
  const loaded = useLoad(session.state === 'known' ? `devices ${device}` : undefined, signal =>
    api('GET /devices', { signal }),
  )
  const [revoke, revoking] = useDeed(async (id: string) => {
    await api('DELETE /devices/:deviceId', { params: { deviceId: id } })
    if (id === device) await sync()
    loaded.again()
  })
  const items = loaded.value?.items ?? []
  if (items.length === 0) return null
  return (
    <Fold title={words.phones} icon="phone">
      {revoking.problem && <Failed problem={revoking.problem} />}
      <ul className="stack">
        {items.map(one => (
          <li key={one.id} className="visits-phone">
            <span>
              <b>{one.name}</b>
              <small className="second">{formatInstant(one.seenAt, language)}</small>
            </span>
            {one.id === device && <Tag tone="river">{words.thisPhone}</Tag>}
            {one.revokedAt ? (
              <Tag>{words.revoked}</Tag>
            ) : (
              <Sure sentence={words.revokeSure} yes={words.revoke} no={words.cancel} onYes={() => revoke(one.id)}>
                {words.revoke}
              </Sure>
            )}
          </li>
        ))}
      </ul>
    </Fold>
  )
}
