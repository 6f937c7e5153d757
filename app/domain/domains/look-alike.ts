/**
 * Letters of other scripts, and digits, that the eye takes for a Latin letter in a name. From the confusables of Unicode, those that may
 * stand in a host name.
 */
const looksLike: Readonly<Record<string, string>> = {
  а: 'a',
  ɑ: 'a',
  α: 'a',
  ɡ: 'g',
  ԁ: 'd',
  е: 'e',
  ҽ: 'e',
  һ: 'h',
  н: 'h',
  і: 'i',
  ı: 'i',
  ι: 'i',
  ј: 'j',
  к: 'k',
  κ: 'k',
  ӏ: 'l',
  м: 'm',
  ո: 'n',
  η: 'n',
  п: 'n',
  о: 'o',
  ο: 'o',
  σ: 'o',
  օ: 'o',
  р: 'p',
  ρ: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  τ: 't',
  у: 'y',
  υ: 'u',
  ս: 'u',
  ν: 'v',
  ѵ: 'v',
  ԝ: 'w',
  ω: 'w',
  ш: 'w',
  х: 'x',
  χ: 'x',
  γ: 'y',
  ү: 'y',
  ᴢ: 'z',
  в: 'b',
  β: 'b',
  с: 'c',
  ϲ: 'c',
  ß: 'b',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  þ: 'p',
  æ: 'ae',
  œ: 'oe',
  '0': 'o',
  '1': 'l',
  '5': 's',
  i: 'l',
}

/** Pairs of letters that run together into one. */
const runTogether: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
]

/** How a name looks: names that a hurried reader takes for one another have the same skeleton. `name` is in Unicode, lower case. */
export function skeletonOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{Mark}/gu, '')
  const letters = [...plain].map((letter) => lettersOf(letter)).join('')
  return runTogether.reduce((text, [pair, one]) => text.replaceAll(pair, one), letters)
}

// What a letter looks like may itself look like another: ı, i and l.
function lettersOf(letter: string): string {
  const first = looksLike[letter]
  return first ? (looksLike[first] ?? first) : letter
}

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Armenian', 'Georgian', 'Devanagari', 'Thai', 'Han', 'Hangul'] as const
const patterns = scripts.map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }))
const kana = /[\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}]/u
const asian: readonly string[] = ['Latin', 'Han', 'Hangul', 'kana']

/**
 * Whether a label of `name` (in Unicode) mixes scripts that no language writes together. Han, kana and Hangul go together and with Latin;
 * everything else stands alone.
 */
export function mixesScripts(name: string): boolean {
  return name.split('.').some((label) => {
    const found = new Set([...label].map(scriptOf).filter((script) => script !== undefined))
    return found.size > 1 && ![...found].every((script) => asian.includes(script))
  })
}

function scriptOf(letter: string): string | undefined {
  if (kana.test(letter)) return 'kana'
  const known = patterns.find(({ pattern }) => pattern.test(letter))?.name
  if (known) return known
  return /\p{Letter}/u.test(letter) ? 'other' : undefined
}
