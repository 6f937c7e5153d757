import { createHmac } from 'node:crypto'
import { appSecret } from '#app/config/env.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import type { ExportLink, ExportMail, ExportMailPorts } from '#app/services/exports/hand-over.server.ts'
import type { FailureMail, FailureMailPorts } from '#app/services/exports/tell-of-failure.server.ts'
import { mailBrandOf, mailer, mailLocaleOf, senderOf } from '#app/wiring.server.ts'
import { renderExportFailedMail } from '#emails/export-failed.tsx'
import { renderExportReadyMail } from '#emails/export-ready.tsx'
import { mailLanguage } from './mail-language.server.ts'

/** What leads to a file. The secret follows from the export and the installation's own, so that none stands in an event, a step or a row. */
export function exportLink(tenantId: string, exportId: string): ExportLink {
  const token = createHmac('sha256', appSecret()).update(`export link/${tenantId}/${exportId}`).digest('base64url')
  return { token, fileAt: (host) => storeAddress(host, `/exports/${token}/file`) }
}

/** What mailing a finished file needs of the outside, with the seller's brand and the mail template put together. */
export function exportMailPorts(tenantId: string, exportId: string): ExportMailPorts {
  return { mailer: mailer(), token: exportLink(tenantId, exportId).token, compose }
}

async function compose({ to, recipientName, token, seller, language: wanted, ...made }: ExportMail) {
  const { slug, host, timeZone } = seller
  const language = await mailLanguage(slug, wanted)
  const mail = await renderExportReadyMail({
    brand: await mailBrandOf(slug, host),
    language,
    locale: await mailLocaleOf(slug, language),
    timeZone,
    recipientName,
    file: made,
    url: storeAddress(host, `/exports/${token}`),
  })
  return { ...(await senderOf(slug)), to: [{ name: recipientName, address: to }], ...mail, language, attachments: [] }
}

/** What telling that a file could not be made needs of the outside. */
export function failureMailPorts(): FailureMailPorts {
  return { mailer: mailer(), compose: composeFailure }
}

async function composeFailure({ to, recipientName, seller, language: wanted, accountId, kind, month, day }: FailureMail) {
  const { slug, host } = seller
  const language = await mailLanguage(slug, wanted)
  const mail = await renderExportFailedMail({
    brand: await mailBrandOf(slug, host),
    language,
    locale: await mailLocaleOf(slug, language),
    recipientName,
    file: { kind, month, day },
    url: storeAddress(host, accountId ? '/panel/exports/schedules' : '/office/exports/schedules'),
  })
  return { ...(await senderOf(slug)), to: [{ name: recipientName, address: to }], ...mail, language, attachments: [] }
}
