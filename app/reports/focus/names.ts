/** A name by language tag. */
export type Names = Readonly<Record<string, string>>

/** The name in `language`, else in English, else the first there is. */
export function nameIn(names: Names, language: string): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? ''
}
