const one = /^(W\/)?"([\x21\x23-\x7e]*)"$/

/**
 * The versions that a writer has seen, of which one has to stand still; null where any may. A weak mark never stands for what is replaced.
 * Undefined for what is no such header.
 */
export function versionsOf(ifMatch: string | null): readonly string[] | null | undefined {
  if (ifMatch === null || ifMatch.trim() === '*') return null
  const marks = ifMatch.split(',').map((mark) => one.exec(mark.trim()))
  if (marks.some((mark) => mark === null)) return undefined
  return marks.flatMap((mark) => (mark && !mark[1] ? (mark[2] ?? '') : []))
}

/** A version as a header tells it. */
export const eTagOf = (version: string) => `"${version}"`
