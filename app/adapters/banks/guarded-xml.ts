import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { BankFileError } from './bank-file-error.ts'

const deepest = 40

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  trimValues: true,
  isArray: (name) => ['Stmt', 'Bal', 'Ntry', 'NtryDtls', 'TxDtls', 'Strd', 'Ustrd'].includes(name),
})

/**
 * The elements of an XML file from outside. Document types and entities are refused before anything is expanded, as are files that are
 * nested deeper than any statement, or not well formed.
 * @throws BankFileError
 */
export function readGuardedXml(text: string): unknown {
  if (/<!DOCTYPE|<!ENTITY|<!\[/i.test(text)) throw new BankFileError('xml-forbidden', '')
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/i.exec(text)?.[1]
  if (declared && !/^utf-?8$/i.test(declared)) throw new BankFileError('file-encoding', declared)
  checkDepth(text)
  const validity = XMLValidator.validate(text)
  if (validity !== true) throw new BankFileError('xml-malformed', `${validity.err.line}:${validity.err.col}`)
  return parser.parse(text)
}

function checkDepth(text: string): void {
  let depth = 0
  for (const [, closing, empty] of text.matchAll(/<(\/?)[A-Za-z_][^<>]*?(\/?)>/g)) {
    if (closing) depth -= 1
    else if (!empty) depth += 1
    if (depth > deepest) throw new BankFileError('xml-too-deep', String(deepest))
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text of an element, with the five named characters and those by number in their place. @throws BankFileError for any other entity. */
export function decoded(text: string): string {
  return text.replaceAll(/&([^;\s]{0,10});?/g, (whole, name: string) => {
    const number = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
    const code = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10) : undefined
    const character = code === undefined ? named[name] : isText(code) ? String.fromCodePoint(code) : undefined
    if (character === undefined || !whole.endsWith(';')) throw new BankFileError('xml-forbidden', whole)
    return character
  })
}

function isText(code: number): boolean {
  return code === 9 || code === 10 || code === 13 || (code >= 32 && code < 0xd800) || (code > 0xdfff && code <= 0x10ffff)
}
