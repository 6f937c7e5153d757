-- What was charged of the fees of a contract is asked for with every draft; usage is a thousand times as much and stays out.
create index charges_fees on charges (tenant_id, contract_id, period_end) where fee_kind <> 'usage';
