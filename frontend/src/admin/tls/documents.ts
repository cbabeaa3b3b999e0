/** What others report of their TLS connections to a domain. */
import { graphql, type ResultOf } from "@/api";

export const TlsReportsQuery = graphql(`
  query AdminTlsReports($domainId: ID!, $first: Int!, $after: String) {
    tlsReports(domainId: $domainId, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id
          organization
          sender
          policyType
          beginsAt
          successes
          failures
          details { result sessions mxHost mxAddress information }
        }
      }
    }
  }
`);

export type TlsReport = NonNullable<ResultOf<typeof TlsReportsQuery>["tlsReports"]>["edges"][number]["node"];
export type TlsFailure = TlsReport["details"][number];
