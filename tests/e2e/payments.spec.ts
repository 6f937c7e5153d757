import { expectAccessible } from './support/accessible.ts'
import { expect, type Page, test } from './support/test.ts'

const finance = { as: 'anke@meridian.example', locale: 'en-GB' }

test('finance uploads a bank file and accepts a match: the invoice is paid, and the customer sees it', async ({ visit }) => {
  const office = await visit('meridian', finance)
  const { number, minor } = await openInvoiceOf(office, 'Brandt Versand')
  await upload(office, [
    { minor: minor + 500n, text: `Rechnung ${number}` },
    { minor: -750n, text: 'Fee of the bank' },
  ])
  await expect(office.getByText('Entries read: 2, new: 2, accepted: 0.')).toBeVisible()

  // The same file again changes nothing.
  await upload(office, [
    { minor: minor + 500n, text: `Rechnung ${number}` },
    { minor: -750n, text: 'Fee of the bank' },
  ])
  await expect(office.getByText('Entries read: 2, new: 0, accepted: 0.')).toBeVisible()
  await office.getByRole('table').getByRole('link').first().click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Bank statement')
  await expectAccessible(office, 'a bank statement')

  await office.goto('/office/bank-statements/matching')
  await expect(office.getByText('the number stands in the text')).toBeVisible()
  const accept = office.getByRole('button', { name: 'Accept Brandt Versand GmbH' })
  await accept.click()
  await expect(accept).toHaveCount(0)
  await office.getByRole('link', { name: 'Decide by hand' }).click()
  await expectAccessible(office, 'an entry of the bank')
  await office.getByLabel('Reason').fill('Fee of the bank')
  await office.getByRole('button', { name: 'Put aside' }).click()
  await expect(office.getByText('Everything is matched')).toBeVisible()

  await office.goto('/office/payments')
  await office
    .getByRole('row', { name: /Brandt Versand.*Bank transfer|Bank transfer.*Brandt Versand/ })
    .getByRole('link')
    .first()
    .click()
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Payment')
  await expect(office.getByText('Partly applied')).toBeVisible()
  await expect(office.getByRole('link', { name: number, exact: true })).toBeVisible()
  await expectAccessible(office, 'a payment')

  const panel = await visit('meridian', { as: 'lena@brandt.example', locale: 'en-GB' })
  await panel.goto('/panel/invoices')
  await panel.getByRole('link', { name: number, exact: true }).click()
  await expect(panel.locator('main').getByText('Paid', { exact: true }).first()).toBeVisible()
  await expect(panel.locator('#payments').getByText('Bank transfer')).toBeVisible()
  await panel.goto('/panel/payments')
  await expect(panel.getByRole('row', { name: /Bank transfer/ })).toHaveCount(1)
})

