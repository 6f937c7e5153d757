import 'i18next'
import type access from './locales/en/access.json'
import type apps from './locales/en/apps.json'
import type auth from './locales/en/auth.json'
import type brand from './locales/en/brand.json'
import type budget from './locales/en/budget.json'
import type catalog from './locales/en/catalog.json'
import type cloud from './locales/en/cloud.json'
import type common from './locales/en/common.json'
import type delivery from './locales/en/delivery.json'
import type document from './locales/en/document.json'
import type domain from './locales/en/domain.json'
import type dunning from './locales/en/dunning.json'
import type invoicing from './locales/en/invoicing.json'
import type ledger from './locales/en/ledger.json'
import type mail from './locales/en/mail.json'
import type office from './locales/en/office.json'
import type panel from './locales/en/panel.json'
import type partner from './locales/en/partner.json'
import type pay from './locales/en/pay.json'
import type payment from './locales/en/payment.json'
import type person from './locales/en/person.json'
import type pricing from './locales/en/pricing.json'
import type project from './locales/en/project.json'
import type promotion from './locales/en/promotion.json'
import type report from './locales/en/report.json'
import type screening from './locales/en/screening.json'
import type search from './locales/en/search.json'
import type settlement from './locales/en/settlement.json'
import type signon from './locales/en/signon.json'
import type staff from './locales/en/staff.json'
import type statement from './locales/en/statement.json'
import type store from './locales/en/store.json'
import type subscription from './locales/en/subscription.json'
import type tax from './locales/en/tax.json'
import type ticket from './locales/en/ticket.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    returnNull: false
    resources: {
      access: typeof access
      apps: typeof apps
      auth: typeof auth
      brand: typeof brand
      budget: typeof budget
      catalog: typeof catalog
      cloud: typeof cloud
      common: typeof common
      delivery: typeof delivery
      document: typeof document
      domain: typeof domain
      dunning: typeof dunning
      ledger: typeof ledger
      invoicing: typeof invoicing
      mail: typeof mail
      office: typeof office
      panel: typeof panel
      partner: typeof partner
      pay: typeof pay
      payment: typeof payment
      person: typeof person
      pricing: typeof pricing
      project: typeof project
      promotion: typeof promotion
      report: typeof report
      screening: typeof screening
      search: typeof search
      settlement: typeof settlement
      signon: typeof signon
      staff: typeof staff
      statement: typeof statement
      store: typeof store
      subscription: typeof subscription
      tax: typeof tax
      ticket: typeof ticket
    }
  }
}
