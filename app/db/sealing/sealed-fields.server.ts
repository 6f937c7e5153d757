import { blindIndexes, isSealed, openText, sealText } from '#app/config/sealed-text.server.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'

type Sql = Prisma.Sql
type Place = {
  readonly table: Sql
  /** What is stored, as one text; null or empty where there is nothing to seal. */
  readonly stored: Sql
  /** Puts the sealed text `v.sealed` into the row. */
  readonly put: Sql
}

const text = (table: Sql, column: Sql): Place => ({ table, stored: column, put: Prisma.sql`${column} = v.sealed` })

/** Lines of a text are sealed as one; what stands in the column is a list of that. */
const lines = (table: Sql, column: Sql): Place => ({
  table,
  stored: Prisma.sql`case when cardinality(${column}) = 0 then null when ${column}[1] like 'enc:v1:%' then ${column}[1] else array_to_json(${column})::text end`,
  put: Prisma.sql`${column} = array[v.sealed]`,
})

/** An object is sealed whole; what stands in the column is a JSON string. */
const json = (table: Sql, column: Sql): Place => ({
  table,
  stored: Prisma.sql`case when jsonb_typeof(${column}) = 'string' then ${column} #>> '{}' else ${column}::text end`,
  put: Prisma.sql`${column} = to_jsonb(v.sealed)`,
})

/** The lines of an address within an object. */
const linesAt = (table: Sql, column: Sql, path: string[]): Place => ({
  table,
  stored: Prisma.sql`case jsonb_array_length(${column} #> ${path}::text[]) when 0 then null
    else case when ${column} #> ${path}::text[] ->> 0 like 'enc:v1:%' then ${column} #> ${path}::text[] ->> 0 else (${column} #> ${path}::text[])::text end end`,
  put: Prisma.sql`${column} = jsonb_set(${column}, ${path}::text[], jsonb_build_array(v.sealed))`,
})

/** Every column that is encrypted at rest, as `<table>.<column>`. Their tables have the primary key (tenant_id, id). */
export const sealedFields = {
  'document_keys.sealed_key': text(Prisma.sql`document_keys`, Prisma.sql`sealed_key`),
  'accounts.address_lines': lines(Prisma.sql`accounts`, Prisma.sql`address_lines`),
  'address_changes.before_text': text(Prisma.sql`address_changes`, Prisma.sql`before_text`),
  'address_changes.after_text': text(Prisma.sql`address_changes`, Prisma.sql`after_text`),
  'document_drafts.content': linesAt(Prisma.sql`document_drafts`, Prisma.sql`content`, ['buyer', 'addressLines']),
  'gateway_exchanges.path': text(Prisma.sql`gateway_exchanges`, Prisma.sql`path`),
  'gateway_exchanges.request': text(Prisma.sql`gateway_exchanges`, Prisma.sql`request`),
  'gateway_exchanges.answer': text(Prisma.sql`gateway_exchanges`, Prisma.sql`answer`),
  'vat_id_checks.registered_address': text(Prisma.sql`vat_id_checks`, Prisma.sql`registered_address`),
  'vat_id_checks.answer': text(Prisma.sql`vat_id_checks`, Prisma.sql`answer`),
  'payments.payer_iban': {
    ...text(Prisma.sql`payments`, Prisma.sql`payer_iban`),
    put: Prisma.sql`payer_iban = v.sealed, payer_iban_index = v.index`,
  },
  'bank_entries.text': text(Prisma.sql`bank_entries`, Prisma.sql`text`),
  'bank_entries.counterparty_iban': text(Prisma.sql`bank_entries`, Prisma.sql`counterparty_iban`),
  'order_questions.answer': text(Prisma.sql`order_questions`, Prisma.sql`answer`),
  'cloud_deeds.secret': text(Prisma.sql`cloud_deeds`, Prisma.sql`secret`),
  'tickets.subject': text(Prisma.sql`tickets`, Prisma.sql`subject`),
  'ticket_messages.body': text(Prisma.sql`ticket_messages`, Prisma.sql`body`),
  'ticket_files.content_key': text(Prisma.sql`ticket_files`, Prisma.sql`content_key`),
  'users.phone': text(Prisma.sql`users`, Prisma.sql`phone`),
  'payment_methods.customer_ref': text(Prisma.sql`payment_methods`, Prisma.sql`customer_ref`),
  'payment_methods.method_ref': {
    ...text(Prisma.sql`payment_methods`, Prisma.sql`method_ref`),
    put: Prisma.sql`method_ref = v.sealed, method_ref_index = v.index`,
  },
  'external_identities.subject': {
    ...text(Prisma.sql`external_identities`, Prisma.sql`subject`),
    put: Prisma.sql`subject = v.sealed, subject_index = v.index`,
  },
  'gateway_accounts.external_id': text(Prisma.sql`gateway_accounts`, Prisma.sql`external_id`),
  'cloud_connections.api_key': text(Prisma.sql`cloud_connections`, Prisma.sql`api_key`),
  'gateway_events.about': json(Prisma.sql`gateway_events`, Prisma.sql`about`),
  'gateway_events.payload': text(Prisma.sql`gateway_events`, Prisma.sql`payload`),
} as const satisfies Record<string, Place>

