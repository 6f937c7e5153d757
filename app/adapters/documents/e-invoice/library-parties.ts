import type { ElectronicInvoice, ElectronicParty } from '#app/domain/invoice/electronic-invoice.ts'
import type { PostalAddress } from '#app/domain/shared/postal-address.ts'
import type { Part } from './library-parts.ts'
import { xmlText } from './xml-text.ts'

/** The seller (BG-4). */
export function sellerParty(invoice: ElectronicInvoice): Part {
  const { seller } = invoice
  const schemes = taxSchemes(seller, invoice)
  return {
    ...shared(seller),
    ...(seller.identifier ? { 'cac:PartyIdentification': [{ 'cbc:ID': seller.identifier }] } : {}),
    ...(schemes.length > 0 ? { 'cac:PartyTaxScheme': schemes } : {}),
    'cac:PartyLegalEntity': legalEntity(seller),
    ...(seller.contact
      ? {
          'cac:Contact': {
            'cbc:Name': xmlText(seller.contact.name),
            'cbc:Telephone': xmlText(seller.contact.phone),
            'cbc:ElectronicMail': seller.email,
          },
        }
      : {}),
  }
}

/** The buyer (BG-7), which has one identifier and one tax number at most. */
export function buyerParty(invoice: ElectronicInvoice): Part {
  const { buyer } = invoice
  const [scheme] = taxSchemes({ ...buyer, taxNumber: null }, invoice)
  return {
    ...shared(buyer),
    ...(buyer.identifier ? { 'cac:PartyIdentification': { 'cbc:ID': buyer.identifier } } : {}),
    ...(scheme ? { 'cac:PartyTaxScheme': scheme } : {}),
    'cac:PartyLegalEntity': legalEntity(buyer),
  }
}

function shared({ email, tradingName, address }: ElectronicParty): Part {
  return {
    'cbc:EndpointID': email,
    'cbc:EndpointID@schemeID': 'EM',
    ...(tradingName ? { 'cac:PartyName': { 'cbc:Name': xmlText(tradingName) } } : {}),
    'cac:PostalAddress': postalAddress(address),
  }
}

function postalAddress({ street, addition, city, postalCode, country }: PostalAddress): Part {
  return {
    ...(street ? { 'cbc:StreetName': xmlText(street) } : {}),
    ...(addition ? { 'cbc:AdditionalStreetName': xmlText(addition) } : {}),
    ...(city ? { 'cbc:CityName': xmlText(city) } : {}),
    ...(postalCode ? { 'cbc:PostalZone': xmlText(postalCode) } : {}),
    'cac:Country': { 'cbc:IdentificationCode': country },
  }
}

/** VAT ids have no place on a document outside the scope of VAT (BR-O-2). */
function taxSchemes({ vatId, taxNumber }: ElectronicParty, { taxes }: ElectronicInvoice): Part[] {
  const isOutside = taxes.some(({ category }) => category === 'O')
  return [
    ...(vatId && !isOutside ? [{ 'cbc:CompanyID': xmlText(vatId), 'cac:TaxScheme': { 'cbc:ID': 'VAT' } }] : []),
    ...(taxNumber ? [{ 'cbc:CompanyID': xmlText(taxNumber), 'cac:TaxScheme': { 'cbc:ID': 'FC' } }] : []),
  ]
}

function legalEntity({ name, registration }: ElectronicParty): Part {
  return { 'cbc:RegistrationName': xmlText(name), ...(registration ? { 'cbc:CompanyID': xmlText(registration) } : {}) }
}
