import { setLanguage, useLanguage } from '../../platform/words.ts'
import { useConsoleWords } from '../words/index.ts'
import { SignInForm } from './form.tsx'
import './sign-in.css'

/** Before anything else on the desk: who is there. */
export function SignInScreen() {
  const words = useConsoleWords()
  const { signIn: say } = words
  const language = useLanguage()
  return (
    <main className="sign-in">
      <div className="sign-in-sheet stack-wide">
        <header className="row between">
          <h1 className="inscription">{`${words.wordmark} ${words.desk}`}</h1>
          <button
            type="button"
            className="shell-way"
            lang={language === 'zh' ? 'en' : 'zh-CN'}
            aria-label={`${words.otherLanguage} · ${words.toOtherLanguage}`}
            onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
          >
            {words.otherLanguage}
          </button>
        </header>
        <SignInForm />
        <p className="second small">
          {say.resident} <a href="/">{say.toPhone}</a>
        </p>
      </div>
    </main>
  )
}
