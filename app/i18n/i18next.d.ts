import 'i18next'
import type auth from './locales/en/auth.json'
import type common from './locales/en/common.json'
import type document from './locales/en/document.json'
import type mail from './locales/en/mail.json'
import type office from './locales/en/office.json'
import type panel from './locales/en/panel.json'
import type store from './locales/en/store.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    returnNull: false
    resources: {
      auth: typeof auth
      common: typeof common
      document: typeof document
      mail: typeof mail
      office: typeof office
      panel: typeof panel
      store: typeof store
    }
  }
}
