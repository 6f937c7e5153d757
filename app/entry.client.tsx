import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { createI18n } from '#app/i18n/i18n.ts'
import { isLanguage } from '#app/i18n/languages.ts'
import { readPageTexts } from '#app/web/request/page-texts.tsx'

const { lang } = document.documentElement
const i18n = createI18n(isLanguage(lang) ? lang : 'en', readPageTexts())

// An answer that the next one overtakes is dropped; that it was not read to its end is no failure of the page.
addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof DOMException && event.reason.name === 'AbortError') event.preventDefault()
})
await dataIsRead()
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

/**
 * Remix begins to read the data of a page in its first render and lets React wait for it there. A key or a click in that moment would have React
 * hydrate at once what still waits: it gives up (its error 345), and the page stays without life. So the data is read before React hears of the page.
 */
async function dataIsRead(): Promise<void> {
  try {
    RemixBrowser({})
  } catch (waitedFor) {
    await waitedFor
  }
}
