import { useEffect, useState, type ReactNode } from 'react'
import { setLargeType, useLargeType } from '../platform/large-type.ts'
import { tellLanguage } from '../platform/session.ts'
import { hush, speak, spokenText, useSpeaking, useVoice } from '../platform/speech.ts'
import { setLanguage, useLanguage } from '../platform/words.ts'
import { Icon } from './icon.tsx'
import { usePartWords } from './words.ts'
import './head.css'

interface HeadProps {
  readonly title: string
  readonly onBack?: (() => void) | undefined
  /** What back means here when it is more than going back: 退出，答过的会留着. */
  readonly backName?: string | undefined
  readonly end?: ReactNode
}

/** The head of every phone page: back, title, and the three ways to read it: large, aloud, in the other language. */
export function Head({ title, onBack, backName, end }: HeadProps) {
  const words = usePartWords()
  const large = useLargeType()
  const language = useLanguage()
  const voice = useVoice(language)
  const speaking = useSpeaking()
  const [turning, setTurning] = useState(false)
  useEffect(() => hush, [title])
  const turn = () => {
    setTurning(true)
    void setLanguage(language === 'zh' ? 'en' : 'zh')
      .then(tellLanguage)
      .catch(() => undefined)
      .finally(() => setTurning(false))
  }
  const read = () => {
    const main = document.querySelector('main')
    if (speaking) hush()
    else if (main) speak(spokenText(main), language)
  }
  return (
    <header className="head">
      {onBack && (
        <button type="button" onClick={onBack} aria-label={backName ?? words.back}>
          <Icon name="back" />
        </button>
      )}
      <span className="head-name">{title}</span>
      {end}
      <button type="button" onClick={() => setLargeType(!large)} aria-label={large ? words.toNormal : words.toLarge}>
        {large ? words.normal : words.large}
      </button>
      {voice && (
        <button
          type="button"
          onClick={read}
          aria-label={speaking ? words.hush : words.speakPage}
          aria-pressed={speaking}
        >
          <Icon name={speaking ? 'hush' : 'speak'} />
          {!large && <span className="head-word">{words.speak}</span>}
        </button>
      )}
      {!large && (
        <button
          type="button"
          onClick={turn}
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          aria-label={words.toOtherLanguage}
          aria-busy={turning || undefined}
        >
          {words.otherLanguage}
        </button>
      )}
    </header>
  )
}
