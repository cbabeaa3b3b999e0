/** The documents of acts on very many messages. */
import { graphql } from "@/api";

export const BulkActFields = graphql(`
  fragment BulkActFields on BulkAct {
    id
    state
    label
    undoOf
    destroy
    total
    done
    skipped
    error
    beginsAt
    createdAt
  }
`);

export const BulkActsQuery = graphql(`
  query BulkActs {
    bulkActs { ...BulkActFields }
  }
`);

export const BeginBulkActMutation = graphql(`
  mutation BeginBulkAct($input: BeginBulkActInput!) {
    beginBulkAct(input: $input) { ...BulkActFields }
  }
`);

export const CancelBulkActMutation = graphql(`
  mutation CancelBulkAct($id: ID!) {
    cancelBulkAct(id: $id) { ...BulkActFields }
  }
`);

export const UndoBulkActMutation = graphql(`
  mutation UndoBulkAct($id: ID!) {
    undoBulkAct(id: $id) { ...BulkActFields }
  }
`);
