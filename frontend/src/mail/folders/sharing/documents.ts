/** Questions and orders about shared folders to the server. */
import { graphql, type ResultOf } from "@/api";

export const SharesQuery = graphql(`
  query MailboxShares($id: ID!) {
    shares: mailboxShares(mailboxId: $id) { holder kind isNegative rights }
  }
`);

export const SetShareMutation = graphql(`
  mutation SetMailboxShare($input: SetMailboxShareInput!) {
    shares: setMailboxShare(input: $input) { holder kind isNegative rights }
  }
`);

export const HoldersQuery = graphql(`
  query ShareHolders($search: String!) {
    holders: shareHolders(search: $search) { holder kind name }
  }
`);

export type Share = ResultOf<typeof SharesQuery>["shares"][number];
export type Holder = NonNullable<ResultOf<typeof HoldersQuery>["holders"]>[number];
