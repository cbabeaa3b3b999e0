/** Questions and orders about forwarding to the server. */
import { graphql, type ResultOf } from "@/api";

export const ForwardQuery = graphql(`
  query Forward($userId: ID) {
    forward(userId: $userId) { userId targets keepsCopy isAllowed mayLeaveDomain maxTargets }
  }
`);

export const SetForwardMutation = graphql(`
  mutation SetForward($userId: ID, $targets: [String!]!, $keepsCopy: Boolean!) {
    setForward(userId: $userId, targets: $targets, keepsCopy: $keepsCopy) { userId }
  }
`);

export type Forward = ResultOf<typeof ForwardQuery>["forward"];
