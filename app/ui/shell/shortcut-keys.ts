/** What a key asks for. */
export type ShortcutDeed = 'search' | 'keys' | 'overview' | 'servers' | 'billing' | 'create'

/** A pressed key, as the browser tells of it. */
export type Press = {
  readonly key: string
  /** The place on the keyboard: what it stands for where letters are not Latin. */
  readonly code: string
  readonly hasControl: boolean
  readonly hasAlt: boolean
  /** Where letters are text: a field, a list, a screen of a server. */
  readonly isTyping: boolean
}

/** The deed of a press, and whether the next one goes with it. */
export type Meaning = { readonly deed: ShortcutDeed | null; readonly begins: boolean }

const nothing: Meaning = { deed: null, begins: false }
const single: Readonly<Record<string, ShortcutDeed>> = { '/': 'search', '?': 'keys', '؟': 'keys', '？': 'keys', c: 'create' }
const afterG: Readonly<Record<string, ShortcutDeed>> = { o: 'overview', s: 'servers', b: 'billing' }

/** For how long a `g` waits for the letter that goes with it. */
export const waitMs = 1_500

/** What a key means; `isAfterG` when a `g` was pressed just before. While text is typed only Ctrl+K means something. */
export function readPress(press: Press, { isAfterG }: { readonly isAfterG: boolean }): Meaning {
  const letter = letterOf(press)
  if (press.hasAlt) return nothing
  if (press.hasControl) return letter === 'k' ? { deed: 'search', begins: false } : nothing
  if (press.isTyping) return nothing
  if (isAfterG) return { deed: afterG[letter] ?? null, begins: letter === 'g' }
  if (letter === 'g') return { deed: null, begins: true }
  return { deed: single[press.key] ?? single[letter] ?? null, begins: false }
}

/** The letter of a press, also on keyboards of other scripts; capitals mean nothing. */
function letterOf({ key, code }: Press): string {
  if (/^[a-z]$/.test(key)) return key
  const isOtherScript = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key)
  return isOtherScript ? (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? '') : ''
}
