import { createContext, useContext } from 'react'

const elementId = 'page-texts'

/** On the server: the catalogs of this page, for the browser to take over. */
export const PageTextsContext = createContext<string | undefined>(undefined)

/** Carries the page's catalogs to the browser as data, so that the first render there finds them without another request. */
export function PageTexts() {
  const json = useContext(PageTextsContext) ?? document.getElementById(elementId)?.textContent ?? '{}'
  // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON written by the function below, in which nothing ends the element
  return <script id={elementId} type="application/json" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: json }} />
}

/** Text that may stand inside a script element: nothing in it can end the element. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

/** In the browser: the catalogs the server put on the page. */
export function readPageTexts(): Record<string, object> {
  return JSON.parse(document.getElementById(elementId)?.textContent ?? '{}')
}