test('a payment is recorded, applied, taken back and given back', async ({ visit }) => {
  const office = await visit('meridian', { ...finance, refusals: [409, 422] })
  await office.goto('/office/payments/new')
  await office.getByLabel('Who paid?').fill('Hanse Maschinenbau')
  await office.getByRole('button', { name: 'Search' }).click()
  await office.getByRole('link', { name: 'Hanse Maschinenbau AG', exact: true }).click()
  await office.getByLabel('Amount', { exact: true }).fill('twenty')
  await office.getByRole('button', { name: 'Record' }).click()
  await expect(office.getByText('Write an amount such as 5000.00')).toBeVisible()
  await office.getByLabel('Amount', { exact: true }).fill('20.00')
  await office.getByLabel('Method').selectOption('Cash')
  await office.getByRole('button', { name: 'Record' }).click()
  await expect(office.getByRole('heading', { name: 'What it settles' })).toBeVisible()

  await office.getByRole('link', { name: /^Take back/ }).click()
  await office.waitForURL(/\/take-back\//)
  await expectAccessible(office, 'taking an allocation back')
  await office.getByLabel('Reason').fill('Meant for July')
  await office.getByRole('button', { name: 'Take back' }).click()
  await expect(office.getByText('Taken back: Meant for July')).toBeVisible()

  await office.getByLabel('Amount in EUR').fill('5000000.00')
  await office.getByRole('button', { name: 'Apply', exact: true }).click()
  await expect(office.getByText('The payment does not have that much left.')).toBeVisible()

  await office.getByRole('link', { name: 'Give money back' }).click()
  await office.waitForURL(/\/refund$/)
  await expectAccessible(office, 'giving money back')
  await office.getByLabel('Amount in EUR').fill('5.00')
  await office.getByLabel('Reason').fill('Paid too much')
  await office.getByRole('button', { name: 'Book the refund' }).click()
  await expect(office.getByRole('heading', { name: 'What went back' })).toBeVisible()

  await office.getByRole('link', { name: 'Returned by the bank' }).click()
  await office.waitForURL(/\/return$/)
  await expectAccessible(office, 'a returned payment')
  await office.getByLabel('Reason').fill('False money')
  await office.getByRole('button', { name: 'Book the return' }).click()
  await expect(office.getByText('Went back', { exact: true }).first()).toBeVisible()
})

test('a file that declares entities is refused with a word why, and nothing of it is kept', async ({ visit }) => {
  const office = await visit('meridian', { ...finance, refusals: [422] })
  await office.goto('/office/bank-statements')
  const buffer = Buffer.from('<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>')
  await office.getByLabel('File', { exact: true }).setInputFiles({ name: 'evil.xml', mimeType: 'application/xml', buffer })
  await office.getByRole('button', { name: 'Import' }).click()
  await expect(office.getByText('No bank does that; nothing was taken.')).toBeVisible()
})

test('a reseller announces a wire and gets the reference; its seller sees it awaited', async ({ visit }) => {
  const reseller = await visit('ahorn', { as: 'johanna@ahorn.example', locale: 'en-GB' })
  await reseller.goto('/office/purchases/payments')
  await expect(reseller.getByText('DE89 3704 0044 0532 0130 00')).toBeVisible()
  await reseller.getByLabel('Amount', { exact: true }).fill('25000.00')
  await reseller.getByRole('button', { name: 'Announce' }).click()
  const reference =
    (
      await reseller
        .getByRole('row', { name: /^RF\d\d/ })
        .first()
        .innerText()
    ).match(/RF\w+/)?.[0] ?? ''
  expect(reference).toMatch(/^RF\d\dP[0-9A-F]{12}$/)
  await expectAccessible(reseller, 'announced payments')

  const seller = await visit('meridian', finance)
  await seller.goto('/office/payments/expected')
  const row = seller.getByRole('row').filter({ hasText: reference })
  await expect(row.getByText('Ahorn Hosting GmbH')).toBeVisible()
  await expect(row.getByText('Awaited')).toBeVisible()
})

/** An invoice of that customer that nobody paid, with what it asks for. */
async function openInvoiceOf(office: Page, buyer: string): Promise<{ number: string; minor: bigint }> {
  await office.goto('/office/invoices?type=invoice')
  const row = office.getByRole('row').filter({ hasText: buyer }).first()
  const number = (await row.getByRole('link', { name: /^MG-\d{4}-\d{5}$/ }).innerText()).trim()
  await row.getByRole('link', { name: number, exact: true }).click()
  await office.getByRole('link', { name: 'Settle' }).click()
  await expectAccessible(office, 'settling an invoice')
  await office.getByRole('link', { name: 'Record a payment' }).click()
  const option = await office.getByLabel('It settles').locator('option', { hasText: number }).innerText()
  return { number, minor: BigInt((/([\d.,]+)(?!.*\d)/.exec(option.replace(number, ''))?.[1] ?? '').replaceAll(/[.,]/g, '')) }
}

type Line = { readonly minor: bigint; readonly text: string }

/** Uploads a CAMT.053 file of Meridian's account with these lines; nothing is matched by itself. */
async function upload(office: Page, lines: readonly Line[]): Promise<void> {
  await office.goto('/office/bank-statements')
  const file = { name: 'statement.xml', mimeType: 'application/xml', buffer: Buffer.from(camt(lines)) }
  await office.getByLabel('File', { exact: true }).setInputFiles(file)
  await office.getByLabel('Accept at once what agrees exactly').uncheck()
  await office.getByRole('button', { name: 'Import' }).click()
}

const decimal = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`

function camt(lines: readonly Line[]): string {
  const balance = (kind: string, minor: bigint) =>
    `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${decimal(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-07-02</Dt></Dt></Bal>`
  const entry = ({ minor, text }: Line) =>
    `<Ntry><Amt Ccy="EUR">${decimal(minor < 0n ? -minor : minor)}</Amt><CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>2026-07-02</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
  const closing = lines.reduce((total, { minor }) => total + minor, 100_000n)
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>
    <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>${balance('OPBD', 100_000n)}${balance('CLBD', closing)}${lines.map(entry).join('')}
    </Stmt></BkToCstmrStmt></Document>`
}
