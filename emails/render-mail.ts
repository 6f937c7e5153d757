import { render, toPlainText } from '@react-email/render'
import type { ReactElement } from 'react'
import type { RenderedMail } from './mail-brand.ts'

/** The mail as HTML and as plain text, both from the same element. */
export async function renderMail(subject: string, element: ReactElement): Promise<RenderedMail> {
  const html = await render(element)
  return { subject, html, text: toPlainText(html, { selectors: [{ selector: 'h1', options: { uppercase: false } }] }) }
}
