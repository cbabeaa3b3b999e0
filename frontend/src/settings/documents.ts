/** Questions and orders about one's own settings to the server. */
import { graphql, type ResultOf } from "@/api";

export const SessionsQuery = graphql(`
  query OwnSessions {
    viewer {
      sessions { id isCurrent createdAt seenAt remoteAddress userAgent }
    }
  }
`);

export const RevokeSessionMutation = graphql(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id)
  }
`);

export const RevokeOtherSessionsMutation = graphql(`
  mutation RevokeOtherSessions {
    count: revokeOtherSessions
  }
`);

export const ChangePasswordMutation = graphql(`
  mutation ChangePassword($current: String!, $new: String!) {
    changePassword(current: $current, new: $new)
  }
`);

export const AppPasswordsQuery = graphql(`
  query AppPasswords {
    appPasswords { id label protocols createdAt usedAt usedFrom }
    mailServers { protocol host port security }
  }
`);

export const CreateAppPasswordMutation = graphql(`
  mutation CreateAppPassword($label: String!, $protocols: [MailProtocol!]) {
    created: createAppPassword(label: $label, protocols: $protocols) {
      password
      appPassword { id label protocols }
    }
  }
`);

export const RevokeAppPasswordMutation = graphql(`
  mutation RevokeAppPassword($id: ID!) {
    revokeAppPassword(id: $id)
  }
`);

export const PersonalSettingsQuery = graphql(`
  query PersonalSettings($id: ID!) {
    settings(level: USER, targetId: $id) {
      key value ownValue inheritedValue isEditable ceilingKind ceiling
      choices { value label help }
      origin { level name setBy isDefault }
      inheritedFrom { level name setBy isDefault }
      ceilingOrigin { level name isDefault }
    }
  }
`);

export const SetPersonalSettingMutation = graphql(`
  mutation SetPersonalSetting($id: ID!, $key: String!, $value: SettingScalar) {
    setSetting(level: USER, targetId: $id, key: $key, value: $value) { key value }
  }
`);

export const SignaturesSettingsQuery = graphql(`
  query OwnSignatures {
    signatures { id name html }
  }
`);

export const CreateSignatureMutation = graphql(`
  mutation CreateSignature($input: SignatureInput!) {
    createSignature(input: $input) { id }
  }
`);

export const UpdateSignatureMutation = graphql(`
  mutation UpdateSignature($id: ID!, $input: SignatureInput!) {
    updateSignature(id: $id, input: $input) { id }
  }
`);

export const RemoveSignatureMutation = graphql(`
  mutation RemoveSignature($id: ID!) {
    removeSignature(id: $id)
  }
`);

export const TemplatesSettingsQuery = graphql(`
  query OwnTemplates {
    templates { id name subject html }
  }
`);

export const CreateTemplateMutation = graphql(`
  mutation CreateTemplate($input: TemplateInput!) {
    createTemplate(input: $input) { id }
  }
`);

export const UpdateTemplateMutation = graphql(`
  mutation UpdateTemplate($id: ID!, $input: TemplateInput!) {
    updateTemplate(id: $id, input: $input) { id }
  }
`);

export const RemoveTemplateMutation = graphql(`
  mutation RemoveTemplate($id: ID!) {
    removeTemplate(id: $id)
  }
`);

export const SetSenderMutation = graphql(`
  mutation SetSender($address: String!, $input: SenderInput!) {
    setSender(address: $address, input: $input)
  }
`);

export const FileLinksQuery = graphql(`
  query OwnFileLinks {
    fileLinks { id name sizeBytes hasPassword downloads createdAt expiresAt }
    fileLinkLimits { maxBytes }
  }
`);

export const RevokeFileLinkMutation = graphql(`
  mutation RevokeFileLink($id: ID!) {
    revokeFileLink(id: $id)
  }
`);

export type SessionInfo = NonNullable<ResultOf<typeof SessionsQuery>["viewer"]>["sessions"][number];
export type AppPassword = NonNullable<ResultOf<typeof AppPasswordsQuery>["appPasswords"]>[number];
export type MailServer = ResultOf<typeof AppPasswordsQuery>["mailServers"][number];
export type PersonalSetting = NonNullable<ResultOf<typeof PersonalSettingsQuery>["settings"]>[number];
