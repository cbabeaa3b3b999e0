/** Questions and orders about the keys that sign a domain's mail. */
import { graphql, type ResultOf } from "@/api";

export const DkimKeysQuery = graphql(`
  query AdminDkimKeys($domainId: ID!) {
    dkimKeys(domainId: $domainId) {
      id
      selector
      algorithm
      state
      recordName
      recordValue
      createdAt
      changedAt
    }
  }
`);

export const CreateDkimKeyMutation = graphql(`
  mutation CreateDkimKey($domainId: ID!, $algorithm: String!) {
    createDkimKey(domainId: $domainId, algorithm: $algorithm) { id selector }
  }
`);

export const ActivateDkimKeyMutation = graphql(`
  mutation ActivateDkimKey($id: ID!) {
    activateDkimKey(id: $id) { id state }
  }
`);

export const RemoveDkimKeyMutation = graphql(`
  mutation RemoveDkimKey($id: ID!) {
    removeDkimKey(id: $id)
  }
`);

export type DkimKey = NonNullable<ResultOf<typeof DkimKeysQuery>["dkimKeys"]>[number];
