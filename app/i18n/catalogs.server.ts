import type { Language, Namespace } from './languages.ts'
import arAuth from './locales/ar/auth.json'
import arBrand from './locales/ar/brand.json'
import arBudget from './locales/ar/budget.json'
import arCatalog from './locales/ar/catalog.json'
import arCommon from './locales/ar/common.json'
import arDelivery from './locales/ar/delivery.json'
import arDocument from './locales/ar/document.json'
import arDomain from './locales/ar/domain.json'
import arDunning from './locales/ar/dunning.json'
import arInvoicing from './locales/ar/invoicing.json'
import arLedger from './locales/ar/ledger.json'
import arMail from './locales/ar/mail.json'
import arOffice from './locales/ar/office.json'
import arPanel from './locales/ar/panel.json'
import arPartner from './locales/ar/partner.json'
import arPay from './locales/ar/pay.json'
import arPayment from './locales/ar/payment.json'
import arPricing from './locales/ar/pricing.json'
import arProject from './locales/ar/project.json'
import arPromotion from './locales/ar/promotion.json'
import arReport from './locales/ar/report.json'
import arScreening from './locales/ar/screening.json'
import arSettlement from './locales/ar/settlement.json'
import arStatement from './locales/ar/statement.json'
import arStore from './locales/ar/store.json'
import arSubscription from './locales/ar/subscription.json'
import arTax from './locales/ar/tax.json'
import deAuth from './locales/de/auth.json'
import deBrand from './locales/de/brand.json'
import deBudget from './locales/de/budget.json'
import deCatalog from './locales/de/catalog.json'
import deCommon from './locales/de/common.json'
import deDelivery from './locales/de/delivery.json'
import deDocument from './locales/de/document.json'
import deDomain from './locales/de/domain.json'
import deDunning from './locales/de/dunning.json'
import deInvoicing from './locales/de/invoicing.json'
import deLedger from './locales/de/ledger.json'
import deMail from './locales/de/mail.json'
import deOffice from './locales/de/office.json'
import dePanel from './locales/de/panel.json'
import dePartner from './locales/de/partner.json'
import dePay from './locales/de/pay.json'
import dePayment from './locales/de/payment.json'
import dePricing from './locales/de/pricing.json'
import deProject from './locales/de/project.json'
import dePromotion from './locales/de/promotion.json'
import deReport from './locales/de/report.json'
import deScreening from './locales/de/screening.json'
import deSettlement from './locales/de/settlement.json'
import deStatement from './locales/de/statement.json'
import deStore from './locales/de/store.json'
import deSubscription from './locales/de/subscription.json'
import deTax from './locales/de/tax.json'
import enAuth from './locales/en/auth.json'
import enBrand from './locales/en/brand.json'
import enBudget from './locales/en/budget.json'
import enCatalog from './locales/en/catalog.json'
import enCommon from './locales/en/common.json'
import enDelivery from './locales/en/delivery.json'
import enDocument from './locales/en/document.json'
import enDomain from './locales/en/domain.json'
import enDunning from './locales/en/dunning.json'
import enInvoicing from './locales/en/invoicing.json'
import enLedger from './locales/en/ledger.json'
import enMail from './locales/en/mail.json'
import enOffice from './locales/en/office.json'
import enPanel from './locales/en/panel.json'
import enPartner from './locales/en/partner.json'
import enPay from './locales/en/pay.json'
import enPayment from './locales/en/payment.json'
import enPricing from './locales/en/pricing.json'
import enProject from './locales/en/project.json'
import enPromotion from './locales/en/promotion.json'
import enReport from './locales/en/report.json'
import enScreening from './locales/en/screening.json'
import enSettlement from './locales/en/settlement.json'
import enStatement from './locales/en/statement.json'
import enStore from './locales/en/store.json'
import enSubscription from './locales/en/subscription.json'
import enTax from './locales/en/tax.json'
import frAuth from './locales/fr/auth.json'
import frBrand from './locales/fr/brand.json'
import frBudget from './locales/fr/budget.json'
import frCatalog from './locales/fr/catalog.json'
import frCommon from './locales/fr/common.json'
import frDelivery from './locales/fr/delivery.json'
import frDocument from './locales/fr/document.json'
import frDomain from './locales/fr/domain.json'
import frDunning from './locales/fr/dunning.json'
import frInvoicing from './locales/fr/invoicing.json'
import frLedger from './locales/fr/ledger.json'
import frMail from './locales/fr/mail.json'
import frOffice from './locales/fr/office.json'
import frPanel from './locales/fr/panel.json'
import frPartner from './locales/fr/partner.json'
import frPay from './locales/fr/pay.json'
import frPayment from './locales/fr/payment.json'
import frPricing from './locales/fr/pricing.json'
import frProject from './locales/fr/project.json'
import frPromotion from './locales/fr/promotion.json'
import frReport from './locales/fr/report.json'
import frScreening from './locales/fr/screening.json'
import frSettlement from './locales/fr/settlement.json'
import frStatement from './locales/fr/statement.json'
import frStore from './locales/fr/store.json'
import frSubscription from './locales/fr/subscription.json'
import frTax from './locales/fr/tax.json'

