import { routes } from '../../platform/route.ts'
import { acceptLinks } from './accept-links.ts'
import { listCandidates } from './candidates.ts'
import { linkingContract } from './contract.ts'
import { declineTaker, takeDeclinedBack } from './declined.ts'
import { suggestLinks } from './suggest-links.ts'

const may = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator'] as const
const purpose = 'casework'

export const linkingRoutes = routes(linkingContract, {
  'POST /linking/suggestion': {
    may,
    purpose,
    audit: { action: 'linking.suggest', zh: '看了怎样链接需求的建议', en: 'looked at suggestions for linking needs' },
    do: suggestLinks,
  },
  'GET /needs/:needId/candidates': {
    may,
    purpose,
    audit: { action: 'linking.listCandidates', zh: '看了一条需求可以找谁', en: 'looked at who might take on a need' },
    do: listCandidates,
  },
  'POST /linking/links': {
    may,
    purpose,
    audit: { action: 'linking.accept', zh: '按建议链接了需求', en: 'linked needs as suggested' },
    do: acceptLinks,
  },
  'POST /linking/declined': {
    may,
    purpose,
    audit: { action: 'linking.decline', zh: '说了一项资源不合适', en: 'said that a taker does not fit a need' },
    do: declineTaker,
  },
  'DELETE /linking/declined/:declinedId': {
    may,
    purpose,
    audit: { action: 'linking.takeDeclinedBack', zh: '收回了“不合适”', en: 'took back that a taker does not fit' },
    do: takeDeclinedBack,
  },
})
