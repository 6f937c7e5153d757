import { storeHostOf } from '#app/services/invoices/store-host.server.ts'
import type { StatementPorts } from '#app/services/statements/send-statement-mail.server.ts'
import { documentRenderer, mailer, mailOfStatement, pageOfStatement, senderOf } from '#app/wiring.server.ts'
import { renderStatementMail } from '#emails/statement.tsx'

/** What mailing statements needs of the outside, with the seller's brand and the mail template put together. */
export function statementPorts(tenantId: string): StatementPorts {
  return {
    renderer: documentRenderer(),
    mailer: mailer(),
    composer: {
      page: pageOfStatement,
      mail: async (statement, parties, reader) => {
        const props = await mailOfStatement(statement, parties, { host: await storeHostOf(tenantId), recipientName: reader.name })
        return { ...(await senderOf(parties.seller.slug)), ...(await renderStatementMail(props)), language: props.language }
      },
    },
  }
}
