import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { listMails, readMail } from '#app/adapters/mail/outbox-reader.ts'
import { partsOfPdf, textOfPdf } from './pdf-text.ts'
import { dataFolder } from './stores.ts'

/** The makers and the provider behind the stores of resellers. */
export const namesBehind = /\b(meridian|livery)/i

/** The whole answer to a path as the page's own origin gets it: status, headers and body. */
export async function answerAt(page: Page, path: string): Promise<{ status: number; text: string }> {
  return page.evaluate(async (address) => {
    const answer = await fetch(address)
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
    return { status: answer.status, text: `${headers}\n\n${await answer.text()}` }
  }, path)
}

/** Every word of the mails a seller has sent: headers, both bodies, attached documents. */
export async function mailsOf(sender: string): Promise<{ subject: string; text: string }[]> {
  const folder = join(dataFolder(), 'mail')
  const mails = await Promise.all(
    (await listMails(folder, 1000)).filter((mail) => mail.fromAddress === sender).map(({ id }) => readMail(folder, id)),
  )
  return mails.flatMap((mail) => {
    if (!mail) return []
    const documents = mail.files.map(
      ({ filename, content }) => `${filename}\n${textOfPdf(Buffer.from(content))}\n${partsOfPdf(Buffer.from(content))}`,
    )
    return [{ subject: mail.subject, text: [JSON.stringify(mail.headers), mail.html, mail.text, ...documents].join('\n') }]
  })
}
