/** Questions about deliveries to the server. */
import { graphql, type ResultOf } from "@/api";

export const DeliveryFields = graphql(`
  fragment DeliveryFields on Delivery {
    id
    sender
    subject
    sizeBytes
    at
    isOutgoing
    remoteAddress
    helo
    protocol
    times
    recipientCount
    recipients {
      id
      address
      via
      state
      isHeld
      isGroup
      attempts
      nextAttemptAt
      lastAttemptAt
      lastStatus
      lastReply
      trace {
        at event host tls status reply nextAttemptAt isClaim source
        checks { name outcome detail }
      }
    }
  }
`);

export const DomainDeliveriesQuery = graphql(`
  query DomainDeliveries(
    $domainId: ID!
    $first: Int!
    $after: String
    $search: String
    $state: DeliveryState
    $since: DateTime
    $until: DateTime
  ) {
    found: domainDeliveries(
      domainId: $domainId
      first: $first
      after: $after
      search: $search
      state: $state
      since: $since
      until: $until
    ) {
      lookedBackTo
      pageInfo { hasNextPage endCursor }
      edges { node { ...DeliveryFields } }
    }
  }
`);

export const DomainDeliveryQuery = graphql(`
  query DomainDelivery($domainId: ID!, $id: ID!) {
    found: domainDelivery(domainId: $domainId, id: $id) { ...DeliveryFields }
  }
`);

export const SentDeliveriesQuery = graphql(`
  query SentDeliveries($first: Int!, $after: String, $search: String) {
    found: sentDeliveries(first: $first, after: $after, search: $search) {
      lookedBackTo
      pageInfo { hasNextPage endCursor }
      edges { node { ...DeliveryFields } }
    }
  }
`);

export const IncomingDeliveriesQuery = graphql(`
  query IncomingDeliveries($first: Int!, $after: String, $search: String) {
    found: incomingDeliveries(first: $first, after: $after, search: $search) {
      lookedBackTo
      pageInfo { hasNextPage endCursor }
      edges { node { ...DeliveryFields } }
    }
  }
`);

export const RefusedMailQuery = graphql(`
  query RefusedMail($first: Int!, $after: String, $search: String) {
    found: refusedMail(first: $first, after: $after, search: $search) {
      lookedBackTo
      pageInfo { hasNextPage endCursor }
      edges { node { ...DeliveryFields } }
    }
  }
`);

export const MessageDeliveryQuery = graphql(`
  query MessageDelivery($id: ID!) {
    found: messageDelivery(messageId: $id) { ...DeliveryFields }
  }
`);

export type Delivery = NonNullable<ResultOf<typeof MessageDeliveryQuery>["found"]>;
export type Recipient = Delivery["recipients"][number];
export type Connection = NonNullable<ResultOf<typeof SentDeliveriesQuery>["found"]>;
