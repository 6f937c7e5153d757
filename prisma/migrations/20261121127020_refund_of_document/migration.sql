-- The document that is credited by what goes back.
alter table gateway_refunds add column invoice_id uuid;
create index gateway_refunds_tenant_id_invoice_id_idx on gateway_refunds(tenant_id, invoice_id);
alter table gateway_refunds add constraint gateway_refunds_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
