import '../platform/trusted-types.ts'
import '../parts/tokens.css'
import '../parts/base.css'
import { createRoot } from 'react-dom/client'
createRoot(document.getElementById('root') as HTMLElement).render(<p>x</p>)
