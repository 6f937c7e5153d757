import type { Invoice } from '@e-invoice-eu/core'
import { isSepaIban } from '#app/domain/bank/iban.ts'
import type { ElectronicInvoice, ElectronicPayment, ElectronicTax } from '#app/domain/invoice/electronic-invoice.ts'
import type { EInvoiceFormat } from '#app/ports/e-invoice-writer.ts'
import { libraryLine } from './library-lines.ts'
import { buyerParty, sellerParty } from './library-parties.ts'
import { amount, type Part, taxCategory } from './library-parts.ts'
import { xmlText } from './xml-text.ts'

const peppol = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc'
const processes = { billing: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0', selfBilling: 'urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0' }

/** The document in the library's form. */
export function libraryInvoice(invoice: ElectronicInvoice, format: EInvoiceFormat): Invoice {
  const { currency, totals } = invoice
  const part = {
    ...profile(invoice, format),
    'cbc:ID': xmlText(invoice.number),
    'cbc:IssueDate': invoice.issueDate,
    ...(invoice.dueDate ? { 'cbc:DueDate': invoice.dueDate } : {}),
    'cbc:InvoiceTypeCode': typeCode(invoice, format),
    ...(invoice.notes.length > 0 ? { 'cbc:Note': [invoice.notes.map(xmlText).join('\n')] } : {}),
    'cbc:DocumentCurrencyCode': currency,
    'cbc:BuyerReference': xmlText(invoice.buyerReference),
    'cac:InvoicePeriod': { 'cbc:StartDate': invoice.period.start, 'cbc:EndDate': invoice.period.end },
    ...(invoice.purchaseOrder ? { 'cac:OrderReference': { 'cbc:ID': xmlText(invoice.purchaseOrder) } } : {}),
    ...(invoice.refersTo
      ? {
          'cac:BillingReference': [
            { 'cac:InvoiceDocumentReference': { 'cbc:ID': xmlText(invoice.refersTo.number), 'cbc:IssueDate': invoice.refersTo.issueDate } },
          ],
        }
      : {}),
    'cac:AccountingSupplierParty': { 'cac:Party': sellerParty(invoice) },
    'cac:AccountingCustomerParty': { 'cac:Party': buyerParty(invoice) },
    // CII has a place for the delivery that must not be empty, so it is always told.
    'cac:Delivery': { 'cbc:ActualDeliveryDate': invoice.period.end },
    'cac:PaymentMeans': [paymentMeans(invoice.payment, currency)],
    'cac:PaymentTerms': { 'cbc:Note': xmlText(invoice.payment.terms) },
    ...(invoice.adjustments.length > 0 ? { 'cac:AllowanceCharge': invoice.adjustments.map(adjustment) } : {}),
    'cac:TaxTotal': [{ ...amount('cbc:TaxAmount', totals.tax), 'cac:TaxSubtotal': invoice.taxes.map(taxSubtotal) }],
    'cac:LegalMonetaryTotal': monetaryTotal(invoice),
    'cac:InvoiceLine': invoice.lines.map(libraryLine),
  }
  return { 'ubl:Invoice': part } as unknown as Invoice
}

// XRechnung names itself; setting it here would turn it into a plain EN 16931 document.
function profile({ typeCode: code }: ElectronicInvoice, format: EInvoiceFormat): Part {
  if (format !== 'ubl') return {}
  // Peppol has no pro-forma: that one stays plain EN 16931.
  if (code === '325') return {}
  return code === '389'
    ? { 'cbc:CustomizationID': `${peppol}:selfbilling:3.0`, 'cbc:ProfileID': processes.selfBilling }
    : { 'cbc:CustomizationID': `${peppol}:billing:3.0`, 'cbc:ProfileID': processes.billing }
}

/** German authorities know no debit note: there it is a correction of its invoice. */
function typeCode({ typeCode: code }: ElectronicInvoice, format: EInvoiceFormat): string {
  return code === '383' && format.startsWith('xrechnung') ? '384' : code
}

/** UNTDID 4461: SEPA transfer, other transfer, between partners, not defined. */
function paymentMeans(payment: ElectronicPayment, currency: string): Part {
  const reference = { 'cbc:PaymentID': xmlText(payment.reference) }
  if (payment.means === 'set-off') return { 'cbc:PaymentMeansCode': '97', ...reference }
  const bank = payment.means === 'transfer' ? payment.bank : null
  if (!bank) return { 'cbc:PaymentMeansCode': '1', ...reference }
  return {
    'cbc:PaymentMeansCode': currency === 'EUR' && isSepaIban(bank.iban) ? '58' : '30',
    ...reference,
    'cac:PayeeFinancialAccount': {
      'cbc:ID': bank.iban,
      'cbc:Name': xmlText(bank.holder),
      ...(bank.bic ? { 'cac:FinancialInstitutionBranch': { 'cbc:ID': bank.bic } } : {}),
    },
  }
}

/** UNTDID 5189 code 95 is a discount, UNTDID 7161 code ZZZ a charge by agreement. */
function adjustment(entry: ElectronicInvoice['adjustments'][number]): Part {
  const isCharge = entry.kind === 'charge'
  return {
    'cbc:ChargeIndicator': String(isCharge),
    'cbc:AllowanceChargeReasonCode': isCharge ? 'ZZZ' : '95',
    'cbc:AllowanceChargeReason': xmlText(entry.reason),
    ...(entry.percent ? { 'cbc:MultiplierFactorNumeric': entry.percent.rate.toFixed() } : {}),
    ...amount('cbc:Amount', entry.amount),
    ...(entry.percent ? amount('cbc:BaseAmount', entry.percent.base) : {}),
    'cac:TaxCategory': taxCategory(entry),
  }
}

/** Codes of why no tax is charged (VATEX); an exemption of the seller's own law has words alone, a zero rate neither. */
const exemptionCodes: Readonly<Record<string, string>> = { AE: 'VATEX-EU-AE', O: 'VATEX-EU-O', G: 'VATEX-EU-G', K: 'VATEX-EU-IC' }

function taxSubtotal(tax: ElectronicTax): Part {
  const code = exemptionCodes[tax.category]
  const hasReason = tax.category !== 'S' && tax.category !== 'Z'
  return {
    ...amount('cbc:TaxableAmount', tax.base),
    ...amount('cbc:TaxAmount', tax.tax),
    'cac:TaxCategory': taxCategory(tax, {
      ...(code ? { 'cbc:TaxExemptionReasonCode': code } : {}),
      ...(hasReason && tax.exemption ? { 'cbc:TaxExemptionReason': xmlText(tax.exemption) } : {}),
    }),
  }
}

function monetaryTotal({ totals, adjustments }: ElectronicInvoice): Part {
  const has = (kind: 'allowance' | 'charge') => adjustments.some((entry) => entry.kind === kind)
  return {
    ...amount('cbc:LineExtensionAmount', totals.lines),
    ...amount('cbc:TaxExclusiveAmount', totals.net),
    ...amount('cbc:TaxInclusiveAmount', totals.total),
    ...(has('allowance') ? amount('cbc:AllowanceTotalAmount', totals.allowances) : {}),
    ...(has('charge') ? amount('cbc:ChargeTotalAmount', totals.charges) : {}),
    ...(totals.paid.minor === 0n ? {} : amount('cbc:PrepaidAmount', totals.paid)),
    ...amount('cbc:PayableAmount', totals.due),
  }
}
