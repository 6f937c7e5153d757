import auth from '../locales/de/auth.json'
import brand from '../locales/de/brand.json'
import budget from '../locales/de/budget.json'
import catalog from '../locales/de/catalog.json'
import common from '../locales/de/common.json'
import delivery from '../locales/de/delivery.json'
import document from '../locales/de/document.json'
import domain from '../locales/de/domain.json'
import dunning from '../locales/de/dunning.json'
import invoicing from '../locales/de/invoicing.json'
import ledger from '../locales/de/ledger.json'
import mail from '../locales/de/mail.json'
import office from '../locales/de/office.json'
import panel from '../locales/de/panel.json'
import partner from '../locales/de/partner.json'
import pay from '../locales/de/pay.json'
import payment from '../locales/de/payment.json'
import pricing from '../locales/de/pricing.json'
import project from '../locales/de/project.json'
import promotion from '../locales/de/promotion.json'
import report from '../locales/de/report.json'
import screening from '../locales/de/screening.json'
import settlement from '../locales/de/settlement.json'
import statement from '../locales/de/statement.json'
import store from '../locales/de/store.json'
import subscription from '../locales/de/subscription.json'
import tax from '../locales/de/tax.json'

export const de = {
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
