import '../platform/trusted-types.ts'
import '../parts/tokens.css'
import '../parts/base.css'
import './phone.css'
import { createRoot } from 'react-dom/client'
import { ensureChineseFont } from '../platform/fonts.ts'
import { restoreLargeType } from '../platform/large-type.ts'
import { watchNetwork } from '../platform/network.ts'
import { watchPlace } from '../platform/place.ts'
import { whenSignedOut } from '../platform/api.ts'
import { askSession, forgetResident } from '../platform/session.ts'
import { restoreLanguage } from '../platform/words.ts'
import { App } from './app.tsx'

restoreLargeType()
watchNetwork()
watchPlace()
whenSignedOut(forgetResident)
void askSession()

const root = document.getElementById('root')
if (root) {
  // Without its English the page still works in Chinese.
  void restoreLanguage()
    .catch(() => undefined)
    .then(() => createRoot(root).render(<App />))
  void ensureChineseFont().catch(() => undefined)
}
