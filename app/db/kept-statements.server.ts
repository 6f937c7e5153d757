import { createHash } from 'node:crypto'

const KEPT = /^\s*\/\* kept: ([a-z-]+) \*\//

/**
 * Name under which a connection keeps a statement prepared. Only those that begin with the comment “kept: some-name” are kept: planning them
 * costs more than running them. Others are planned anew each time, for the figures they are asked with. The text is part of the name, so
 * that two texts of one mark never meet. Undefined: it is not kept.
 */
export function statementName(sql: string): string | undefined {
  const mark = KEPT.exec(sql)?.[1]
  return mark && `${mark}-${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`
}
