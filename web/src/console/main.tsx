import '../platform/trusted-types.ts'
import '../parts/tokens.css'
import '../parts/base.css'
import { createRoot } from 'react-dom/client'
import { Desk } from '../parts/desk/desk.tsx'
import { ensureChineseFont } from '../platform/fonts.ts'
import { restoreLargeType } from '../platform/large-type.ts'
import { watchNetwork } from '../platform/network.ts'
import { askSession } from '../platform/session.ts'
import { restoreLanguage } from '../platform/words.ts'
import { Console } from './console.tsx'
import { watchAway } from './shell/away.ts'

restoreLargeType()
watchNetwork()
watchAway()
void askSession()

const root = document.getElementById('root')
if (root) {
  // Without its English the desk still works in Chinese.
  void restoreLanguage()
    .catch(() => undefined)
    .then(() =>
      createRoot(root).render(
        <Desk>
          <Console />
        </Desk>,
      ),
    )
  void ensureChineseFont().catch(() => undefined)
}
