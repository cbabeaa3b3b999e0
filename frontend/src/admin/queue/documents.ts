/** Questions and orders about the queue to the server. */
import { graphql, type ResultOf } from "@/api";

export const SpoolRecipientFields = graphql(`
  fragment SpoolRecipientFields on SpoolRecipient {
    id
    address
    via
    state
    isInHand
    attempts
    nextAttemptAt
    lastAttemptAt
    lastStatus
    lastReply
    lastHost
    priority
    isPaused
    isToBeReturned
    route
    named
  }
`);

export const QueueQuery = graphql(`
  query AdminQueue($first: Int!, $after: String, $search: String, $domain: String, $state: SpoolState) {
    spool(first: $first, after: $after, search: $search, domain: $domain, state: $state) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id
          sender
          subject
          createdAt
          finishedAt
          isHeld
          openCount
          recipientCount
          recipients { ...SpoolRecipientFields }
        }
      }
    }
  }
`);

export const QueuedMessageQuery = graphql(`
  query AdminQueuedMessage($id: ID!) {
    spoolMessage(id: $id) {
      id
      sender
      subject
      messageId
      sizeBytes
      createdAt
      finishedAt
      isHeld
      openCount
      recipientCount
      remoteAddress
      helo
      protocol
      recipients {
        ...SpoolRecipientFields
        trace {
        at event host tls status reply nextAttemptAt isClaim source
        checks { name outcome detail }
      }
      }
    }
  }
`);

export const RetrySpoolMutation = graphql(`
  mutation RetrySpool($ids: [ID!]!) {
    done: retrySpool(ids: $ids)
  }
`);

export const HoldSpoolMutation = graphql(`
  mutation HoldSpool($ids: [ID!]!) {
    done: holdSpool(ids: $ids)
  }
`);

export const ReleaseSpoolMutation = graphql(`
  mutation ReleaseSpool($ids: [ID!]!) {
    done: releaseSpool(ids: $ids)
  }
`);

export const DropSpoolMutation = graphql(`
  mutation DropSpool($ids: [ID!]!) {
    done: dropSpool(ids: $ids)
  }
`);

export const ReturnSpoolMutation = graphql(`
  mutation ReturnSpool($ids: [ID!]!) {
    done: returnSpool(ids: $ids)
  }
`);

export const PrioritizeSpoolMutation = graphql(`
  mutation PrioritizeSpool($ids: [ID!]!, $priority: Int!) {
    done: prioritizeSpool(ids: $ids, priority: $priority)
  }
`);

export const RerouteSpoolMutation = graphql(`
  mutation RerouteSpool($ids: [ID!]!, $to: SpoolDetour!) {
    done: rerouteSpool(ids: $ids, to: $to)
  }
`);

export const ResetSpoolRouteMutation = graphql(`
  mutation ResetSpoolRoute($ids: [ID!]!) {
    done: resetSpoolRoute(ids: $ids)
  }
`);

export const ActOnSpoolMutation = graphql(`
  mutation ActOnSpool(
    $act: SpoolAct!
    $search: String
    $domain: String
    $state: SpoolState
    $before: ID
    $to: SpoolDetour
  ) {
    actOnSpool(act: $act, search: $search, domain: $domain, state: $state, before: $before, to: $to) {
      changed
      lookedAt
      before
    }
  }
`);

export const DestinationsQuery = graphql(`
  query AdminSpoolDestinations {
    spoolDestinations { domain queued held nextAttemptAt mostAttempts }
    spoolPauses { domain pausedAt actor }
  }
`);

export const PausesQuery = graphql(`
  query AdminSpoolPauses {
    spoolPauses { domain pausedAt actor }
  }
`);

export const PauseSendingMutation = graphql(`
  mutation PauseSending($domain: String!) {
    pauseSending(domain: $domain) { domain pausedAt actor }
  }
`);

export const ResumeSendingMutation = graphql(`
  mutation ResumeSending($domain: String!) {
    resumeSending(domain: $domain)
  }
`);

type Nodes<C> = NonNullable<C> extends { edges: { node: infer N }[] } ? N : never;
export type QueuedRow = Nodes<ResultOf<typeof QueueQuery>["spool"]>;
export type QueuedMessage = NonNullable<ResultOf<typeof QueuedMessageQuery>["spoolMessage"]>;
export type QueuedRecipient = QueuedRow["recipients"][number];
export type TracedRecipient = QueuedMessage["recipients"][number];
export type SpoolEvent = TracedRecipient["trace"][number];
export type SpoolDestination = NonNullable<ResultOf<typeof DestinationsQuery>["spoolDestinations"]>[number];
export type SpoolPause = NonNullable<ResultOf<typeof PausesQuery>["spoolPauses"]>[number];
