/** Files that banks read. */
export const evidenceTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const
export type EvidenceType = (typeof evidenceTypes)[number]

/** What banks take at most: words, files, and bytes of all of them together. */
export const evidenceLimits = { textCharacters: 20_000, files: 8, fileBytes: 4_000_000, allBytes: 4_500_000 } as const

export type EvidenceFile = { readonly name: string; readonly bytes: Uint8Array }
export type EvidenceProblem = 'file-empty' | 'file-too-large' | 'file-of-other-kind' | 'too-many-files' | 'files-too-large'

const signatures: readonly { readonly type: EvidenceType; readonly bytes: readonly number[] }[] = [
  { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
]

/** What a file is by its first bytes, whatever its name says; null when it is none that banks read. */
export function evidenceTypeOf(bytes: Uint8Array): EvidenceType | null {
  return signatures.find((signature) => signature.bytes.every((byte, place) => bytes[place] === byte))?.type ?? null
}

/** Why `file` cannot join those that are there, given by their size in bytes; null when it can. */
export function evidenceProblem(file: EvidenceFile, sizes: readonly number[]): EvidenceProblem | null {
  const size = file.bytes.length
  if (size === 0) return 'file-empty'
  if (size > evidenceLimits.fileBytes) return 'file-too-large'
  if (!evidenceTypeOf(file.bytes)) return 'file-of-other-kind'
  if (sizes.length >= evidenceLimits.files) return 'too-many-files'
  return sizes.reduce((sum, each) => sum + each, size) > evidenceLimits.allBytes ? 'files-too-large' : null
}

/** The name of a file as it leaves: the last part of its path, without what a header or a folder would stumble over. */
export function evidenceName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const plain = last.replaceAll(/[^\p{L}\p{N}._ -]/gu, '').trim()
  return plain.slice(-100) || 'file'
}
