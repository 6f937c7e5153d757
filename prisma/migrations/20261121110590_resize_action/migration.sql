-- A server is made larger or smaller when its plan changes.
alter table resources drop constraint resources_pending_action_check;
alter table resources add constraint resources_pending_action_check check (pending_action in ('start', 'stop', 'reboot', 'destroy', 'resize'));
