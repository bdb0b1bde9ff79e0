import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useLargeType } from '../../platform/large-type.ts'
import { useLanguage } from '../../platform/words.ts'
import { theme } from './theme.ts'
import './desk.css'

// antd writes styles while it runs; the page's content policy lets them in by the value of this answer.
const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce

/** Everything of antd on the desk stands inside: colours, sizes, language. */
export function Desk({ children }: { readonly children: ReactNode }) {
  const language = useLanguage()
  return (
    <ConfigProvider
      theme={theme(useLargeType())}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <App className="desk-app">{children}</App>
    </ConfigProvider>
  )
}
