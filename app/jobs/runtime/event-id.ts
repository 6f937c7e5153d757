/**
 * The id of the event in an outbox row, in SQL: the row's own, or one made of its key, so that a repeated send under the
 * same key is the same event.
 */
export const eventId = `case when key is null then id::text else tenant_id || ':' || name || ':' || key end`
