import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { createI18n } from '#app/i18n/i18n.ts'
import { isLanguage } from '#app/i18n/languages.ts'
import { readPageTexts } from '#app/web/page-texts.tsx'

const { lang } = document.documentElement
const i18n = createI18n(isLanguage(lang) ? lang : 'en', readPageTexts())

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <RemixBrowser />
      </I18nextProvider>
    </StrictMode>,
  )
})
