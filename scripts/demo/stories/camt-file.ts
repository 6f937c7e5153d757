/** One booked entry of a bank: minor units that came in, from whom, and what the payer wrote: words, or the reference of the slip. */
export type BankLine = { readonly minor: bigint; readonly from: string; readonly text: string; readonly reference: string | null }

const openingMinor = 1_250_000n

/** A CAMT.053 statement in EUR of the account `iban` with these entries, all booked on one day. */
export function camtFile({ iban, bookedOn, lines }: { iban: string; bookedOn: string; lines: readonly BankLine[] }): string {
  const closing = lines.reduce((total, { minor }) => total + minor, openingMinor)
  const balance = (kind: string, minor: bigint) =>
    `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${decimal(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${bookedOn}</Dt></Dt></Bal>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>${bookedOn}</Id>
<Acct><Id><IBAN>${iban}</IBAN></Id></Acct>${balance('OPBD', openingMinor)}${balance('CLBD', closing)}
${lines.map((line) => entry(line, bookedOn)).join('\n')}
</Stmt></BkToCstmrStmt></Document>`
}

function entry({ minor, text, from, reference }: BankLine, bookedOn: string): string {
  const written = reference ? `<Strd><CdtrRefInf><Ref>${reference}</Ref></CdtrRefInf></Strd>` : `<Ustrd>${xml(text)}</Ustrd>`
  return `<Ntry><Amt Ccy="EUR">${decimal(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${bookedOn}</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>${xml(from)}</Nm></Dbtr></RltdPties><RmtInf>${written}</RmtInf></TxDtls></NtryDtls></Ntry>`
}

function decimal(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
