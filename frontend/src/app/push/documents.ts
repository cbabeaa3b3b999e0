/** Questions and orders about the devices that are told of new mail. */
import { graphql, type ResultOf } from "@/api";

export const PushQuery = graphql(`
  query Push {
    push {
      serverKey
      sessionId
      devices { id isCurrent userAgent createdAt pushedAt endpoint }
    }
  }
`);

export const AddPushDeviceMutation = graphql(`
  mutation AddPushDevice($input: PushSubscriptionInput!) {
    push: addPushDevice(input: $input) { devices { id isCurrent } }
  }
`);

export const RemovePushDeviceMutation = graphql(`
  mutation RemovePushDevice($id: ID!) {
    push: removePushDevice(id: $id) { devices { id } }
  }
`);

export const TestPushDeviceMutation = graphql(`
  mutation TestPushDevice($id: ID!) {
    testPushDevice(id: $id)
  }
`);

export type Push = NonNullable<ResultOf<typeof PushQuery>["push"]>;
export type PushDevice = Push["devices"][number];
