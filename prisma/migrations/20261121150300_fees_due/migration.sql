-- The last day of the seller on which the fees of a contract that had fallen due were charged.
alter table credit_positions add column fees_seen_on date;
create index credit_positions_fees_idx on credit_positions(tenant_id, fees_seen_on, contract_id) where is_whole;
