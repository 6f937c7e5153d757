export const securityProfiles = [
  { name: 'owner', isOwner: true, permissions: [] as string[] },
  { name: 'customer-owner', isOwner: true, permissions: [] as string[] },
]
