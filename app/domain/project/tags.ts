/** One label of a resource. */
export type Tag = { readonly key: string; readonly value: string }

/** The most labels a resource has. */
const mostTags = 20

const keyForm = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,39}$/u
const longestValue = 80

/**
 * One label as `key=value`; the value may hold further signs of equality. Undefined when the key is none (a letter or digit, then up to 39
 * letters, digits, points, dashes, underscores or strokes) or the value is empty, longer than 80 signs, or holds a comma.
 */
export function typedTag(text: string): Tag | undefined {
  const cut = text.indexOf('=')
  if (cut < 0) return undefined
  const [key, value] = [text.slice(0, cut).trim(), text.slice(cut + 1).trim()]
  return keyForm.test(key) && value.length > 0 && value.length <= longestValue && !value.includes(',') ? { key, value } : undefined
}

/** Labels as typed, one a line or parted by commas. Undefined when one is malformed, a key stands twice, or there are more than 20. */
export function typedTags(text: string): Tag[] | undefined {
  const tags: Tag[] = []
  for (const part of text.split(/[\n\r,]+/).filter((piece) => piece.trim() !== '')) {
    const tag = typedTag(part)
    if (!tag) return undefined
    tags.push(tag)
  }
  return tags.length <= mostTags && new Set(tags.map(({ key }) => key)).size === tags.length ? tags : undefined
}

/** A label as it is typed and shown. */
export function tagText({ key, value }: Tag): string {
  return `${key}=${value}`
}

/** What has to be ended and begun so that `wanted` stand in place of `standing`: what stays the same is left alone. */
export function tagChanges(
  standing: readonly Tag[],
  wanted: readonly Tag[],
): { readonly ended: readonly Tag[]; readonly begun: readonly Tag[] } {
  const isIn = (tags: readonly Tag[], { key, value }: Tag) => tags.some((tag) => tag.key === key && tag.value === value)
  return { ended: standing.filter((tag) => !isIn(wanted, tag)), begun: wanted.filter((tag) => !isIn(standing, tag)) }
}
