import { invariant } from '#app/domain/shared/invariant.ts'

/** What tells a reader that the attached XML is the invoice, and the schema that PDF/A wants described for it. */
const description = `<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"><fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName><fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>`

const properties = [
  ['DocumentFileName', 'The name of the embedded XML document'],
  ['DocumentType', 'The type of the hybrid document in capital letters, e.g. INVOICE or ORDER'],
  ['Version', 'The actual version of the standard applying to the embedded XML document'],
  ['ConformanceLevel', 'The conformance level of the embedded XML document'],
]
  .map(
    ([name, text]) =>
      `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${text}</pdfaProperty:description></rdf:li>`,
  )
  .join('')

const schema = `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>${properties}</rdf:Seq></pdfaSchema:property></rdf:li>`

const extension = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>${schema}</rdf:Bag></pdfaExtension:schemas></rdf:Description>`

/**
 * The file with Factur-X named in its metadata. The typesetter writes metadata as plain text and a table of where each object lies:
 * the metadata grows, and what lies behind it moves in the table. @throws InvariantError for a file that is not built so.
 */
export function nameFacturX(pdf: Uint8Array): Uint8Array {
  // One byte is one character, so positions in the text are positions in the file.
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const packet = metadataOf(text)
  const grown = withFacturX(packet.xmp)
  const header = packet.header.replace(/\/Length \d+/, `/Length ${grown.length}`)
  const shift = grown.length - packet.xmp.length + header.length - packet.header.length
  const start = text.slice(0, packet.start) + header + grown + text.slice(packet.end)
  return Buffer.from(moveTable(start, packet.start, shift), 'latin1')
}

type Packet = { readonly start: number; readonly end: number; readonly header: string; readonly xmp: string }

function metadataOf(text: string): Packet {
  const header =
    /<<(?:(?!>>)[\s\S])*\/Type \/Metadata(?:(?!>>)[\s\S])*\/Length (\d+)(?:(?!>>)[\s\S])*>>\s*stream\r?\n|<<(?:(?!>>)[\s\S])*\/Length (\d+)(?:(?!>>)[\s\S])*\/Type \/Metadata(?:(?!>>)[\s\S])*>>\s*stream\r?\n/.exec(
      text,
    )
  invariant(header, 'nameFacturX: the file has no metadata')
  const length = Number(header[1] ?? header[2])
  const from = header.index + header[0].length
  return { start: header.index, end: from + length, header: header[0], xmp: text.slice(from, from + length) }
}

function withFacturX(xmp: string): string {
  invariant(xmp.includes('</rdf:RDF>'), 'nameFacturX: the metadata is not plain text')
  const bag = /(<pdfaExtension:schemas>\s*<rdf:Bag>)/
  const described = bag.test(xmp) ? xmp.replace(bag, `$1${schema}`) : xmp.replace('</rdf:RDF>', `${extension}</rdf:RDF>`)
  return described.replace('</rdf:RDF>', `${description}</rdf:RDF>`)
}

/** The cross-reference table and its own place, after everything behind `from` moved by `shift`. */
function moveTable(text: string, from: number, shift: number): string {
  const tail = /xref\r?\n0 (\d+)\r?\n([\s\S]*?)trailer([\s\S]*?)startxref\r?\n(\d+)\r?\n%%EOF\s*$/.exec(text)
  invariant(tail?.[2] !== undefined && tail[4], 'nameFacturX: the file has no table of its objects')
  const moved = (offset: string) => (Number(offset) > from ? Number(offset) + shift : Number(offset))
  const table = tail[2].replaceAll(
    /(\d{10}) (\d{5}) n/g,
    (_, offset: string, generation: string) => `${String(moved(offset)).padStart(10, '0')} ${generation} n`,
  )
  return `${text.slice(0, tail.index)}xref\n0 ${tail[1]}\n${table}trailer${tail[3]}startxref\n${tail.index}\n%%EOF`
}
