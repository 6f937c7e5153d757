-- Lines, taxes and charges of a document are written before its number is taken: only the transaction's end needs the document's head.
alter table charges alter constraint charges_tenant_id_invoice_id_fkey deferrable;
alter table invoice_lines alter constraint invoice_lines_tenant_id_invoice_id_fkey deferrable;
alter table invoice_taxes alter constraint invoice_taxes_tenant_id_invoice_id_fkey deferrable;
alter table discount_uses alter constraint discount_uses_tenant_id_invoice_id_fkey deferrable;
alter table settlement_items alter constraint settlement_items_tenant_id_invoice_id_fkey deferrable;
