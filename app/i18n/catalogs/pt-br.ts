import auth from '../locales/pt-BR/auth.json'
import budget from '../locales/pt-BR/budget.json'
import common from '../locales/pt-BR/common.json'
import delivery from '../locales/pt-BR/delivery.json'
import document from '../locales/pt-BR/document.json'
import mail from '../locales/pt-BR/mail.json'
import panel from '../locales/pt-BR/panel.json'
import pay from '../locales/pt-BR/pay.json'
import payment from '../locales/pt-BR/payment.json'
import project from '../locales/pt-BR/project.json'
import promotion from '../locales/pt-BR/promotion.json'
import statement from '../locales/pt-BR/statement.json'
import store from '../locales/pt-BR/store.json'
import subscription from '../locales/pt-BR/subscription.json'
import { en } from './en.ts'

/** Brazilian Portuguese for buyers: store, panel, mails and documents. The office speaks English to whoever reads it. */
export const ptBr = {
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
