import { usePage } from './page-context.tsx'

/** What a product is called: in the reader's language, else in English, else in any. */
export function useWords(): (words: Readonly<Record<string, string>>) => string {
  const { language } = usePage()
  return (words) => words[language] ?? words.en ?? Object.values(words)[0] ?? ''
}
