import { type DocumentKey, documentKeyIdOf, openByDocumentKey, sealByDocumentKey } from '#app/config/document-text.server.ts'
import type { InvoiceBuyer } from '#app/domain/invoice/finalised-invoice.ts'
import type { TenantContext } from '../context.server.ts'
import { documentKey } from '../sealing/document-keys.server.ts'

type Scope = Pick<TenantContext, 'tenantId'>
const placeOf = ({ tenantId }: Scope, invoiceId: string) => `${tenantId}/invoices.buyer/${invoiceId}`

/** The address of a document that was sealed for another one, or of which a byte is another. */
export class BrokenSealError extends Error {}

/** A buyer as its document keeps it: the lines of the address sealed as one, the rest as it is. */
export function sealBuyer(
  ctx: Scope,
  key: DocumentKey,
  { id, buyer }: { readonly id: string; readonly buyer: InvoiceBuyer },
): InvoiceBuyer {
  if (buyer.addressLines.length === 0) return buyer
  return { ...buyer, addressLines: [sealByDocumentKey(key, JSON.stringify(buyer.addressLines), placeOf(ctx, id))] }
}

/** The buyer that a document keeps. Of documents from before addresses were sealed it is as it stands. @throws BrokenSealError */
export async function openBuyer(
  ctx: TenantContext,
  { id, buyer }: { readonly id: string; readonly buyer: InvoiceBuyer },
): Promise<InvoiceBuyer> {
  const [first] = buyer.addressLines ?? []
  const keyId = first === undefined ? null : documentKeyIdOf(first)
  if (first === undefined || keyId === null) return buyer
  const key = await documentKey(ctx, keyId)
  return { ...buyer, addressLines: JSON.parse(linesOf(key, first, placeOf(ctx, id))) as string[] }
}

function linesOf(key: DocumentKey, sealed: string, place: string): string {
  try {
    return openByDocumentKey(key, sealed, place)
  } catch (cause) {
    throw new BrokenSealError(`${place} does not open`, { cause })
  }
}
