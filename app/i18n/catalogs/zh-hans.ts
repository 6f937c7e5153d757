import auth from '../locales/zh-Hans/auth.json'
import budget from '../locales/zh-Hans/budget.json'
import common from '../locales/zh-Hans/common.json'
import delivery from '../locales/zh-Hans/delivery.json'
import document from '../locales/zh-Hans/document.json'
import mail from '../locales/zh-Hans/mail.json'
import panel from '../locales/zh-Hans/panel.json'
import pay from '../locales/zh-Hans/pay.json'
import payment from '../locales/zh-Hans/payment.json'
import project from '../locales/zh-Hans/project.json'
import promotion from '../locales/zh-Hans/promotion.json'
import statement from '../locales/zh-Hans/statement.json'
import store from '../locales/zh-Hans/store.json'
import subscription from '../locales/zh-Hans/subscription.json'
import { en } from './en.ts'

/** Simplified Chinese for buyers: store, panel, mails and documents. The office speaks English to whoever reads it. */
export const zhHans = {
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
