import auth from '../locales/fr/auth.json'
import brand from '../locales/fr/brand.json'
import budget from '../locales/fr/budget.json'
import catalog from '../locales/fr/catalog.json'
import common from '../locales/fr/common.json'
import delivery from '../locales/fr/delivery.json'
import document from '../locales/fr/document.json'
import domain from '../locales/fr/domain.json'
import dunning from '../locales/fr/dunning.json'
import invoicing from '../locales/fr/invoicing.json'
import ledger from '../locales/fr/ledger.json'
import mail from '../locales/fr/mail.json'
import office from '../locales/fr/office.json'
import panel from '../locales/fr/panel.json'
import partner from '../locales/fr/partner.json'
import pay from '../locales/fr/pay.json'
import payment from '../locales/fr/payment.json'
import pricing from '../locales/fr/pricing.json'
import project from '../locales/fr/project.json'
import promotion from '../locales/fr/promotion.json'
import report from '../locales/fr/report.json'
import screening from '../locales/fr/screening.json'
import settlement from '../locales/fr/settlement.json'
import statement from '../locales/fr/statement.json'
import store from '../locales/fr/store.json'
import subscription from '../locales/fr/subscription.json'
import tax from '../locales/fr/tax.json'

export const fr = {
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
