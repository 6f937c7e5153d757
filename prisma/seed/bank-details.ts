import type { BankDetails } from '#app/domain/bank/bank-details.ts'

/** Accounts that banks publish as examples: no money ever reaches them. */
const accounts: Readonly<Record<string, BankDetails>> = {
  meridian: {
    holder: 'Meridian Grid GmbH',
    bankName: 'Musterbank Frankfurt',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
    qrIban: null,
  },
  ahorn: { holder: 'Ahorn Hosting GmbH', bankName: 'Musterbank Wien', iban: 'AT611904300234573201', bic: 'BKAUATWW', qrIban: null },
  lakeside: {
    holder: 'Lakeside Cloud AG',
    bankName: 'Musterbank Zürich',
    iban: 'CH9300762011623852957',
    bic: 'ZKBKCHZZ80A',
    qrIban: 'CH4431999123000889012',
  },
  nakhla: { holder: 'Nakhla Cloud FZ-LLC', bankName: 'Example Bank Dubai', iban: 'AE070331234567890123456', bic: 'BOMLAEAD', qrIban: null },
}

/** Where a seller of the demo is paid. */
export function demoBankDetails(slug: string): BankDetails | undefined {
  return accounts[slug]
}
