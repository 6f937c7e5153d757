/** Public keys as OpenSSH wrote them, with the fingerprints it tells. */
export const sshKeys = {
  ed25519: {
    text: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG8see+6CLJPW6H+FcV9F7Jsu/y3s+Y4yoXedqmC93vf anna@laptop',
    fingerprint: 'SHA256:shAhYjOoK6uIdkVLV7wMBF/p8/PICF/ywWyDty7NZaQ',
  },
  rsa: {
    text: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDjLctxdLQHdUgA8TXTZW0ELwEERkIMV6VpxHVFNBXa+hYIFjG6+uomxO3g3olQgdZopk9lZL2FQba6JaHZqXuNxXJk9fNRdPNJxJrPGMfiTLHF5dLazYDbJspOfwjrpgFkBBwkGO4fsD5ruhGt1kET+5u0xQFAd9WJjvKOHSKd0NznXg83YhNxZrH3k5EVT/35O3bTTHiLCxE47ofXSSE3NJzVhUD8ZqZSlpivhsH18kGsr8GqkuL5Vt0fMtEFNXjI/Bzx2D+HlC+qn2h5HB6tznFA8MB7fx4NxrKwQgP3inw3edsxMAohd6Kk/1uYF3H3qriBtDaau4W+oweV4BCn anna@laptop',
    fingerprint: 'SHA256:qIKzNjBwT728s3V/lZcZXsfNQsRuE3FAj8+K4Q/ysE8',
  },
  ecdsa: {
    text: 'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAEQ9zGwMjdbVP61nA331wS0uIpJSHscj1gfWOfSM7IT5NhHGRVofwDRplgZ55Q1NMvtmI/kcocvsC0YtRROJtI3twAFl/rs7QN8Na+HHQ1vlVwpvnSrQHkbis+LsV0bKSdHbRkoO48CnUurmmYFwBc5ZEzU5bL3vI0GY82iKc5leAO+Jw== anna@laptop',
    fingerprint: 'SHA256:rgxVwboRC4M4rk+DmiCfAjMsJo8p0Tf4CURiMEYK8fU',
  },
} as const

/** RSA of 1024 bits, which can be broken. */
export const weakKey =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDSpDSW8yErgwdUzfSsf7BJdWIuYUTuXwZ0e5aCT8hbOd94KDNn34Z5W8t5DskFnBPkEu919MBid4extwXTUZgQxHAWRl2uzUfpmIxVTdFU/9QbdxJYpnCe3sTtFkMn8ysC8T4mfsDypOWIL7fNJFEFkOCKpxFJE/7B6Ki7yRu8fQ== anna@laptop'

/** Of an algorithm that servers refuse. */
export const oldKey =
  'ssh-dss AAAAB3NzaC1kc3MAAACBAPLcPgDpaAqDE75/ZSH7YZAnzyD5dunlFkWkRFHmJ10BM23XSfMLcF+t77fIp5YEL9V+S8SW+k0SZmFeXE1AL5l3kaSKyKFWeMXfN0HYWJoxVv05tIqKcglhfm/GiuU2Kc2NwTb5MXwcr/frAv55CUtNjQR6nYSl5uv36EhJhVLBAAAAFQDxKfVPVtO9P841h3CT3PfxRoCVhQAAAIB6zmK+R/kScMU6lIi5Ns3cQssRDNeL2aTH/X5URMFCNqX5U8T1pfEEcjBfmtUZyqrjYCD092wNij00VU+ieZ0QKFNS+Mwl2kgpuPIh4xFVp2ccz0+BIEBmCJPgOC9cMrDemOypmsERWnLqGYkMrdGEnvlxQnqCYSOCqQHkhIf6tAAAAIEAkLvODlQTVzWJGHG1rjLz7TySI6njrK1KF5sLYC9Ie2jPtFtiTHg3wmOV7vW54/YBLt5nN+NAx43ZWdB0/Z/BZ2CBo4Ed7aWClmLpptlUR9MOgoYQlyVJrUKCvzWBtpx2OUnFfQAG3z5Vf3mZyqjjFiNL+lp5r0GGhr/JPVxpx2w= anna@laptop'
