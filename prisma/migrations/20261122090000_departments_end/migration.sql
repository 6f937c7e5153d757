-- A department whose own limit was taken off again: it may spend as much as its enterprise, and keeps being counted.
alter table credit_positions
  add column has_limit boolean not null default true,
  add constraint credit_positions_has_limit_check check (has_limit or not is_whole);