export type SealedField = keyof typeof sealedFields
export const sealedFieldNames = Object.keys(sealedFields) as SealedField[]

/** Fields that are looked up by equality have a blind index beside them. */
export const isIndexed = (field: SealedField) => indexed.has(field)
const indexed: ReadonlySet<SealedField> = new Set(['payment_methods.method_ref', 'payments.payer_iban', 'external_identities.subject'])

type Scope = Pick<TenantContext, 'tenantId'>
const placeOf = ({ tenantId }: Scope, field: SealedField, id: string) => `${tenantId}/${field}/${id}`

/** `plain` as it is stored in `field` of the row `id`. */
export function sealField(ctx: Scope, field: SealedField, id: string, plain: string): string {
  return sealText(plain, placeOf(ctx, field, id))
}

/** What `stored` in `field` of the row `id` says. @throws when it was sealed for another row, or its key is gone. */
export function openField(ctx: Scope, field: SealedField, id: string, stored: string): string {
  return openText(stored, placeOf(ctx, field, id))
}

/** Lines as they are stored; none stay none. */
export function sealLines(ctx: Scope, field: SealedField, id: string, plain: readonly string[]): string[] {
  return plain.length === 0 ? [] : [sealField(ctx, field, id, JSON.stringify(plain))]
}

/** The lines that are stored in `field` of the row `id`. */
export function openLines(ctx: Scope, field: SealedField, id: string, stored: readonly string[] | null): readonly string[] {
  const [first] = stored ?? []
  if (first === undefined || !isSealed(first)) return stored ?? []
  return JSON.parse(openField(ctx, field, id, first)) as string[]
}

/** Lines of an address as they are stored with an account. */
export function sealAddress(ctx: Scope, accountId: string, address: readonly string[]): string[] {
  return sealLines(ctx, 'accounts.address_lines', accountId, address)
}

/** The lines of an address that is stored with an account. */
export function openAddress(ctx: Scope, accountId: string, stored: readonly string[] | null): readonly string[] {
  return openLines(ctx, 'accounts.address_lines', accountId, stored)
}

/** An object as it is stored in a column of JSON. */
export function sealJson(ctx: Scope, field: SealedField, id: string, value: unknown): string {
  return JSON.stringify(sealField(ctx, field, id, JSON.stringify(value)))
}

/** The object that `stored` is. */
export function openJson(ctx: Scope, field: SealedField, id: string, stored: unknown): unknown {
  return typeof stored === 'string' ? JSON.parse(openField(ctx, field, id, stored)) : stored
}

/** What equal values of `field` have in common within the tenant, by every key there is, the present one first. */
export function indexesOf({ tenantId }: Scope, field: SealedField, value: string): string[] {
  return blindIndexes(value, `${tenantId}/${field}`)
}
