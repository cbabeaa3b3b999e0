/** Questions and orders about where nothing is sent. */
import { graphql, type ResultOf } from "@/api";

export const SuppressionsQuery = graphql(`
  query AdminSuppressions($domainId: ID, $first: Int!, $after: String, $search: String) {
    suppressions(domainId: $domainId, first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id address reason detail bounces createdAt expiresAt actor } }
    }
  }
`);

export const AddSuppressionMutation = graphql(`
  mutation AddSuppression(
    $address: String!
    $domainId: ID
    $reason: SuppressionReason!
    $detail: String!
    $days: Int
  ) {
    addSuppression(address: $address, domainId: $domainId, reason: $reason, detail: $detail, days: $days) {
      id
    }
  }
`);

export const RemoveSuppressionsMutation = graphql(`
  mutation RemoveSuppressions($ids: [ID!]!) {
    removeSuppressions(ids: $ids)
  }
`);

export type Suppression = NonNullable<
  ResultOf<typeof SuppressionsQuery>["suppressions"]
>["edges"][number]["node"];
