/** The characters of Windows-1252 that stand elsewhere in Unicode, by their byte. */
const special: Readonly<Record<string, number>> = {
  '€': 0x80,
  '‚': 0x82,
  ƒ: 0x83,
  '„': 0x84,
  '…': 0x85,
  '†': 0x86,
  '‡': 0x87,
  ˆ: 0x88,
  '‰': 0x89,
  Š: 0x8a,
  '‹': 0x8b,
  Œ: 0x8c,
  Ž: 0x8e,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  '˜': 0x98,
  '™': 0x99,
  š: 0x9a,
  '›': 0x9b,
  œ: 0x9c,
  ž: 0x9e,
  Ÿ: 0x9f,
}
const questionMark = 0x3f

/** `text` in Windows-1252, which DATEV reads. A letter it lacks loses its accent; a character it has nothing like becomes a question mark. */
export function toWindows1252(text: string): Uint8Array {
  return Uint8Array.from([...text.normalize('NFC')].flatMap(bytesOf))
}

function bytesOf(character: string): number[] {
  const byte = byteOf(character)
  if (byte !== undefined) return [byte]
  const plain = [...character.normalize('NFD')].flatMap((part) => byteOf(part) ?? [])
  return plain.length > 0 ? plain : [questionMark]
}

function byteOf(character: string): number | undefined {
  const code = character.codePointAt(0) ?? questionMark
  return code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : special[character]
}
