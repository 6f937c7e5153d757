-- A load balancer is a resource like a volume or a network.
alter table resources drop constraint resources_kind_check;
alter table resources
  add constraint resources_kind_check check (kind in ('server', 'volume', 'address', 'backup', 'image', 'network', 'dns-zone', 'load-balancer'));
