-- Indexes of references that most rows do not have: each charge is written twice, by rating and by its invoice, and every index with it.
drop index charges_tenant_id_subscription_id_idx;
create index charges_subscription_idx on charges (tenant_id, subscription_id) where subscription_id is not null;
drop index charges_tenant_id_usage_record_id_idx;
create index charges_usage_record_idx on charges (tenant_id, usage_record_id) where usage_record_id is not null;
drop index invoice_lines_tenant_id_credits_line_id_idx;
create index invoice_lines_credits_line_idx on invoice_lines (tenant_id, credits_line_id) where credits_line_id is not null;

-- Lines and states of documents look for departments with a limit of their own: few sellers have any, all have thousands of positions.
create index credit_positions_departments_idx on credit_positions (tenant_id, contract_id) where not is_whole;
