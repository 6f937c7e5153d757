import { shippedPack } from '#app/brand/read-pack.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { InvoiceFacts, InvoiceLineFacts, InvoiceSeller } from '#app/i18n/invoice-facts.ts'
import { demoBankDetails } from '#prisma/seed/bank-details.ts'

/** A seller as its shipped brand pack describes it. */
export function sellerOf(slug: string): InvoiceSeller {
  const { pack, pictures } = shippedPack(slug)
  const logoSvg = Buffer.from(pictures.light).toString('utf8')
  const bank = demoBankDetails(slug)
  return { ...pack.seller, brand: { name: pack.name, accent: pack.look.accent, logoSvg }, ...(bank ? { bank } : {}) }
}

// At noon UTC no zone of the sellers is on another day.
const june = { start: new Date('2026-06-01T12:00:00Z'), end: new Date('2026-06-30T12:00:00Z') }
const july = { start: new Date('2026-07-01T12:00:00Z'), end: new Date('2026-07-31T12:00:00Z') }

function fee(product: string, resourceName: string, minor: bigint, currency: string): InvoiceLineFacts {
  const one = new Decimal(1)
  const amount = money(minor, currency)
  const unitPrice = new Decimal(minor.toString()).div(100)
  return {
    subject: { kind: 'recurring', product },
    resourceName,
    period: july,
    quantity: one,
    includedQuantity: new Decimal(0),
    billedQuantity: one,
    unit: 'month',
    unitPrice,
    amount,
  }
}

function overage(
  resourceName: string,
  measured: number,
  included: number,
  unitPrice: string,
  minor: bigint,
  currency: string,
): InvoiceLineFacts {
  return {
    subject: { kind: 'usage', meter: 'traffic.sent' },
    resourceName,
    period: june,
    quantity: new Decimal(measured),
    includedQuantity: new Decimal(included),
    billedQuantity: new Decimal(measured - included),
    unit: 'GB',
    unitPrice: new Decimal(unitPrice),
    amount: money(minor, currency),
  }
}

/** Ahorn to Café Linde, July 2026: one page in German. */
export function lindeInvoice(changes: Partial<InvoiceFacts> = {}): InvoiceFacts {
  return {
    documentType: 'invoice',
    language: 'de',
    zone: 'Europe/Vienna',
    seller: sellerOf('ahorn'),
    buyer: {
      name: 'Café Linde e.U.',
      addressLines: ['Neubaugasse 31/4', '1070 Wien'],
      country: 'AT',
      customerNumber: 'cus_019710b29c4f7a3d8e6f5a4b3c2d1e0f',
    },
    number: 'AH-2026-00042',
    issueDate: '2026-07-01',
    dueDate: '2026-07-15',
    periodStart: '2026-06-01',
    periodEnd: '2026-07-01',
    finalisedAt: new Date('2026-07-01T04:00:00Z'),
    currency: 'EUR',
    sections: [{ lines: [fee('Web 1', 'linde-01', 2490n, 'EUR'), overage('linde-01', 160, 100, '0.15', 900n, 'EUR')] }],
    taxes: [{ treatment: 'standard', ratePercent: new Decimal(20), base: money(3390n, 'EUR'), tax: money(678n, 'EUR') }],
    net: money(3390n, 'EUR'),
    tax: money(678n, 'EUR'),
    total: money(4068n, 'EUR'),
    payment: 'transfer',
    ...changes,
  }
}

/** Nakhla to a company with two departments: two pages, right to left. */
export function arabicInvoice(): InvoiceFacts {
  const servers = Array.from({ length: 26 }, (_, index) => fee('Web 2', `shop-${String(index + 1).padStart(2, '0')}`, 38900n, 'AED'))
  return {
    ...lindeInvoice(),
    language: 'ar',
    zone: 'Asia/Dubai',
    seller: sellerOf('nakhla'),
    buyer: {
      name: 'مكتبة الواحة ذ.م.م',
      addressLines: ['شارع الشيخ زايد 118', 'دبي'],
      country: 'AE',
      taxId: '100398215500003',
      customerNumber: 'cus_019710b29c4f7a3d8e6f5a4b3c2d1e0f',
    },
    number: 'NK-2026-00007',
    currency: 'AED',
    sections: [
      {
        title: 'المبيعات',
        lines: [...servers.slice(0, 3), overage('shop-01', 1850, 100, '0.45', 78750n, 'AED')],
        subtotal: money(195450n, 'AED'),
      },
      { title: 'تقنية المعلومات', lines: servers.slice(3), subtotal: money(894700n, 'AED') },
    ],
    taxes: [{ treatment: 'standard', ratePercent: new Decimal(5), base: money(1090150n, 'AED'), tax: money(54508n, 'AED') }],
    net: money(1090150n, 'AED'),
    tax: money(54508n, 'AED'),
    total: money(1144658n, 'AED'),
  }
}
