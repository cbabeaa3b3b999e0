/** Questions and orders about the own second step. */
import { graphql, type ResultOf } from "@/api";

export const TwoStepQuery = graphql(`
  query OwnTwoStep {
    viewer {
      twoStep {
        isOn
        isRequired
        hasApp
        recoveryCodesLeft
        passkeys { id label createdAt usedAt }
      }
    }
  }
`);

export const BeginTotpMutation = graphql(`
  mutation BeginTotp($password: String!) {
    begun: beginTotp(password: $password) { secret uri }
  }
`);

export const ConfirmTotpMutation = graphql(`
  mutation ConfirmTotp($code: String!) {
    codes: confirmTotp(code: $code)
  }
`);

export const RemoveTotpMutation = graphql(`
  mutation RemoveTotp($password: String!) {
    removeTotp(password: $password)
  }
`);

export const SetTwoStepMutation = graphql(`
  mutation SetTwoStep($password: String!, $isOn: Boolean!) {
    codes: setTwoStep(password: $password, isOn: $isOn)
  }
`);

export const RenewRecoveryCodesMutation = graphql(`
  mutation RenewRecoveryCodes($password: String!) {
    codes: renewRecoveryCodes(password: $password)
  }
`);

export const BeginPasskeyMutation = graphql(`
  mutation BeginPasskey($password: String!) {
    begun: beginPasskey(password: $password) { ticket options }
  }
`);

export const AddPasskeyMutation = graphql(`
  mutation AddPasskey($ticket: String!, $credential: String!, $label: String!) {
    added: addPasskey(ticket: $ticket, credential: $credential, label: $label) { id label }
  }
`);

export const RenamePasskeyMutation = graphql(`
  mutation RenamePasskey($id: ID!, $label: String!) {
    renamed: renamePasskey(id: $id, label: $label) { id label }
  }
`);

export const RemovePasskeyMutation = graphql(`
  mutation RemovePasskey($id: ID!, $password: String!) {
    removePasskey(id: $id, password: $password)
  }
`);

export type TwoStep = NonNullable<ResultOf<typeof TwoStepQuery>["viewer"]>["twoStep"];
export type Passkey = TwoStep["passkeys"][number];
