import type { AccountName } from '#tests/support/cloudstack-emulator/world.ts'
import type { DemoPerson } from './people.ts'

export type DemoCustomer = {
  readonly key: string
  readonly seller: DemoPerson['seller']
  readonly kind: 'personal' | 'business' | 'enterprise'
  readonly name: string
  readonly language: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId?: string
  /** Key of the enterprise a department belongs to. */
  readonly departmentOf?: string
  /** A price book of its own; else the store's. */
  readonly priceBook?: string
  readonly creditLimitMinor?: bigint
  /** The account in the cloud whose usage is this customer's. */
  readonly cloudAccount?: AccountName
}

/** Who buys, seller by seller. Invented. */
export const customers: readonly DemoCustomer[] = [
  {
    key: 'brandt',
    seller: 'meridian',
    kind: 'business',
    name: 'Brandt Versand GmbH',
    language: 'de',
    country: 'DE',
    vatId: 'DE136695976',
    addressLines: ['Speicherstraße 14', '20457 Hamburg'],
    creditLimitMinor: 200_000n,
    cloudAccount: 'brandt',
  },
  {
    key: 'hanse',
    seller: 'meridian',
    kind: 'enterprise',
    name: 'Hanse Maschinenbau AG',
    language: 'de',
    country: 'DE',
    vatId: 'DE811907980',
    addressLines: ['Überseetor 20', '28217 Bremen'],
    priceBook: 'hanse',
    creditLimitMinor: 1_000_000n,
  },
  {
    key: 'hanse-rd',
    seller: 'meridian',
    kind: 'business',
    name: 'R&D',
    language: 'de',
    country: 'DE',
    addressLines: ['Überseetor 20', '28217 Bremen'],
    departmentOf: 'hanse',
    cloudAccount: 'hanseRd',
  },
  {
    key: 'hanse-sales',
    seller: 'meridian',
    kind: 'business',
    name: 'Vertrieb',
    language: 'de',
    country: 'DE',
    addressLines: ['Überseetor 20', '28217 Bremen'],
    departmentOf: 'hanse',
    cloudAccount: 'hanseSales',
  },
  {
    key: 'linde',
    seller: 'ahorn',
    kind: 'business',
    name: 'Café Linde e.U.',
    language: 'de',
    country: 'AT',
    addressLines: ['Lindengasse 8', '1070 Wien'],
    creditLimitMinor: 60_000n,
    cloudAccount: 'linde',
  },
  {
    key: 'huber',
    seller: 'ahorn',
    kind: 'business',
    name: 'Huber Innenausbau GmbH',
    language: 'de',
    country: 'DE',
    vatId: 'DE129273398',
    addressLines: ['Ludwigstraße 41', '94032 Passau'],
    creditLimitMinor: 50_000n,
    cloudAccount: 'huber',
  },
  {
    key: 'keller-at',
    seller: 'ahorn',
    kind: 'personal',
    name: 'Eva Keller',
    language: 'de',
    country: 'AT',
    addressLines: ['Mozartgasse 3/12', '8010 Graz'],
    creditLimitMinor: 10_000n,
    cloudAccount: 'kellerAt',
  },
  {
    key: 'praxis-keller',
    seller: 'lakeside',
    kind: 'business',
    name: 'Praxis Keller AG',
    language: 'de',
    country: 'CH',
    addressLines: ['Marktgasse 22', '3011 Bern'],
    creditLimitMinor: 50_000n,
    cloudAccount: 'praxisKeller',
  },
  {
    key: 'alpen-media',
    seller: 'lakeside',
    kind: 'business',
    name: 'Alpen Média Sàrl',
    language: 'fr',
    country: 'CH',
    addressLines: ['Rue du Simplon 7', '1800 Vevey'],
    creditLimitMinor: 200_000n,
    cloudAccount: 'alpenMedia',
  },
  {
    key: 'oasis',
    seller: 'nakhla',
    kind: 'business',
    name: 'فنادق الواحة ذ.م.م',
    language: 'ar',
    country: 'AE',
    addressLines: ['شارع الشيخ زايد، برج المها', 'دبي'],
    creditLimitMinor: 500_000n,
    cloudAccount: 'oasis',
  },
  {
    key: 'burj-retail',
    seller: 'nakhla',
    kind: 'business',
    name: 'Burj Retail FZE',
    language: 'en',
    country: 'AE',
    addressLines: ['Business Bay, Bay Square 7', 'Dubai'],
    creditLimitMinor: 500_000n,
    cloudAccount: 'burjRetail',
  },
]
