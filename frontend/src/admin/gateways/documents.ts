/** Questions and orders about gateways to the server. */
import { graphql, type ResultOf } from "@/api";

export const GatewaysQuery = graphql(`
  query AdminGateways {
    gateways {
      id
      name
      host
      port
      tls
      username
      hasPassword
      senderDomain
      recipientDomain
      priority
      isEnabled
    }
  }
`);

export const CreateGatewayMutation = graphql(`
  mutation CreateGateway($input: GatewayInput!) {
    createGateway(input: $input) { id }
  }
`);

export const UpdateGatewayMutation = graphql(`
  mutation UpdateGateway($id: ID!, $input: GatewayInput!) {
    updateGateway(id: $id, input: $input) { id }
  }
`);

export const RemoveGatewayMutation = graphql(`
  mutation RemoveGateway($id: ID!) {
    removeGateway(id: $id)
  }
`);

export type GatewaysData = ResultOf<typeof GatewaysQuery>;

export type Gateway = NonNullable<GatewaysData["gateways"]>[number];
