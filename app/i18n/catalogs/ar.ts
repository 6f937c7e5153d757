import auth from '../locales/ar/auth.json'
import brand from '../locales/ar/brand.json'
import budget from '../locales/ar/budget.json'
import catalog from '../locales/ar/catalog.json'
import common from '../locales/ar/common.json'
import delivery from '../locales/ar/delivery.json'
import document from '../locales/ar/document.json'
import domain from '../locales/ar/domain.json'
import dunning from '../locales/ar/dunning.json'
import invoicing from '../locales/ar/invoicing.json'
import ledger from '../locales/ar/ledger.json'
import mail from '../locales/ar/mail.json'
import office from '../locales/ar/office.json'
import panel from '../locales/ar/panel.json'
import partner from '../locales/ar/partner.json'
import pay from '../locales/ar/pay.json'
import payment from '../locales/ar/payment.json'
import pricing from '../locales/ar/pricing.json'
import project from '../locales/ar/project.json'
import promotion from '../locales/ar/promotion.json'
import report from '../locales/ar/report.json'
import screening from '../locales/ar/screening.json'
import settlement from '../locales/ar/settlement.json'
import statement from '../locales/ar/statement.json'
import store from '../locales/ar/store.json'
import subscription from '../locales/ar/subscription.json'
import tax from '../locales/ar/tax.json'

export const ar = {
  auth,
  brand,
  budget,
  catalog,
  common,
  delivery,
  document,
  domain,
  dunning,
  invoicing,
  ledger,
  mail,
  office,
  panel,
  partner,
  pay,
  payment,
  pricing,
  project,
  promotion,
  report,
  screening,
  settlement,
  statement,
  store,
  subscription,
  tax,
}
