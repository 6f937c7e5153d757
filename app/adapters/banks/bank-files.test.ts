import { describe, expect, test } from 'vitest'
import type { CsvMapping } from '#app/domain/reconciliation/csv-mapping.ts'
import { BankFileError } from './bank-file-error.ts'
import { readBankFile } from './read-bank-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, mapping: CsvMapping | null = null) => readBankFile(bytes(text), { mapping, currency: 'EUR' })

/** Why a file is refused; nothing when it is taken. */
function refusal(file: string | Uint8Array, mapping: CsvMapping | null = null): string | undefined {
  try {
    readBankFile(typeof file === 'string' ? bytes(file) : file, { mapping, currency: 'EUR' })
    return undefined
  } catch (failure) {
    if (failure instanceof BankFileError) return failure.code
    throw failure
  }
}

type CamtFacts = { version?: string; entries?: string; closing?: string; currency?: string }
const camt = ({
  version = '02',
  entries = '',
  closing = '1000.00',
  currency = 'EUR',
}: CamtFacts = {}) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt>
<Id>2026-128</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>${currency}</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-07-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-07-02</Dt></Dt></Bal>
${entries}</Stmt></BkToCstmrStmt></Document>`

const debtor = `<RltdPties><Dbtr><Nm>Brandt &amp; S&#246;hne</Nm></Dbtr><DbtrAcct><Id><IBAN>AT611904300234573201</IBAN></Id></DbtrAcct></RltdPties>`
const entryOf02 = `<Ntry><Amt Ccy="EUR">40.34</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-07-02</Dt></BookgDt>
<AcctSvcrRef>BR-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${debtor}
<RmtInf><Ustrd>Rechnung MG-2026-00001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
const collectiveOf08 = `<Ntry><Amt Ccy="EUR">60.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-07-02T08:00:00+02:00</DtTm></BookgDt>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>T1</AcctSvcrRef></Refs><Amt Ccy="EUR">40.00</Amt><RltdPties><Dbtr><Pty><Nm>Linde</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>RF18 5390 0754 7034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
<TxDtls><Refs><AcctSvcrRef>T2</AcctSvcrRef></Refs><Amt Ccy="EUR">20.00</Amt></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>
<Ntry><Amt Ccy="EUR">7.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-07-01</Dt></BookgDt><AddtlNtryInf>Fee</AddtlNtryInf></Ntry>`

describe('a CAMT.053 file', () => {
  test('of version 02 gives account, balances and an entry with its payer and words', () => {
    const { format, statements } = read(camt({ entries: entryOf02, closing: '1040.34' }))
    expect(format).toBe('camt.053')
    expect(statements).toEqual([
      {
        account: 'DE89370400440532013000',
        number: '2026-128',
        currency: 'EUR',
        fromDay: '2026-07-02',
        toDay: '2026-07-02',
        balances: { opening: { minor: 100000n, currency: 'EUR' }, closing: { minor: 104034n, currency: 'EUR' } },
        entries: [
          {
            bookedOn: '2026-07-02',
            amount: { minor: 4034n, currency: 'EUR' },
            reference: null,
            text: 'Rechnung MG-2026-00001',
            counterparty: { name: 'Brandt & Söhne', iban: 'AT611904300234573201' },
            bankReference: 'BR-1',
          },
        ],
      },
    ])
  })

  test('of version 08 gives a collective entry payment by payment, and leaves out what is not booked', () => {
    const [statement] = read(camt({ version: '08', entries: collectiveOf08, closing: '1052.50' })).statements
    expect(
      statement?.entries.map(({ amount, reference, counterparty, text }) => [amount.minor, reference, counterparty.name, text]),
    ).toEqual([
      [4000n, 'RF18539007547034', 'Linde', ''],
      [2000n, null, null, ''],
      [-750n, null, null, 'Fee'],
    ])
    expect([statement?.fromDay, statement?.toDay]).toEqual(['2026-07-01', '2026-07-02'])
  })

  const bomb = `<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`
  test.each([
    ['entities that expand', camt().replace('<Document', `${bomb}<Document`), 'xml-forbidden'],
    ['an external entity', camt().replace('<Document', '<!DOCTYPE d SYSTEM "file:///etc/passwd"><Document'), 'xml-forbidden'],
    ['an entity nobody declared', camt({ entries: entryOf02.replace('Rechnung', '&xxe;') }), 'xml-forbidden'],
    ['sections that are not parsed', camt({ entries: '<![CDATA[x]]>' }), 'xml-forbidden'],
    ['a depth no statement has', camt({ entries: `${'<a>'.repeat(50)}${'</a>'.repeat(50)}` }), 'xml-too-deep'],
    ['a tag that is not closed', camt().replace('</Stmt>', ''), 'xml-malformed'],
    ['another encoding than it may have', camt().replace('UTF-8', 'UTF-16'), 'file-encoding'],
    ['another kind of document', camt({ version: '99' }), 'file-format'],
    ['an amount with three decimals', camt({ entries: entryOf02.replace('40.34', '40.345') }), 'file-malformed'],
    ['an amount in letters', camt({ entries: entryOf02.replace('40.34', '1e9') }), 'file-malformed'],
    ['a day that is none', camt({ entries: entryOf02.replace('<Dt>2026-07-02', '<Dt>2026-02-30') }), 'file-malformed'],
    ['no closing balance', camt().replace('CLBD', 'ITBD'), 'file-malformed'],
  ])('with %s is refused', (_what, text, code) => expect(refusal(text)).toBe(code))
})

const mt940 = `{1:F01BANKDEFFXXXX}{2:I940}{4:
:20:STARTUMSE
:25:37040044/0532013000
:28C:00128/001
:60F:C260701EUR1000,00
:61:2607020702CR40,34NTRFNONREF//BR-1
:86:166?00GUTSCHRIFT?20SVWZ+MG-2026-00001?21 danke?30BKAUATWW?31AT611904300234573201?32BRANDT VERSAND
 GMBH
:61:2607020702D7,50NCHGNONREF
:86:Kontofuehrung
:61:2612310102RC10,00NTRFX
:62F:C260702EUR1022,84
-}`

describe('an MT940 file', () => {
  test('gives account, balances and entries, a reversal with its sign turned round', () => {
    const { format, statements } = read(mt940)
    expect(format).toBe('mt940')
    expect(statements[0]).toMatchObject({
      account: '37040044/0532013000',
      number: '00128/001',
      balances: { opening: { minor: 100000n }, closing: { minor: 102284n } },
      entries: [
        {
          bookedOn: '2026-07-02',
          amount: { minor: 4034n, currency: 'EUR' },
          text: 'SVWZ+MG-2026-00001 danke',
          counterparty: { name: 'BRANDT VERSAND GMBH', iban: 'AT611904300234573201' },
          bankReference: 'BR-1',
        },
        { bookedOn: '2026-07-02', amount: { minor: -750n }, text: 'Kontofuehrung' },
        // Booked in January for a value date of December.
        { bookedOn: '2027-01-02', amount: { minor: -1000n }, text: 'X' },
      ],
    })
  })

  test.each([
    ['no closing balance', mt940.replace(':62F:', ':64:')],
    ['an entry that is none', mt940.replace('CR40,34', 'CR40')],
    ['words before the first field', mt940.replace(':20:STARTUMSE', 'hello')],
  ])('with %s is refused', (_what, text) => expect(refusal(text)).toBe('file-malformed'))
})

const mapping: CsvMapping = {
  day: 'Buchungstag',
  dayForm: 'DD.MM.YYYY',
  amount: 'Betrag',
  decimal: ',',
  text: 'Verwendungszweck',
  name: 'Name',
  iban: 'IBAN',
  reference: '',
  bankReference: '',
}
const csv =
  'Buchungstag;Betrag;Verwendungszweck;Name;IBAN\n02.07.2026;"1.040,34";MG-2026-00001;Brandt;AT61 1904 3002 3457 3201\n03.07.2026;-7,5;Gebühr;;\n'

describe('a list of a bank', () => {
  test('is read by the columns that were named once', () => {
    const [statement] = read(csv, mapping).statements
    expect(statement).toMatchObject({ account: null, balances: null, fromDay: '2026-07-02', toDay: '2026-07-03', currency: 'EUR' })
    expect(statement?.entries.map(({ amount, counterparty }) => [amount.minor, counterparty.iban])).toEqual([
      [104034n, 'AT611904300234573201'],
      [-750n, null],
    ])
  })

  test.each([
    ['a column that is not there', csv.replace('Betrag', 'Summe'), 'columns-missing'],
    ['a row that is broken', csv.replace('-7,5', 'much'), 'file-malformed'],
    ['a day that is none', csv.replace('03.07.2026', '31.02.2026'), 'file-malformed'],
    ['rows of another length', `${csv}1;2\n`, 'file-malformed'],
    ['a head alone', 'Buchungstag;Betrag;Verwendungszweck;Name;IBAN\n', 'columns-missing'],
  ])('with %s is refused', (_what, text, code) => expect(refusal(text, mapping)).toBe(code))

  test('without columns named is no form this account knows', () => expect(refusal(csv)).toBe('file-format'))
})

test.each([
  ['nothing', new Uint8Array(), 'file-empty'],
  ['blanks', bytes(' \n'), 'file-empty'],
  ['bytes that are no text', new Uint8Array([0x3c, 0xff, 0xfe]), 'file-encoding'],
  ['text of two bytes a letter', new Uint8Array(Buffer.from('<Document/>', 'utf16le')), 'file-encoding'],
  ['more than a statement ever holds', new Uint8Array(8_000_001).fill(0x20), 'file-too-large'],
])('%s is refused', (_what, file, code) => expect(refusal(file)).toBe(code))
