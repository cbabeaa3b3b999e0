/** Questions and orders about a domain's further names, and about mail that goes on to another server. */
import { graphql, type ResultOf } from "@/api";

export const DomainAliasesQuery = graphql(`
  query AdminDomainAliases($domainId: ID!) {
    domainAliases(domainId: $domainId) {
      id
      name
      displayName
      dkimSelectors
      dnsRecords { name type value purpose }
    }
  }
`);

export const AddDomainAliasMutation = graphql(`
  mutation AddDomainAlias($domainId: ID!, $name: String!) {
    addDomainAlias(domainId: $domainId, name: $name) { id displayName }
  }
`);

export const RemoveDomainAliasMutation = graphql(`
  mutation RemoveDomainAlias($id: ID!) {
    removeDomainAlias(id: $id)
  }
`);

export const DomainRouteQuery = graphql(`
  query AdminDomainRoute($domainId: ID!) {
    domainRoute(domainId: $domainId) { domainId host port tls accepts }
  }
`);

export const SetDomainRouteMutation = graphql(`
  mutation SetDomainRoute($domainId: ID!, $input: DomainRouteInput!) {
    setDomainRoute(domainId: $domainId, input: $input) { domainId }
  }
`);

export const RemoveDomainRouteMutation = graphql(`
  mutation RemoveDomainRoute($domainId: ID!) {
    removeDomainRoute(domainId: $domainId)
  }
`);

export const RoutedRecipientsQuery = graphql(`
  query AdminRoutedRecipients($domainId: ID!, $first: Int!, $after: String, $search: String) {
    routedRecipients(domainId: $domainId, first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node }
    }
  }
`);

export const AddRoutedRecipientsMutation = graphql(`
  mutation AddRoutedRecipients($domainId: ID!, $localparts: [String!]!) {
    addRoutedRecipients(domainId: $domainId, localparts: $localparts)
  }
`);

export const RemoveRoutedRecipientsMutation = graphql(`
  mutation RemoveRoutedRecipients($domainId: ID!, $localparts: [String!]!) {
    removeRoutedRecipients(domainId: $domainId, localparts: $localparts)
  }
`);

export type DomainAlias = NonNullable<ResultOf<typeof DomainAliasesQuery>["domainAliases"]>[number];
export type DomainRoute = NonNullable<ResultOf<typeof DomainRouteQuery>["domainRoute"]>;
