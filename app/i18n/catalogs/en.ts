import auth from '../locales/en/auth.json'
import brand from '../locales/en/brand.json'
import budget from '../locales/en/budget.json'
import catalog from '../locales/en/catalog.json'
import common from '../locales/en/common.json'
import delivery from '../locales/en/delivery.json'
import document from '../locales/en/document.json'
import domain from '../locales/en/domain.json'
import dunning from '../locales/en/dunning.json'
import invoicing from '../locales/en/invoicing.json'
import ledger from '../locales/en/ledger.json'
import mail from '../locales/en/mail.json'
import office from '../locales/en/office.json'
import panel from '../locales/en/panel.json'
import partner from '../locales/en/partner.json'
import pay from '../locales/en/pay.json'
import payment from '../locales/en/payment.json'
import pricing from '../locales/en/pricing.json'
import project from '../locales/en/project.json'
import promotion from '../locales/en/promotion.json'
import report from '../locales/en/report.json'
import screening from '../locales/en/screening.json'
import settlement from '../locales/en/settlement.json'
import statement from '../locales/en/statement.json'
import store from '../locales/en/store.json'
import subscription from '../locales/en/subscription.json'
import tax from '../locales/en/tax.json'

export const en = {
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
