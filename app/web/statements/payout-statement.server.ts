import type { PayoutStatementParts } from '#app/services/payouts/read-statement.server.ts'
import { documentRenderer, pageOfPayout } from '#app/wiring.server.ts'
import { downloadHeaders } from '../answers/documents.server.ts'

/** The statement of a payout as PDF. */
export async function payoutStatementFile(parts: PayoutStatementParts): Promise<Response> {
  const content = await documentRenderer().renderStatement(await pageOfPayout(parts))
  return new Response(content as Uint8Array<ArrayBuffer>, {
    headers: {
      ...downloadHeaders(`${parts.parties.seller.slug}-payout-${parts.payout.through}.pdf`, 'application/pdf'),
      'Content-Length': String(content.byteLength),
    },
  })
}
