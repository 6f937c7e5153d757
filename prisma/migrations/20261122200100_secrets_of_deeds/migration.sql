-- What a cloud is given with a deed and nobody else, such as the password of a VPN: sealed, and gone once the deed is settled.
alter table cloud_deeds add column secret text;
alter table cloud_deeds add constraint cloud_deeds_secret_check check (secret is null or (state = 'requested' and secret like 'enc:v1:%'));
grant update (secret) on cloud_deeds to livery_app;