/** All catalogs, read at build time. English is the pattern of keys: the types of `t` come from it. */
export const catalogs = {
  en: {
    common: enCommon,
    report: enReport,
    screening: enScreening,
    settlement: enSettlement,
    statement: enStatement,
    store: enStore,
    panel: enPanel,
    office: enOffice,
    mail: enMail,
    invoicing: enInvoicing,
    delivery: enDelivery,
    document: enDocument,
    domain: enDomain,
    dunning: enDunning,
    ledger: enLedger,
    auth: enAuth,
    pricing: enPricing,
    brand: enBrand,
    budget: enBudget,
    catalog: enCatalog,
    project: enProject,
    promotion: enPromotion,
    partner: enPartner,
    pay: enPay,
    payment: enPayment,
    subscription: enSubscription,
    tax: enTax,
  },
  de: {
    common: deCommon,
    report: deReport,
    screening: deScreening,
    settlement: deSettlement,
    statement: deStatement,
    store: deStore,
    panel: dePanel,
    office: deOffice,
    mail: deMail,
    invoicing: deInvoicing,
    delivery: deDelivery,
    document: deDocument,
    domain: deDomain,
    dunning: deDunning,
    ledger: deLedger,
    auth: deAuth,
    pricing: dePricing,
    brand: deBrand,
    budget: deBudget,
    catalog: deCatalog,
    project: deProject,
    promotion: dePromotion,
    partner: dePartner,
    pay: dePay,
    payment: dePayment,
    subscription: deSubscription,
    tax: deTax,
  },
  fr: {
    common: frCommon,
    report: frReport,
    screening: frScreening,
    settlement: frSettlement,
    statement: frStatement,
    store: frStore,
    panel: frPanel,
    office: frOffice,
    mail: frMail,
    invoicing: frInvoicing,
    delivery: frDelivery,
    document: frDocument,
    domain: frDomain,
    dunning: frDunning,
    ledger: frLedger,
    auth: frAuth,
    pricing: frPricing,
    brand: frBrand,
    budget: frBudget,
    catalog: frCatalog,
    project: frProject,
    promotion: frPromotion,
    partner: frPartner,
    pay: frPay,
    payment: frPayment,
    subscription: frSubscription,
    tax: frTax,
  },
  ar: {
    common: arCommon,
    report: arReport,
    screening: arScreening,
    settlement: arSettlement,
    statement: arStatement,
    store: arStore,
    panel: arPanel,
    office: arOffice,
    mail: arMail,
    invoicing: arInvoicing,
    delivery: arDelivery,
    document: arDocument,
    domain: arDomain,
    dunning: arDunning,
    ledger: arLedger,
    auth: arAuth,
    pricing: arPricing,
    brand: arBrand,
    budget: arBudget,
    catalog: arCatalog,
    project: arProject,
    promotion: arPromotion,
    partner: arPartner,
    pay: arPay,
    payment: arPayment,
    subscription: arSubscription,
    tax: arTax,
  },
} as const satisfies Record<Language, Record<Namespace, object>>

/** The catalogs of one language that a page needs; the client gets them with the page, not by another request. */
export function catalogsFor(language: Language, wanted: readonly Namespace[]): Partial<Record<Namespace, object>> {
  return Object.fromEntries(wanted.map((namespace) => [namespace, catalogs[language][namespace]]))
}
