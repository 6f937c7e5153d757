import auth from '../locales/es/auth.json'
import budget from '../locales/es/budget.json'
import common from '../locales/es/common.json'
import delivery from '../locales/es/delivery.json'
import document from '../locales/es/document.json'
import mail from '../locales/es/mail.json'
import panel from '../locales/es/panel.json'
import pay from '../locales/es/pay.json'
import payment from '../locales/es/payment.json'
import project from '../locales/es/project.json'
import promotion from '../locales/es/promotion.json'
import statement from '../locales/es/statement.json'
import store from '../locales/es/store.json'
import subscription from '../locales/es/subscription.json'
import { en } from './en.ts'

/** Spanish for buyers: store, panel, mails and documents. The office speaks English to whoever reads it. */
export const es = {
  ...en,
  auth,
  budget,
  common,
  delivery,
  document,
  mail,
  panel,
  pay,
  payment,
  project,
  promotion,
  statement,
  store,
  subscription,
}
