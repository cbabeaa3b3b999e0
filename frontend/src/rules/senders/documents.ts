/** Questions and orders about blocked and trusted senders to the server. */
import { graphql } from "@/api";

export const SenderListsQuery = graphql(`
  query SenderLists {
    senderLists { trusted blocked }
  }
`);

export const AddSenderMutation = graphql(`
  mutation AddSender($kind: SenderListKind!, $address: String!) {
    addSender(kind: $kind, address: $address) { trusted blocked }
  }
`);

export const RemoveSenderMutation = graphql(`
  mutation RemoveSender($kind: SenderListKind!, $address: String!) {
    removeSender(kind: $kind, address: $address) { trusted blocked }
  }
`);
