/** Questions and orders of administration to the server. */
import { graphql, type ResultOf } from "@/api";

export const OverviewQuery = graphql(`
  query SystemOverview {
    systemOverview { version startedAt domainCount userCount usedBytes spoolCount oldestSpoolAt }
  }
`);

export const SettingFields = graphql(`
  fragment SettingFields on SettingValue {
    key
    subject
    label
    help
    kind
    isMultiline
    choices { value label help }
    zeroIsUnlimited
    level
    value
    ownValue
    inheritedValue
    origin { level name setBy isDefault }
    inheritedFrom { level name setBy isDefault }
    ceilingKind
    ceiling
    ceilingOrigin { level name setBy isDefault }
    isEditable
    ownCeiling
    isCeilingEditable
  }
`);

export const DomainsQuery = graphql(`
  query AdminDomains($first: Int!, $after: String, $search: String) {
    domains(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id
          name
          displayName
          isEnabled
          userCount
          aliasCount
          usedBytes
          maxUsers { value }
          diskBytes { value }
        }
      }
    }
  }
`);

export const DomainQuery = graphql(`
  query AdminDomain($id: ID!) {
    domain(id: $id) {
      id
      name
      displayName
      isEnabled
      createdAt
      userCount
      aliasCount
      usedBytes
      maxUsers { value }
      diskBytes { value }
      dnsRecords { name type value purpose }
    }
  }
`);

export const UserFields = graphql(`
  fragment UserFields on User {
    id
    domainId
    address
    localpart
    name
    isEnabled
    role
    isPrimary
    createdAt
    lastSignInAt
    usedBytes
    messageCount
    quota { value }
  }
`);

export const UsersQuery = graphql(`
  query AdminUsers($domainId: ID!, $first: Int!, $after: String, $search: String) {
    users(domainId: $domainId, first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { ...UserFields } }
    }
  }
`);

export const UserQuery = graphql(`
  query AdminUser($id: ID!) {
    user(id: $id) { ...UserFields }
  }
`);

export const AliasesQuery = graphql(`
  query AdminAliases($domainId: ID!, $first: Int!, $after: String, $search: String) {
    aliases(domainId: $domainId, first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id localpart address targets isEnabled } }
    }
  }
`);

export const SettingsQuery = graphql(`
  query AdminSettings($level: SettingLevel!, $targetId: ID) {
    settings(level: $level, targetId: $targetId) { ...SettingFields }
  }
`);

export const AuditQuery = graphql(`
  query AuditEntries($domainId: ID, $first: Int!, $after: String) {
    auditEntries(domainId: $domainId, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id at actor action subject remoteAddress detail } }
    }
  }
`);

export const CreateDomainMutation = graphql(`
  mutation CreateDomain($name: String!) {
    createDomain(name: $name) { id displayName }
  }
`);

export const UpdateDomainMutation = graphql(`
  mutation UpdateDomain($id: ID!, $isEnabled: Boolean!) {
    updateDomain(id: $id, isEnabled: $isEnabled) { id isEnabled }
  }
`);

export const RemoveDomainMutation = graphql(`
  mutation RemoveDomain($id: ID!) {
    removeDomain(id: $id)
  }
`);

export const CreateUserMutation = graphql(`
  mutation CreateUser(
    $domainId: ID!
    $localpart: String!
    $name: String!
    $password: String!
    $role: Role!
  ) {
    createUser(
      domainId: $domainId
      localpart: $localpart
      name: $name
      password: $password
      role: $role
    ) { id address }
  }
`);

export const UpdateUserMutation = graphql(`
  mutation UpdateUser($id: ID!, $name: String, $isEnabled: Boolean, $role: Role) {
    updateUser(id: $id, name: $name, isEnabled: $isEnabled, role: $role) { ...UserFields }
  }
`);

export const SetPasswordMutation = graphql(`
  mutation SetPassword($userId: ID!, $password: String!) {
    setPassword(userId: $userId, password: $password) { id }
  }
`);

export const RemoveUserMutation = graphql(`
  mutation RemoveUser($id: ID!) {
    removeUser(id: $id)
  }
`);

export const CreateAliasMutation = graphql(`
  mutation CreateAlias($domainId: ID!, $localpart: String!, $targets: [String!]!) {
    createAlias(domainId: $domainId, localpart: $localpart, targets: $targets) { id }
  }
`);

export const UpdateAliasMutation = graphql(`
  mutation UpdateAlias($id: ID!, $targets: [String!], $isEnabled: Boolean) {
    updateAlias(id: $id, targets: $targets, isEnabled: $isEnabled) { id }
  }
`);

export const RemoveAliasMutation = graphql(`
  mutation RemoveAlias($id: ID!) {
    removeAlias(id: $id)
  }
`);

export const SetSettingMutation = graphql(`
  mutation SetSetting($level: SettingLevel!, $targetId: ID, $key: String!, $value: SettingScalar) {
    setSetting(level: $level, targetId: $targetId, key: $key, value: $value) { ...SettingFields }
  }
`);

export const SendGrantsQuery = graphql(`
  query SendGrants($userId: ID!) {
    sendGrants(userId: $userId) { holder kind mode }
  }
`);

export const SetSendGrantMutation = graphql(`
  mutation SetSendGrant($userId: ID!, $holder: String!, $mode: SendMode) {
    setSendGrant(userId: $userId, holder: $holder, mode: $mode) { holder kind mode }
  }
`);

export const SetCeilingMutation = graphql(`
  mutation SetCeiling($level: SettingLevel!, $targetId: ID, $key: String!, $ceiling: SettingScalar) {
    setCeiling(level: $level, targetId: $targetId, key: $key, ceiling: $ceiling) { ...SettingFields }
  }
`);

type Nodes<C> = NonNullable<C> extends { edges: { node: infer N }[] } ? N : never;
export type DomainRow = Nodes<ResultOf<typeof DomainsQuery>["domains"]>;
export type Domain = NonNullable<ResultOf<typeof DomainQuery>["domain"]>;
export type User = Nodes<ResultOf<typeof UsersQuery>["users"]>;
export type Alias = Nodes<ResultOf<typeof AliasesQuery>["aliases"]>;
export type AuditEntry = Nodes<ResultOf<typeof AuditQuery>["auditEntries"]>;
export type Setting = NonNullable<ResultOf<typeof SettingsQuery>["settings"]>[number];
