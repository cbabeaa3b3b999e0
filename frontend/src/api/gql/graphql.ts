/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type BeginBulkActInput = {
  mailboxId?: string | null | undefined;
  search?: string | null | undefined;
  /** Without a search only. */
  filter?: MessageFilter | null | undefined;
  /** IANA name of the zone whose days the search's dates are; else UTC. */
  timeZone?: string | null | undefined;
  addFlags?: Array<string> | null | undefined;
  removeFlags?: Array<string> | null | undefined;
  moveTo?: string | null | undefined;
  /** Remove for good (only from Trash, Junk or Drafts). */
  destroy?: boolean | null | undefined;
  /** Begin so much later, at most 60. */
  holdSeconds?: number;
  /** With destroy on all of the own Trash: what lies in the mailboxes below it too, and they are removed in the end. */
  withBelow?: boolean;
  /** What the user calls it. */
  label?: string;
};

export type BulkActState =
  | 'OPEN'
  | 'DONE'
  | 'CANCELLED'
  | 'FAILED'
  | 'UNDONE';

export type CommandKeysInput = {
  command: string;
  keys: Array<string>;
};

export type CorrespondentInput = {
  address: string;
  name?: string | null | undefined;
};

/** What became of a recipient (RFC 3464). */
export type DeliveryAction =
  | 'FAILED'
  | 'DELAYED'
  | 'DELIVERED'
  | 'RELAYED'
  | 'EXPANDED';

/** STOPPED: given up by the sender or an administrator. REFUSED: never accepted. */
export type DeliveryState =
  | 'WAITING'
  | 'DELIVERED'
  | 'FAILED'
  | 'STOPPED'
  | 'REFUSED';

/** WAITING for its record; ACTIVE; RETIRED. */
export type DkimKeyState =
  | 'WAITING'
  | 'ACTIVE'
  | 'RETIRED';

export type DomainRouteInput = {
  host?: string;
  port?: number;
  tls?: Tls;
  accepts?: RouteAccepts;
};

export type DraftAttachmentInput = {
  id: string;
  contentId?: string | null | undefined;
};

export type DraftInput = {
  to: Array<CorrespondentInput>;
  cc: Array<CorrespondentInput>;
  bcc: Array<CorrespondentInput>;
  subject: string;
  /** Uploads; parts of messages as `message:part`, those of a replaced draft that stay too; whole messages as `id:message`. */
  attachments: Array<DraftAttachmentInput>;
  /** Replaces that draft. */
  id?: string | null | undefined;
  from?: string | null | undefined;
  html?: string | null | undefined;
  text?: string | null | undefined;
  /** Names the draft, the same however often it is saved: draftFate finds it by that. */
  key?: string | null | undefined;
  /** Names the window it is written in. */
  writer?: string | null | undefined;
  /** Message this answers. */
  inReplyTo?: string | null | undefined;
  /** Message this forwards. */
  forwardOf?: string | null | undefined;
};

/** What is done with a message. */
export type FilterAct =
  | 'MOVE'
  | 'COPY'
  | 'TAG'
  | 'READ'
  | 'STAR'
  | 'ARCHIVE'
  | 'JUNK'
  | 'DELETE'
  | 'FORWARD';

export type FilterActionInput = {
  act: FilterAct;
  mailboxId?: string | null | undefined;
  keyword?: string;
  addresses?: Array<string>;
};

export type FilterConditionInput = {
  field: FilterField;
  relation: FilterRelation;
  value?: string;
  header?: string;
  isNegated?: boolean;
};

/** What a condition looks at. */
export type FilterField =
  | 'FROM'
  | 'TO'
  | 'CC'
  | 'RECIPIENT'
  | 'SUBJECT'
  | 'HEADER'
  | 'BODY'
  | 'SIZE'
  | 'ATTACHMENT'
  | 'ATTACHMENT_NAME'
  | 'LIST_ID'
  | 'MAILING_LIST'
  | 'PRIORITY'
  | 'SPAM';

export type FilterInput = {
  name: string;
  isEnabled?: boolean;
  match?: FilterMatch;
  conditions: Array<FilterConditionInput>;
  actions: Array<FilterActionInput>;
  stops?: boolean;
};

/** How many conditions must hold. */
export type FilterMatch =
  | 'ALL'
  | 'ANY';

/** How it is compared, without regard to case. */
export type FilterRelation =
  | 'CONTAINS'
  | 'IS'
  | 'BEGINS'
  | 'ENDS'
  | 'MATCHES'
  | 'DOMAIN'
  | 'EXISTS'
  | 'OVER'
  | 'UNDER';

/** Why a filter does not do all that it says. */
export type FilterTrouble =
  | 'UNREADABLE'
  | 'FOLDER_GONE'
  | 'FORWARD_REFUSED';

export type GatewayInput = {
  name: string;
  host: string;
  port?: number;
  tls?: GatewayTls;
  username?: string;
  password?: string | null | undefined;
  senderDomain?: string;
  recipientDomain?: string;
  priority?: number;
  isEnabled?: boolean;
};

/** VERIFIED by STARTTLS, IMPLICIT (verified) from the first byte, ENCRYPTED without looking at the certificate, OPPORTUNISTIC. */
export type GatewayTls =
  | 'VERIFIED'
  | 'IMPLICIT'
  | 'ENCRYPTED'
  | 'OPPORTUNISTIC';

/** PARTSTAT of who has decided (RFC 5545). */
export type InvitationAnswer =
  | 'ACCEPTED'
  | 'TENTATIVE'
  | 'DECLINED';

export type ListAddressKind =
  | 'POSTER'
  | 'BANNED';

export type ListDecision =
  | 'APPROVE'
  | 'REJECT'
  | 'DISCARD';

export type ListDelivery =
  | 'EACH'
  | 'NONE';

export type ListFromRewriting =
  | 'POLICY'
  | 'ALWAYS'
  | 'OUTSIDE'
  | 'NEVER';

export type ListMemberView =
  | 'MODERATORS'
  | 'MEMBERS';

export type ListPosting =
  | 'ANYONE'
  | 'MEMBERS'
  | 'MODERATORS'
  | 'CHOSEN';

export type ListRefusal =
  | 'ACCEPT'
  | 'HOLD'
  | 'REJECT';

export type ListReplyTo =
  | 'AUTHOR'
  | 'LIST';

export type ListStanding =
  | 'MEMBER'
  | 'MODERATOR'
  | 'OWNER'
  | 'ADMINISTRATOR';

export type ListSubscription =
  | 'OPEN'
  | 'REQUEST'
  | 'CLOSED';

export type MailProtocol =
  | 'IMAP'
  | 'POP3'
  | 'SMTP';

/** How a mail program begins TLS. */
export type MailServerSecurity =
  | 'TLS'
  | 'STARTTLS';

export type MailboxRight =
  | 'LOOKUP'
  | 'READ'
  | 'SEEN'
  | 'WRITE'
  | 'INSERT'
  | 'POST'
  | 'CREATE'
  | 'DELETE_MAILBOX'
  | 'DELETE_MESSAGES'
  | 'EXPUNGE'
  | 'ADMINISTER';

export type MailingListOptions = {
  name?: string | null | undefined;
  description?: string | null | undefined;
  isEnabled?: boolean | null | undefined;
  posting?: ListPosting | null | undefined;
  isModerated?: boolean | null | undefined;
  unentitled?: ListRefusal | null | undefined;
  unverified?: ListRefusal | null | undefined;
  replyTo?: ListReplyTo | null | undefined;
  fromRewriting?: ListFromRewriting | null | undefined;
  subjectPrefix?: string | null | undefined;
  footer?: string | null | undefined;
  maxBytes?: number | null | undefined;
  memberView?: ListMemberView | null | undefined;
  subscription?: ListSubscription | null | undefined;
};

export type MessageFilter =
  | 'UNREAD'
  | 'STARRED'
  | 'ATTACHMENTS'
  | 'TAGGED';

export type MessageSort =
  | 'DATE_DESC'
  | 'DATE_ASC'
  | 'SENDER'
  | 'SENDER_DESC'
  | 'SUBJECT'
  | 'SUBJECT_DESC'
  | 'SIZE'
  | 'SIZE_ASC'
  | 'UNREAD_FIRST'
  | 'STARRED_FIRST';

export type NewListMember = {
  address: string;
  name?: string;
};

export type Permission =
  | 'MAIL_USE'
  | 'DOMAIN_READ'
  | 'DOMAIN_MANAGE'
  | 'DOMAINS_MANAGE'
  | 'USERS_READ'
  | 'USERS_CREATE'
  | 'USERS_MANAGE'
  | 'PASSWORDS_SET'
  | 'ALIASES_MANAGE'
  | 'LISTS_MANAGE'
  | 'DOMAIN_ADMINS_APPOINT'
  | 'LIMITS_MANAGE'
  | 'SYSTEM_LIMITS_MANAGE'
  | 'ADMINISTRATORS_MANAGE'
  | 'SPOOL_READ'
  | 'SPOOL_MANAGE'
  | 'DELIVERIES_READ'
  | 'REPORTS_READ'
  | 'SYSTEM_READ'
  | 'SYSTEM_MANAGE'
  | 'AUDIT_READ'
  | 'API_KEYS_MANAGE';

export type PreferenceInput = {
  name: string;
  /** JSON; null forgets it. */
  value?: string | null | undefined;
};

/** How a file can be shown. */
export type PreviewKind =
  | 'IMAGE'
  | 'PDF'
  | 'TEXT'
  | 'MESSAGE'
  | 'EVENT'
  | 'CONTACTS';

/** What PushManager.subscribe answers; the keys in base64url. */
export type PushSubscriptionInput = {
  endpoint: string;
  p256dh: string;
  auth: string;
  /** The device's time zone, for quiet hours. */
  zone?: string;
};

export type Role =
  | 'SYSTEM_ADMINISTRATOR'
  | 'DOMAIN_ADMINISTRATOR'
  | 'HELPDESK'
  | 'USER_CREATOR'
  | 'REPORT_READER'
  | 'LIST_MANAGER'
  | 'USER';

/** Which recipients are taken for the other server; ASKED: those it says it takes. */
export type RouteAccepts =
  | 'ANY'
  | 'LISTED'
  | 'ASKED';

/** Why a term may not be what was meant: an operator whose value makes no sense is looked for AS_WORDS; there is NO_SUCH_NAME of a mailbox or tag; what is too much, or has nothing in it, is LEFT_OUT. */
export type SearchDoubt =
  | 'AS_WORDS'
  | 'NO_SUCH_NAME'
  | 'LEFT_OUT';

/** What may be the second step of a sign-in. */
export type SecondStepMethod =
  | 'APP'
  | 'PASSKEY'
  | 'RECOVERY_CODE';

export type SendMode =
  | 'AS'
  | 'BEHALF';

export type SenderInput = {
  /** Empty for the account's own. */
  name?: string;
  /** Empty for the address itself. */
  replyTo?: string;
  isDefault?: boolean;
  signatureId?: string | null | undefined;
  replySignatureId?: string | null | undefined;
};

/** TRUSTED: images are shown, no block of a wider domain holds. BLOCKED: mail is put aside. */
export type SenderListKind =
  | 'TRUSTED'
  | 'BLOCKED';

/** What is known of who a message says it is from. */
export type SenderStanding =
  | 'VERIFIED'
  | 'SIGNED'
  | 'UNPROVEN'
  | 'FAILED'
  | 'UNCHECKED';

export type SetMailboxShareInput = {
  mailboxId: string;
  holder: string;
  rights: Array<MailboxRight>;
  isNegative?: boolean;
  /** Also on all mailboxes below it. */
  withChildren?: boolean;
};

export type SetUpInput = {
  administratorName: string;
  administratorPassword: string;
  domain: string;
  userLocalpart: string;
  userName: string;
  userPassword: string;
};

export type SettingCeiling =
  | 'MAX'
  | 'MIN'
  | 'NONE';

export type SettingKind =
  | 'BYTES'
  | 'COUNT'
  | 'SECONDS'
  | 'DAYS'
  | 'SWITCH'
  | 'TEXT';

export type SettingLevel =
  | 'SYSTEM'
  | 'DOMAIN'
  | 'USER';

export type ShareHolderKind =
  | 'USER'
  | 'GROUP'
  | 'ANYONE';

export type SignatureInput = {
  name: string;
  html: string;
};

export type SpecialUse =
  | 'INBOX'
  | 'DRAFTS'
  | 'SENT'
  | 'ARCHIVE'
  | 'JUNK'
  | 'TRASH'
  | 'SNOOZED'
  | 'SCHEDULED';

/** What is done with every message that matches. */
export type SpoolAct =
  | 'RETRY'
  | 'HOLD'
  | 'RELEASE'
  | 'RETURN'
  | 'DROP'
  | 'REROUTE'
  | 'RESET_ROUTE';

/** Where messages go instead: a host, an enabled gateway, or another address. */
export type SpoolDetour = {
  host?: string;
  port?: number;
  tls?: Tls;
  gatewayId?: string | null | undefined;
  address?: string;
};

/** What happened to a recipient; another host reported BOUNCED, DELAYED, CONFIRMED, RELAYED. */
export type SpoolEventKind =
  | 'ACCEPTED'
  | 'DELIVERED'
  | 'DEFERRED'
  | 'FAILED'
  | 'DROPPED'
  | 'EXPANDED'
  | 'REROUTED'
  | 'VERIFIED'
  | 'BOUNCED'
  | 'DELAYED'
  | 'CONFIRMED'
  | 'RELAYED';

/** Where a recipient stands; QUEUED and HELD are open. */
export type SpoolState =
  | 'QUEUED'
  | 'HELD'
  | 'DELIVERED'
  | 'FAILED'
  | 'DROPPED'
  | 'EXPANDED';

export type SubmissionState =
  | 'HELD'
  | 'SENT'
  | 'CANCELLED'
  | 'FAILED';

/** Why nothing is sent there. */
export type SuppressionReason =
  | 'BOUNCE'
  | 'COMPLAINT'
  | 'MANUAL';

export type TemplateInput = {
  name: string;
  html: string;
  subject?: string;
};

export type TimerKind =
  | 'SEND'
  | 'SNOOZE'
  | 'FOLLOW_UP';

export type Tls =
  | 'VERIFIED'
  | 'IMPLICIT'
  | 'ENCRYPTED'
  | 'OPPORTUNISTIC';

/** POST: this server asks for it at once (RFC 8058). MAIL: a letter is sent. WEB: a page to visit. */
export type UnsubscribeWay =
  | 'POST'
  | 'MAIL'
  | 'WEB';

export type UpdateMessagesInput = {
  ids: Array<string>;
  addFlags?: Array<string> | null | undefined;
  removeFlags?: Array<string> | null | undefined;
  /** Move there. */
  moveTo?: string | null | undefined;
  /** Remove for good (only from Trash, Junk or Drafts). */
  destroy?: boolean | null | undefined;
  /** Put away into Snoozed until then; own messages only. */
  snoozeUntil?: string | null | undefined;
  /** Mute their conversations (what is in the inbox is archived, what comes later skips it), or with false end that. */
  mute?: boolean | null | undefined;
};

/** Who is answered: anyone, or colleagues and whom one has written to within a year. */
export type VacationAudience =
  | 'ANYONE'
  | 'KNOWN';

export type VacationInput = {
  isEnabled: boolean;
  subject?: string;
  text: string;
  outside?: VacationOutside;
  outsideText?: string;
  audience?: VacationAudience;
  startsAt?: string | null | undefined;
  endsAt?: string | null | undefined;
  everyDays?: number;
};

/** What people elsewhere are told: the same, a text of their own, or nothing. */
export type VacationOutside =
  | 'SAME'
  | 'OWN'
  | 'NONE';

export type SystemOverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type SystemOverviewQuery = { systemOverview: { version: string, startedAt: string, domainCount: number, userCount: number, usedBytes: number, spoolCount: number, oldestSpoolAt: string | null } | null };

export type SettingFieldsFragment = { key: string, subject: string, label: string, help: string, kind: SettingKind, isMultiline: boolean, zeroIsUnlimited: boolean, level: SettingLevel, value: number | string | boolean | null, ownValue: number | string | boolean | null, inheritedValue: number | string | boolean | null, ceilingKind: SettingCeiling, ceiling: number | string | boolean | null, isEditable: boolean, ownCeiling: number | string | boolean | null, isCeilingEditable: boolean, choices: Array<{ value: string, label: string, help: string }>, origin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, inheritedFrom: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, ceilingOrigin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean } | null };

export type AdminDomainsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type AdminDomainsQuery = { domains: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, name: string, displayName: string, isEnabled: boolean, userCount: number, aliasCount: number, usedBytes: number, maxUsers: { value: number | string | boolean | null } | null, diskBytes: { value: number | string | boolean | null } | null } }> } | null };

export type AdminDomainQueryVariables = Exact<{
  id: string;
}>;


export type AdminDomainQuery = { domain: { id: string, name: string, displayName: string, isEnabled: boolean, createdAt: string, userCount: number, aliasCount: number, usedBytes: number, maxUsers: { value: number | string | boolean | null } | null, diskBytes: { value: number | string | boolean | null } | null, dnsRecords: Array<{ name: string, type: string, value: string, purpose: string }> } | null };

export type UserFieldsFragment = { id: string, domainId: string, address: string, localpart: string, name: string, isEnabled: boolean, role: Role, isPrimary: boolean, createdAt: string, lastSignInAt: string | null, usedBytes: number, messageCount: number, quota: { value: number | string | boolean | null } | null };

export type AdminUsersQueryVariables = Exact<{
  domainId: string;
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type AdminUsersQuery = { users: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, domainId: string, address: string, localpart: string, name: string, isEnabled: boolean, role: Role, isPrimary: boolean, createdAt: string, lastSignInAt: string | null, usedBytes: number, messageCount: number, quota: { value: number | string | boolean | null } | null } }> } | null };

export type AdminUserQueryVariables = Exact<{
  id: string;
}>;


export type AdminUserQuery = { user: { id: string, domainId: string, address: string, localpart: string, name: string, isEnabled: boolean, role: Role, isPrimary: boolean, createdAt: string, lastSignInAt: string | null, usedBytes: number, messageCount: number, quota: { value: number | string | boolean | null } | null } | null };

export type AdminAliasesQueryVariables = Exact<{
  domainId: string;
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type AdminAliasesQuery = { aliases: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, localpart: string, address: string, targets: Array<string>, isEnabled: boolean } }> } | null };

export type AdminSettingsQueryVariables = Exact<{
  level: SettingLevel;
  targetId?: string | null | undefined;
}>;


export type AdminSettingsQuery = { settings: Array<{ key: string, subject: string, label: string, help: string, kind: SettingKind, isMultiline: boolean, zeroIsUnlimited: boolean, level: SettingLevel, value: number | string | boolean | null, ownValue: number | string | boolean | null, inheritedValue: number | string | boolean | null, ceilingKind: SettingCeiling, ceiling: number | string | boolean | null, isEditable: boolean, ownCeiling: number | string | boolean | null, isCeilingEditable: boolean, choices: Array<{ value: string, label: string, help: string }>, origin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, inheritedFrom: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, ceilingOrigin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean } | null }> | null };

export type AuditEntriesQueryVariables = Exact<{
  domainId?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type AuditEntriesQuery = { auditEntries: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, at: string, actor: string, action: string, subject: string, remoteAddress: string, detail: string } }> } | null };

export type CreateDomainMutationVariables = Exact<{
  name: string;
}>;


export type CreateDomainMutation = { createDomain: { id: string, displayName: string } | null };

export type UpdateDomainMutationVariables = Exact<{
  id: string;
  isEnabled: boolean;
}>;


export type UpdateDomainMutation = { updateDomain: { id: string, isEnabled: boolean } | null };

export type RemoveDomainMutationVariables = Exact<{
  id: string;
}>;


export type RemoveDomainMutation = { removeDomain: boolean | null };

export type CreateUserMutationVariables = Exact<{
  domainId: string;
  localpart: string;
  name: string;
  password: string;
  role: Role;
}>;


export type CreateUserMutation = { createUser: { id: string, address: string } | null };

export type UpdateUserMutationVariables = Exact<{
  id: string;
  name?: string | null | undefined;
  isEnabled?: boolean | null | undefined;
  role?: Role | null | undefined;
}>;


export type UpdateUserMutation = { updateUser: { id: string, domainId: string, address: string, localpart: string, name: string, isEnabled: boolean, role: Role, isPrimary: boolean, createdAt: string, lastSignInAt: string | null, usedBytes: number, messageCount: number, quota: { value: number | string | boolean | null } | null } | null };

export type SetPasswordMutationVariables = Exact<{
  userId: string;
  password: string;
}>;


export type SetPasswordMutation = { setPassword: { id: string } | null };

export type RemoveUserMutationVariables = Exact<{
  id: string;
}>;


export type RemoveUserMutation = { removeUser: boolean | null };

export type CreateAliasMutationVariables = Exact<{
  domainId: string;
  localpart: string;
  targets: Array<string> | string;
}>;


export type CreateAliasMutation = { createAlias: { id: string } | null };

export type UpdateAliasMutationVariables = Exact<{
  id: string;
  targets?: Array<string> | string | null | undefined;
  isEnabled?: boolean | null | undefined;
}>;


export type UpdateAliasMutation = { updateAlias: { id: string } | null };

export type RemoveAliasMutationVariables = Exact<{
  id: string;
}>;


export type RemoveAliasMutation = { removeAlias: boolean | null };

export type SetSettingMutationVariables = Exact<{
  level: SettingLevel;
  targetId?: string | null | undefined;
  key: string;
  value?: number | string | boolean | null | null | undefined;
}>;


export type SetSettingMutation = { setSetting: { key: string, subject: string, label: string, help: string, kind: SettingKind, isMultiline: boolean, zeroIsUnlimited: boolean, level: SettingLevel, value: number | string | boolean | null, ownValue: number | string | boolean | null, inheritedValue: number | string | boolean | null, ceilingKind: SettingCeiling, ceiling: number | string | boolean | null, isEditable: boolean, ownCeiling: number | string | boolean | null, isCeilingEditable: boolean, choices: Array<{ value: string, label: string, help: string }>, origin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, inheritedFrom: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, ceilingOrigin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean } | null } | null };

export type SendGrantsQueryVariables = Exact<{
  userId: string;
}>;


export type SendGrantsQuery = { sendGrants: Array<{ holder: string, kind: ShareHolderKind, mode: SendMode }> };

export type SetSendGrantMutationVariables = Exact<{
  userId: string;
  holder: string;
  mode?: SendMode | null | undefined;
}>;


export type SetSendGrantMutation = { setSendGrant: Array<{ holder: string, kind: ShareHolderKind, mode: SendMode }> };

export type SetCeilingMutationVariables = Exact<{
  level: SettingLevel;
  targetId?: string | null | undefined;
  key: string;
  ceiling?: number | string | boolean | null | null | undefined;
}>;


export type SetCeilingMutation = { setCeiling: { key: string, subject: string, label: string, help: string, kind: SettingKind, isMultiline: boolean, zeroIsUnlimited: boolean, level: SettingLevel, value: number | string | boolean | null, ownValue: number | string | boolean | null, inheritedValue: number | string | boolean | null, ceilingKind: SettingCeiling, ceiling: number | string | boolean | null, isEditable: boolean, ownCeiling: number | string | boolean | null, isCeilingEditable: boolean, choices: Array<{ value: string, label: string, help: string }>, origin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, inheritedFrom: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, ceilingOrigin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean } | null } | null };

export type AdminDkimKeysQueryVariables = Exact<{
  domainId: string;
}>;


export type AdminDkimKeysQuery = { dkimKeys: Array<{ id: string, selector: string, algorithm: string, state: DkimKeyState, recordName: string, recordValue: string, createdAt: string, changedAt: string }> | null };

export type CreateDkimKeyMutationVariables = Exact<{
  domainId: string;
  algorithm: string;
}>;


export type CreateDkimKeyMutation = { createDkimKey: { id: string, selector: string } | null };

export type ActivateDkimKeyMutationVariables = Exact<{
  id: string;
}>;


export type ActivateDkimKeyMutation = { activateDkimKey: { id: string, state: DkimKeyState } | null };

export type RemoveDkimKeyMutationVariables = Exact<{
  id: string;
}>;


export type RemoveDkimKeyMutation = { removeDkimKey: boolean | null };

export type AdminGatewaysQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminGatewaysQuery = { gateways: Array<{ id: string, name: string, host: string, port: number, tls: GatewayTls, username: string, hasPassword: boolean, senderDomain: string, recipientDomain: string, priority: number, isEnabled: boolean }> | null };

export type CreateGatewayMutationVariables = Exact<{
  input: GatewayInput;
}>;


export type CreateGatewayMutation = { createGateway: { id: string } | null };

export type UpdateGatewayMutationVariables = Exact<{
  id: string;
  input: GatewayInput;
}>;


export type UpdateGatewayMutation = { updateGateway: { id: string } | null };

export type RemoveGatewayMutationVariables = Exact<{
  id: string;
}>;


export type RemoveGatewayMutation = { removeGateway: boolean | null };

export type MailingListFieldsFragment = { id: string, domainId: string, address: string, localpart: string, name: string, description: string, isEnabled: boolean, posting: ListPosting, isModerated: boolean, unentitled: ListRefusal, unverified: ListRefusal, replyTo: ListReplyTo, fromRewriting: ListFromRewriting, subjectPrefix: string, footer: string, maxBytes: number, memberView: ListMemberView, subscription: ListSubscription, memberCount: number, heldCount: number, standing: ListStanding | null };

export type MailingListsQueryVariables = Exact<{
  domainId: string;
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type MailingListsQuery = { mailingLists: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, domainId: string, address: string, localpart: string, name: string, description: string, isEnabled: boolean, posting: ListPosting, isModerated: boolean, unentitled: ListRefusal, unverified: ListRefusal, replyTo: ListReplyTo, fromRewriting: ListFromRewriting, subjectPrefix: string, footer: string, maxBytes: number, memberView: ListMemberView, subscription: ListSubscription, memberCount: number, heldCount: number, standing: ListStanding | null } }> } | null };

export type MailingListPageQueryVariables = Exact<{
  id: string;
}>;


export type MailingListPageQuery = { mailingList: { id: string, domainId: string, address: string, localpart: string, name: string, description: string, isEnabled: boolean, posting: ListPosting, isModerated: boolean, unentitled: ListRefusal, unverified: ListRefusal, replyTo: ListReplyTo, fromRewriting: ListFromRewriting, subjectPrefix: string, footer: string, maxBytes: number, memberView: ListMemberView, subscription: ListSubscription, memberCount: number, heldCount: number, standing: ListStanding | null } | null };

export type ModeratedListsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModeratedListsQuery = { moderatedLists: Array<{ id: string, domainId: string, address: string, localpart: string, name: string, description: string, isEnabled: boolean, posting: ListPosting, isModerated: boolean, unentitled: ListRefusal, unverified: ListRefusal, replyTo: ListReplyTo, fromRewriting: ListFromRewriting, subjectPrefix: string, footer: string, maxBytes: number, memberView: ListMemberView, subscription: ListSubscription, memberCount: number, heldCount: number, standing: ListStanding | null }> };

export type ListMembersQueryVariables = Exact<{
  listId: string;
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type ListMembersQuery = { listMembers: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, address: string, name: string, role: ListStanding, delivery: ListDelivery, bounces: number, suspendedAt: string | null } }> } };

export type HeldListPostsQueryVariables = Exact<{
  listId: string;
  first: number;
  after?: string | null | undefined;
}>;


export type HeldListPostsQuery = { heldListPosts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, sender: string, author: string, subject: string, reason: string, sizeBytes: number, heldAt: string, expiresAt: string } }> } };

export type HeldListPostTextQueryVariables = Exact<{
  listId: string;
  postId: string;
}>;


export type HeldListPostTextQuery = { heldListPostText: string };

export type ListRequestsQueryVariables = Exact<{
  listId: string;
}>;


export type ListRequestsQuery = { listRequests: Array<{ id: string, address: string, createdAt: string }> };

export type ListAddressesQueryVariables = Exact<{
  listId: string;
}>;


export type ListAddressesQuery = { posters: Array<string>, banned: Array<string> };

export type CreateMailingListMutationVariables = Exact<{
  domainId: string;
  localpart: string;
  options: MailingListOptions;
}>;


export type CreateMailingListMutation = { createMailingList: { id: string, address: string } | null };

export type UpdateMailingListMutationVariables = Exact<{
  id: string;
  options: MailingListOptions;
}>;


export type UpdateMailingListMutation = { updateMailingList: { id: string } };

export type RemoveMailingListMutationVariables = Exact<{
  id: string;
}>;


export type RemoveMailingListMutation = { removeMailingList: boolean | null };

export type AddListMembersMutationVariables = Exact<{
  listId: string;
  members: Array<NewListMember> | NewListMember;
  role: ListStanding;
}>;


export type AddListMembersMutation = { addListMembers: { added: number, known: number, refused: Array<string> } };

export type UpdateListMemberMutationVariables = Exact<{
  listId: string;
  id: string;
  role?: ListStanding | null | undefined;
  delivery?: ListDelivery | null | undefined;
  isSuspended?: boolean | null | undefined;
}>;


export type UpdateListMemberMutation = { updateListMember: { id: string } };

export type RemoveListMembersMutationVariables = Exact<{
  listId: string;
  ids: Array<string> | string;
}>;


export type RemoveListMembersMutation = { removeListMembers: number };

export type SetListAddressesMutationVariables = Exact<{
  listId: string;
  kind: ListAddressKind;
  addresses: Array<string> | string;
}>;


export type SetListAddressesMutation = { setListAddresses: Array<string> };

export type DecideListPostsMutationVariables = Exact<{
  listId: string;
  ids: Array<string> | string;
  decision: ListDecision;
  reason: string;
}>;


export type DecideListPostsMutation = { decideListPosts: number };

export type DecideListRequestsMutationVariables = Exact<{
  listId: string;
  ids: Array<string> | string;
  isGranted: boolean;
}>;


export type DecideListRequestsMutation = { decideListRequests: number };

export type SpoolRecipientFieldsFragment = { id: string, address: string, via: string, state: SpoolState, isInHand: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, lastHost: string, priority: number, isPaused: boolean, isToBeReturned: boolean, route: string, named: string };

export type AdminQueueQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  domain?: string | null | undefined;
  state?: SpoolState | null | undefined;
}>;


export type AdminQueueQuery = { spool: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, sender: string, subject: string, createdAt: string, finishedAt: string | null, isHeld: boolean, openCount: number, recipientCount: number, recipients: Array<{ id: string, address: string, via: string, state: SpoolState, isInHand: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, lastHost: string, priority: number, isPaused: boolean, isToBeReturned: boolean, route: string, named: string }> } }> } | null };

export type AdminQueuedMessageQueryVariables = Exact<{
  id: string;
}>;


export type AdminQueuedMessageQuery = { spoolMessage: { id: string, sender: string, subject: string, messageId: string, sizeBytes: number, createdAt: string, finishedAt: string | null, isHeld: boolean, openCount: number, recipientCount: number, remoteAddress: string, helo: string, protocol: string, recipients: Array<{ id: string, address: string, via: string, state: SpoolState, isInHand: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, lastHost: string, priority: number, isPaused: boolean, isToBeReturned: boolean, route: string, named: string, trace: Array<{ at: string, event: SpoolEventKind, host: string, tls: string, status: string, reply: string, nextAttemptAt: string | null, isClaim: boolean, source: string, checks: Array<{ name: string, outcome: string, detail: string }> }> }> } | null };

export type RetrySpoolMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type RetrySpoolMutation = { done: number | null };

export type HoldSpoolMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type HoldSpoolMutation = { done: number | null };

export type ReleaseSpoolMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ReleaseSpoolMutation = { done: number | null };

export type DropSpoolMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type DropSpoolMutation = { done: number | null };

export type ReturnSpoolMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ReturnSpoolMutation = { done: number | null };

export type PrioritizeSpoolMutationVariables = Exact<{
  ids: Array<string> | string;
  priority: number;
}>;


export type PrioritizeSpoolMutation = { done: number | null };

export type RerouteSpoolMutationVariables = Exact<{
  ids: Array<string> | string;
  to: SpoolDetour;
}>;


export type RerouteSpoolMutation = { done: number | null };

export type ResetSpoolRouteMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ResetSpoolRouteMutation = { done: number | null };

export type ActOnSpoolMutationVariables = Exact<{
  act: SpoolAct;
  search?: string | null | undefined;
  domain?: string | null | undefined;
  state?: SpoolState | null | undefined;
  before?: string | null | undefined;
  to?: SpoolDetour | null | undefined;
}>;


export type ActOnSpoolMutation = { actOnSpool: { changed: number, lookedAt: number, before: string | null } | null };

export type AdminSpoolDestinationsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminSpoolDestinationsQuery = { spoolDestinations: Array<{ domain: string, queued: number, held: number, nextAttemptAt: string | null, mostAttempts: number }> | null, spoolPauses: Array<{ domain: string, pausedAt: string, actor: string }> | null };

export type AdminSpoolPausesQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminSpoolPausesQuery = { spoolPauses: Array<{ domain: string, pausedAt: string, actor: string }> | null };

export type PauseSendingMutationVariables = Exact<{
  domain: string;
}>;


export type PauseSendingMutation = { pauseSending: { domain: string, pausedAt: string, actor: string } | null };

export type ResumeSendingMutationVariables = Exact<{
  domain: string;
}>;


export type ResumeSendingMutation = { resumeSending: boolean | null };

export type AdminDomainAliasesQueryVariables = Exact<{
  domainId: string;
}>;


export type AdminDomainAliasesQuery = { domainAliases: Array<{ id: string, name: string, displayName: string, dkimSelectors: Array<string>, dnsRecords: Array<{ name: string, type: string, value: string, purpose: string }> }> | null };

export type AddDomainAliasMutationVariables = Exact<{
  domainId: string;
  name: string;
}>;


export type AddDomainAliasMutation = { addDomainAlias: { id: string, displayName: string } | null };

export type RemoveDomainAliasMutationVariables = Exact<{
  id: string;
}>;


export type RemoveDomainAliasMutation = { removeDomainAlias: boolean | null };

export type AdminDomainRouteQueryVariables = Exact<{
  domainId: string;
}>;


export type AdminDomainRouteQuery = { domainRoute: { domainId: string, host: string, port: number, tls: Tls, accepts: RouteAccepts } | null };

export type SetDomainRouteMutationVariables = Exact<{
  domainId: string;
  input: DomainRouteInput;
}>;


export type SetDomainRouteMutation = { setDomainRoute: { domainId: string } | null };

export type RemoveDomainRouteMutationVariables = Exact<{
  domainId: string;
}>;


export type RemoveDomainRouteMutation = { removeDomainRoute: boolean | null };

export type AdminRoutedRecipientsQueryVariables = Exact<{
  domainId: string;
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type AdminRoutedRecipientsQuery = { routedRecipients: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: string }> } | null };

export type AddRoutedRecipientsMutationVariables = Exact<{
  domainId: string;
  localparts: Array<string> | string;
}>;


export type AddRoutedRecipientsMutation = { addRoutedRecipients: number | null };

export type RemoveRoutedRecipientsMutationVariables = Exact<{
  domainId: string;
  localparts: Array<string> | string;
}>;


export type RemoveRoutedRecipientsMutation = { removeRoutedRecipients: number | null };

export type AdminSuppressionsQueryVariables = Exact<{
  domainId?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type AdminSuppressionsQuery = { suppressions: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, address: string, reason: SuppressionReason, detail: string, bounces: number, createdAt: string, expiresAt: string | null, actor: string } }> } | null };

export type AddSuppressionMutationVariables = Exact<{
  address: string;
  domainId?: string | null | undefined;
  reason: SuppressionReason;
  detail: string;
  days?: number | null | undefined;
}>;


export type AddSuppressionMutation = { addSuppression: { id: string } | null };

export type RemoveSuppressionsMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type RemoveSuppressionsMutation = { removeSuppressions: number | null };

export type AdminTlsReportsQueryVariables = Exact<{
  domainId: string;
  first: number;
  after?: string | null | undefined;
}>;


export type AdminTlsReportsQuery = { tlsReports: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, organization: string, sender: string, policyType: string, beginsAt: string, successes: number, failures: number, details: Array<{ result: string, sessions: number, mxHost: string, mxAddress: string, information: string }> } }> } | null };

export type SetPreferencesMutationVariables = Exact<{
  entries: Array<PreferenceInput> | PreferenceInput;
}>;


export type SetPreferencesMutation = { setPreferences: boolean };

export type ShortcutsQueryVariables = Exact<{ [key: string]: never; }>;


export type ShortcutsQuery = { shortcuts: { isOn: boolean, keys: Array<{ command: string, keys: Array<string> }> } };

export type SetShortcutsMutationVariables = Exact<{
  isOn: boolean;
  keys: Array<CommandKeysInput> | CommandKeysInput;
}>;


export type SetShortcutsMutation = { setShortcuts: { isOn: boolean } };

export type PalettePeopleQueryVariables = Exact<{
  text: string;
}>;


export type PalettePeopleQuery = { suggestions: Array<{ name: string, address: string }> };

export type PaletteDomainsQueryVariables = Exact<{
  text: string;
}>;


export type PaletteDomainsQuery = { domains: { edges: Array<{ node: { id: string, displayName: string } }> } | null };

export type PushQueryVariables = Exact<{ [key: string]: never; }>;


export type PushQuery = { push: { serverKey: string, sessionId: string | null, devices: Array<{ id: string, isCurrent: boolean, userAgent: string, createdAt: string, pushedAt: string | null, endpoint: string | null }> } | null };

export type AddPushDeviceMutationVariables = Exact<{
  input: PushSubscriptionInput;
}>;


export type AddPushDeviceMutation = { push: { devices: Array<{ id: string, isCurrent: boolean }> } | null };

export type RemovePushDeviceMutationVariables = Exact<{
  id: string;
}>;


export type RemovePushDeviceMutation = { push: { devices: Array<{ id: string }> } | null };

export type TestPushDeviceMutationVariables = Exact<{
  id: string;
}>;


export type TestPushDeviceMutation = { testPushDevice: boolean | null };

export type ViewerFieldsFragment = { id: string, name: string, address: string | null, role: Role, permissions: Array<Permission>, undoSeconds: number, writesPlainText: boolean, maxMessageBytes: number, maxRecipients: number, moderatesLists: boolean, mustSetUpTwoStep: boolean, domain: { id: string, name: string } | null, quota: { usedBytes: number, limitBytes: number } | null, identities: Array<{ name: string, address: string, mode: SendMode | null, ownName: string, replyTo: string, isDefault: boolean, signatureId: string | null, replySignatureId: string | null }>, preferences: Array<{ name: string, value: string }> };

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { instance: { isSetUp: boolean, hostname: string, version: string }, viewer: { id: string, name: string, address: string | null, role: Role, permissions: Array<Permission>, undoSeconds: number, writesPlainText: boolean, maxMessageBytes: number, maxRecipients: number, moderatesLists: boolean, mustSetUpTwoStep: boolean, domain: { id: string, name: string } | null, quota: { usedBytes: number, limitBytes: number } | null, identities: Array<{ name: string, address: string, mode: SendMode | null, ownName: string, replyTo: string, isDefault: boolean, signatureId: string | null, replySignatureId: string | null }>, preferences: Array<{ name: string, value: string }> } | null };

export type SignInMutationVariables = Exact<{
  login: string;
  password: string;
}>;


export type SignInMutation = { signIn: { viewer: { id: string, name: string, address: string | null, role: Role, permissions: Array<Permission>, undoSeconds: number, writesPlainText: boolean, maxMessageBytes: number, maxRecipients: number, moderatesLists: boolean, mustSetUpTwoStep: boolean, domain: { id: string, name: string } | null, quota: { usedBytes: number, limitBytes: number } | null, identities: Array<{ name: string, address: string, mode: SendMode | null, ownName: string, replyTo: string, isDefault: boolean, signatureId: string | null, replySignatureId: string | null }>, preferences: Array<{ name: string, value: string }> } | null, secondStep: { ticket: string, methods: Array<SecondStepMethod>, passkeyOptions: string | null } | null } };

export type FinishSignInMutationVariables = Exact<{
  ticket: string;
  code?: string | null | undefined;
  passkey?: string | null | undefined;
}>;


export type FinishSignInMutation = { finishSignIn: { viewer: { id: string, name: string, address: string | null, role: Role, permissions: Array<Permission>, undoSeconds: number, writesPlainText: boolean, maxMessageBytes: number, maxRecipients: number, moderatesLists: boolean, mustSetUpTwoStep: boolean, domain: { id: string, name: string } | null, quota: { usedBytes: number, limitBytes: number } | null, identities: Array<{ name: string, address: string, mode: SendMode | null, ownName: string, replyTo: string, isDefault: boolean, signatureId: string | null, replySignatureId: string | null }>, preferences: Array<{ name: string, value: string }> } | null } };

export type BeginPasskeySignInMutationVariables = Exact<{ [key: string]: never; }>;


export type BeginPasskeySignInMutation = { beginPasskeySignIn: { ticket: string, options: string } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };

export type DeliveryFieldsFragment = { id: string, sender: string, subject: string, sizeBytes: number, at: string, isOutgoing: boolean, remoteAddress: string, helo: string, protocol: string, times: number, recipientCount: number, recipients: Array<{ id: string, address: string, via: string, state: DeliveryState, isHeld: boolean, isGroup: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, trace: Array<{ at: string, event: SpoolEventKind, host: string, tls: string, status: string, reply: string, nextAttemptAt: string | null, isClaim: boolean, source: string, checks: Array<{ name: string, outcome: string, detail: string }> }> }> };

export type DomainDeliveriesQueryVariables = Exact<{
  domainId: string;
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  state?: DeliveryState | null | undefined;
  since?: string | null | undefined;
  until?: string | null | undefined;
}>;


export type DomainDeliveriesQuery = { found: { lookedBackTo: string | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, sender: string, subject: string, sizeBytes: number, at: string, isOutgoing: boolean, remoteAddress: string, helo: string, protocol: string, times: number, recipientCount: number, recipients: Array<{ id: string, address: string, via: string, state: DeliveryState, isHeld: boolean, isGroup: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, trace: Array<{ at: string, event: SpoolEventKind, host: string, tls: string, status: string, reply: string, nextAttemptAt: string | null, isClaim: boolean, source: string, checks: Array<{ name: string, outcome: string, detail: string }> }> }> } }> } | null };

export type DomainDeliveryQueryVariables = Exact<{
  domainId: string;
  id: string;
}>;


export type DomainDeliveryQuery = { found: { id: string, sender: string, subject: string, sizeBytes: number, at: string, isOutgoing: boolean, remoteAddress: string, helo: string, protocol: string, times: number, recipientCount: number, recipients: Array<{ id: string, address: string, via: string, state: DeliveryState, isHeld: boolean, isGroup: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, trace: Array<{ at: string, event: SpoolEventKind, host: string, tls: string, status: string, reply: string, nextAttemptAt: string | null, isClaim: boolean, source: string, checks: Array<{ name: string, outcome: string, detail: string }> }> }> } | null };

export type SentDeliveriesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type SentDeliveriesQuery = { found: { lookedBackTo: string | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, sender: string, subject: string, sizeBytes: number, at: string, isOutgoing: boolean, remoteAddress: string, helo: string, protocol: string, times: number, recipientCount: number, recipients: Array<{ id: string, address: string, via: string, state: DeliveryState, isHeld: boolean, isGroup: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, trace: Array<{ at: string, event: SpoolEventKind, host: string, tls: string, status: string, reply: string, nextAttemptAt: string | null, isClaim: boolean, source: string, checks: Array<{ name: string, outcome: string, detail: string }> }> }> } }> } | null };

export type IncomingDeliveriesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type IncomingDeliveriesQuery = { found: { lookedBackTo: string | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, sender: string, subject: string, sizeBytes: number, at: string, isOutgoing: boolean, remoteAddress: string, helo: string, protocol: string, times: number, recipientCount: number, recipients: Array<{ id: string, address: string, via: string, state: DeliveryState, isHeld: boolean, isGroup: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, trace: Array<{ at: string, event: SpoolEventKind, host: string, tls: string, status: string, reply: string, nextAttemptAt: string | null, isClaim: boolean, source: string, checks: Array<{ name: string, outcome: string, detail: string }> }> }> } }> } | null };

export type RefusedMailQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type RefusedMailQuery = { found: { lookedBackTo: string | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, sender: string, subject: string, sizeBytes: number, at: string, isOutgoing: boolean, remoteAddress: string, helo: string, protocol: string, times: number, recipientCount: number, recipients: Array<{ id: string, address: string, via: string, state: DeliveryState, isHeld: boolean, isGroup: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, trace: Array<{ at: string, event: SpoolEventKind, host: string, tls: string, status: string, reply: string, nextAttemptAt: string | null, isClaim: boolean, source: string, checks: Array<{ name: string, outcome: string, detail: string }> }> }> } }> } | null };

export type MessageDeliveryQueryVariables = Exact<{
  id: string;
}>;


export type MessageDeliveryQuery = { found: { id: string, sender: string, subject: string, sizeBytes: number, at: string, isOutgoing: boolean, remoteAddress: string, helo: string, protocol: string, times: number, recipientCount: number, recipients: Array<{ id: string, address: string, via: string, state: DeliveryState, isHeld: boolean, isGroup: boolean, attempts: number, nextAttemptAt: string | null, lastAttemptAt: string | null, lastStatus: string, lastReply: string, trace: Array<{ at: string, event: SpoolEventKind, host: string, tls: string, status: string, reply: string, nextAttemptAt: string | null, isClaim: boolean, source: string, checks: Array<{ name: string, outcome: string, detail: string }> }> }> } | null };

export type ForwardQueryVariables = Exact<{
  userId?: string | null | undefined;
}>;


export type ForwardQuery = { forward: { userId: string, targets: Array<string>, keepsCopy: boolean, isAllowed: boolean, mayLeaveDomain: boolean, maxTargets: number } };

export type SetForwardMutationVariables = Exact<{
  userId?: string | null | undefined;
  targets: Array<string> | string;
  keepsCopy: boolean;
}>;


export type SetForwardMutation = { setForward: { userId: string } };

export type BulkActFieldsFragment = { id: string, state: BulkActState, label: string, undoOf: string | null, destroy: boolean, total: number, done: number, skipped: number, error: string | null, beginsAt: string, createdAt: string };

export type BulkActsQueryVariables = Exact<{ [key: string]: never; }>;


export type BulkActsQuery = { bulkActs: Array<{ id: string, state: BulkActState, label: string, undoOf: string | null, destroy: boolean, total: number, done: number, skipped: number, error: string | null, beginsAt: string, createdAt: string }> };

export type BeginBulkActMutationVariables = Exact<{
  input: BeginBulkActInput;
}>;


export type BeginBulkActMutation = { beginBulkAct: { id: string, state: BulkActState, label: string, undoOf: string | null, destroy: boolean, total: number, done: number, skipped: number, error: string | null, beginsAt: string, createdAt: string } };

export type CancelBulkActMutationVariables = Exact<{
  id: string;
}>;


export type CancelBulkActMutation = { cancelBulkAct: { id: string, state: BulkActState, label: string, undoOf: string | null, destroy: boolean, total: number, done: number, skipped: number, error: string | null, beginsAt: string, createdAt: string } };

export type UndoBulkActMutationVariables = Exact<{
  id: string;
}>;


export type UndoBulkActMutation = { undoBulkAct: { id: string, state: BulkActState, label: string, undoOf: string | null, destroy: boolean, total: number, done: number, skipped: number, error: string | null, beginsAt: string, createdAt: string } };

export type DraftFieldsFragment = { id: string, subject: string, html: string, text: string, inReplyTo: string | null, forwardOf: string | null, savedAt: string, key: string, writer: string, from: { name: string, address: string }, to: Array<{ name: string, address: string }>, cc: Array<{ name: string, address: string }>, bcc: Array<{ name: string, address: string }>, attachments: Array<{ id: string, name: string, contentType: string, sizeBytes: number, contentId: string | null }> };

export type SaveDraftMutationVariables = Exact<{
  input: DraftInput;
}>;


export type SaveDraftMutation = { saveDraft: { id: string, savedAt: string, attachments: Array<{ id: string, name: string, contentType: string, sizeBytes: number, contentId: string | null }> } };

export type DraftFateQueryVariables = Exact<{
  key: string;
}>;


export type DraftFateQuery = { draftFate: { sendAt: string | null, sentAt: string | null, draft: { id: string, subject: string, html: string, text: string, inReplyTo: string | null, forwardOf: string | null, savedAt: string, key: string, writer: string, from: { name: string, address: string }, to: Array<{ name: string, address: string }>, cc: Array<{ name: string, address: string }>, bcc: Array<{ name: string, address: string }>, attachments: Array<{ id: string, name: string, contentType: string, sizeBytes: number, contentId: string | null }> } | null } };

export type DraftStandsQueryVariables = Exact<{
  id: string;
}>;


export type DraftStandsQuery = { message: { id: string, row: { id: string, timer: { dueAt: string } | null } } | null };

export type DiscardDraftMutationVariables = Exact<{
  id: string;
}>;


export type DiscardDraftMutation = { discardDraft: boolean };

export type SubmitDraftMutationVariables = Exact<{
  id: string;
  remindDays?: number | null | undefined;
}>;


export type SubmitDraftMutation = { submitDraft: { id: string, releaseAt: string, state: SubmissionState } };

export type CancelSubmissionMutationVariables = Exact<{
  id: string;
}>;


export type CancelSubmissionMutation = { cancelSubmission: { id: string, subject: string, html: string, text: string, inReplyTo: string | null, forwardOf: string | null, savedAt: string, key: string, writer: string, from: { name: string, address: string }, to: Array<{ name: string, address: string }>, cc: Array<{ name: string, address: string }>, bcc: Array<{ name: string, address: string }>, attachments: Array<{ id: string, name: string, contentType: string, sizeBytes: number, contentId: string | null }> } };

export type DraftToEditQueryVariables = Exact<{
  id: string;
}>;


export type DraftToEditQuery = { message: { id: string, draft: { id: string, subject: string, html: string, text: string, inReplyTo: string | null, forwardOf: string | null, savedAt: string, key: string, writer: string, from: { name: string, address: string }, to: Array<{ name: string, address: string }>, cc: Array<{ name: string, address: string }>, bcc: Array<{ name: string, address: string }>, attachments: Array<{ id: string, name: string, contentType: string, sizeBytes: number, contentId: string | null }> } | null } | null };

export type OriginalToAnswerQueryVariables = Exact<{
  id: string;
  isPlain?: boolean;
}>;


export type OriginalToAnswerQuery = { message: { id: string, sentAt: string | null, row: { subject: string, receivedAt: string }, from: Array<{ name: string, address: string }>, to: Array<{ name: string, address: string }>, cc: Array<{ name: string, address: string }>, replyTo: Array<{ name: string, address: string }>, body: { html: string, text?: string }, attachments: Array<{ part: string, name: string, contentType: string, sizeBytes: number, isInline: boolean }> } | null };

export type ShownPicturesQueryVariables = Exact<{
  id: string;
}>;


export type ShownPicturesQuery = { message: { id: string, held: { html: string }, shown: { html: string } } | null };

export type MessageToAttachQueryVariables = Exact<{
  id: string;
}>;


export type MessageToAttachQuery = { message: { id: string, row: { subject: string, sizeBytes: number } } | null };

export type SuggestionsQueryVariables = Exact<{
  text: string;
}>;


export type SuggestionsQuery = { suggestions: Array<{ name: string, address: string, source: string }> };

export type SignaturesToUseQueryVariables = Exact<{ [key: string]: never; }>;


export type SignaturesToUseQuery = { signatures: Array<{ id: string, name: string, html: string }> };

export type TemplatesToUseQueryVariables = Exact<{ [key: string]: never; }>;


export type TemplatesToUseQuery = { templates: Array<{ id: string, name: string, subject: string, html: string }> };

export type SaveAsTemplateMutationVariables = Exact<{
  input: TemplateInput;
}>;


export type SaveAsTemplateMutation = { createTemplate: { id: string, name: string } };

export type HideSuggestionMutationVariables = Exact<{
  address: string;
}>;


export type HideSuggestionMutation = { hideSuggestion: boolean };

export type FileLinkLimitsQueryVariables = Exact<{ [key: string]: never; }>;


export type FileLinkLimitsQuery = { fileLinkLimits: { maxBytes: number, offerBytes: number, maxDays: number } };

export type SetFileLinkPasswordMutationVariables = Exact<{
  id: string;
  password: string;
}>;


export type SetFileLinkPasswordMutation = { setFileLinkPassword: boolean };

export type MailboxSharesQueryVariables = Exact<{
  id: string;
}>;


export type MailboxSharesQuery = { shares: Array<{ holder: string, kind: ShareHolderKind, isNegative: boolean, rights: Array<MailboxRight> }> };

export type SetMailboxShareMutationVariables = Exact<{
  input: SetMailboxShareInput;
}>;


export type SetMailboxShareMutation = { shares: Array<{ holder: string, kind: ShareHolderKind, isNegative: boolean, rights: Array<MailboxRight> }> };

export type ShareHoldersQueryVariables = Exact<{
  search: string;
}>;


export type ShareHoldersQuery = { holders: Array<{ holder: string, kind: ShareHolderKind, name: string }> | null };

export type ScheduleDraftMutationVariables = Exact<{
  id: string;
  sendAt: string;
  remindDays?: number | null | undefined;
}>;


export type ScheduleDraftMutation = { scheduleDraft: { id: string, sendAt: string } };

export type CancelScheduledMutationVariables = Exact<{
  id: string;
}>;


export type CancelScheduledMutation = { cancelScheduled: { id: string, attachments: Array<{ id: string, name: string, contentType: string, sizeBytes: number, contentId: string | null }> } };

export type SendScheduledNowMutationVariables = Exact<{
  id: string;
}>;


export type SendScheduledNowMutation = { sendScheduledNow: { id: string, releaseAt: string } };

export type RemindOfMessageMutationVariables = Exact<{
  id: string;
  at?: string | null | undefined;
}>;


export type RemindOfMessageMutation = { remindOfMessage: boolean };

export type NewsQueryVariables = Exact<{
  after?: string | null | undefined;
  zone: string;
}>;


export type NewsQuery = { news: { end: string, messages: Array<{ id: string, sender: string | null, subject: string | null }> } | null };

export type MessageOriginQueryVariables = Exact<{
  id: string;
}>;


export type MessageOriginQuery = { message: { id: string, headers: string, messageId: string, origin: { standing: SenderStanding, fromDomain: string, isSignedByDomain: boolean, isSentByDomain: boolean, signers: Array<string>, returnPath: string, listId: string, checks: Array<{ method: string, result: string, reason: string, domain: string }>, path: Array<{ fromName: string, fromAddress: string, by: string, protocol: string, tls: string, isEncrypted: boolean, at: string | null, delaySeconds: number | null }> } } | null };

export type AttachmentPreviewQueryVariables = Exact<{
  messageId: string;
  part: string;
  showImages?: boolean | null | undefined;
}>;


export type AttachmentPreviewQuery = { attachmentPreview: { text: string | null, isTruncated: boolean, contacts: Array<{ name: string, organisation: string, title: string, birthday: string, note: string, emails: Array<{ value: string, kind: string }>, phones: Array<{ value: string, kind: string }>, addresses: Array<{ value: string, kind: string }>, urls: Array<{ value: string, kind: string }> }> | null, message: { subject: string, sentAt: string | null, html: string, blockedImages: number, offersImages: boolean, isTruncated: boolean, isDarkFriendly: boolean, attachmentCount: number, from: Array<{ name: string, address: string }>, to: Array<{ name: string, address: string }>, cc: Array<{ name: string, address: string }>, attachments: Array<{ part: string, name: string, contentType: string, sizeBytes: number, isInline: boolean, url: string, preview: PreviewKind | null }> } | null, invitation: { method: string, summary: string, description: string, location: string, status: string, rule: string, eventCount: number, canAnswer: boolean, answer: InvitationAnswer | null, starts: { at: string | null, local: string, zone: string, isDay: boolean } | null, ends: { at: string | null, local: string, zone: string, isDay: boolean } | null, organizer: { name: string, address: string } | null, attendees: Array<{ name: string, address: string, status: string, isOptional: boolean }> } | null } };

export type InvitationFieldsFragment = { method: string, summary: string, description: string, location: string, status: string, rule: string, eventCount: number, canAnswer: boolean, answer: InvitationAnswer | null, starts: { at: string | null, local: string, zone: string, isDay: boolean } | null, ends: { at: string | null, local: string, zone: string, isDay: boolean } | null, organizer: { name: string, address: string } | null, attendees: Array<{ name: string, address: string, status: string, isOptional: boolean }> };

export type AnswerInvitationMutationVariables = Exact<{
  messageId: string;
  part: string;
  answer: InvitationAnswer;
  comment: string;
}>;


export type AnswerInvitationMutation = { answerInvitation: { method: string, summary: string, description: string, location: string, status: string, rule: string, eventCount: number, canAnswer: boolean, answer: InvitationAnswer | null, starts: { at: string | null, local: string, zone: string, isDay: boolean } | null, ends: { at: string | null, local: string, zone: string, isDay: boolean } | null, organizer: { name: string, address: string } | null, attendees: Array<{ name: string, address: string, status: string, isOptional: boolean }> } };

export type AttachmentsQueryVariables = Exact<{
  messageId: string;
  offset: number;
  limit: number;
}>;


export type AttachmentsQuery = { attachments: Array<{ part: string, name: string, contentType: string, sizeBytes: number, isInline: boolean, url: string, preview: PreviewKind | null }> };

export type UnsubscribeMutationVariables = Exact<{
  messageId: string;
}>;


export type UnsubscribeMutation = { unsubscribe: { way: UnsubscribeWay, target: string, leftAt: string | null } };

export type SetSenderLookMutationVariables = Exact<{
  address: string;
  ownColours: boolean;
  hideImages: boolean;
}>;


export type SetSenderLookMutation = { setSenderLook: boolean };

export type SplitConversationMutationVariables = Exact<{
  messageId: string;
}>;


export type SplitConversationMutation = { splitConversation: string };

export type JoinConversationsMutationVariables = Exact<{
  messageIds: Array<string> | string;
}>;


export type JoinConversationsMutation = { joinConversations: { threadId: string, brought: Array<Array<string>> } };

export type PartMessagesMutationVariables = Exact<{
  messageIds: Array<string> | string;
}>;


export type PartMessagesMutation = { partMessages: string };

export type SearchSuggestionsQueryVariables = Exact<{
  text: string;
}>;


export type SearchSuggestionsQuery = { searchSuggestions: { tags: Array<string>, files: Array<string>, people: Array<{ name: string, address: string }> } };

export type SavedSearchesQueryVariables = Exact<{ [key: string]: never; }>;


export type SavedSearchesQuery = { savedSearches: Array<{ id: string, name: string, query: string }> };

export type SaveSearchMutationVariables = Exact<{
  id?: string | null | undefined;
  name: string;
  query: string;
}>;


export type SaveSearchMutation = { saveSearch: { id: string, name: string, query: string } };

export type DeleteSavedSearchMutationVariables = Exact<{
  id: string;
}>;


export type DeleteSavedSearchMutation = { deleteSavedSearch: boolean };

export type RowFieldsFragment = { id: string, mailboxId: string, threadId: string, threadCount: number, toText: string, subject: string, preview: string, receivedAt: string, sizeBytes: number, isSeen: boolean, isFlagged: boolean, isAnswered: boolean, isForwarded: boolean, isDraft: boolean, keywords: Array<string>, hasAttachments: boolean, isMuted: boolean, isReminder: boolean, from: { name: string, address: string }, timer: { kind: TimerKind, dueAt: string, returnTo: string | null, error: string | null } | null, conversation: { members: Array<{ id: string, isSeen: boolean, isFlagged: boolean }>, tags: Array<{ keyword: string, ids: Array<string> }>, people: Array<{ name: string, address: string }> } | null };

export type MailboxFieldsFragment = { id: string, path: string, name: string, parentId: string | null, specialUse: SpecialUse | null, total: number, unread: number, modseq: number, rights: Array<MailboxRight> };

export type MailboxesQueryVariables = Exact<{ [key: string]: never; }>;


export type MailboxesQuery = { mailboxes: Array<{ id: string, path: string, name: string, parentId: string | null, specialUse: SpecialUse | null, total: number, unread: number, modseq: number, rights: Array<MailboxRight> }> };

export type ViewQueryVariables = Exact<{
  mailboxId?: string | null | undefined;
  search?: string | null | undefined;
  sort: MessageSort;
  filter?: MessageFilter | null | undefined;
  offset: number;
  limit: number;
  timeZone?: string | null | undefined;
  byConversation: boolean;
}>;


export type ViewQuery = { view: { total: number, messageTotal: number, state: number, offset: number, rows: Array<{ id: string, mailboxId: string, threadId: string, threadCount: number, toText: string, subject: string, preview: string, receivedAt: string, sizeBytes: number, isSeen: boolean, isFlagged: boolean, isAnswered: boolean, isForwarded: boolean, isDraft: boolean, keywords: Array<string>, hasAttachments: boolean, isMuted: boolean, isReminder: boolean, from: { name: string, address: string }, timer: { kind: TimerKind, dueAt: string, returnTo: string | null, error: string | null } | null, conversation: { members: Array<{ id: string, isSeen: boolean, isFlagged: boolean }>, tags: Array<{ keyword: string, ids: Array<string> }>, people: Array<{ name: string, address: string }> } | null }>, terms: Array<{ start: number, length: number, operator: string | null, value: string, isExcluded: boolean, doubt: SearchDoubt | null }> } };

export type ViewChangesQueryVariables = Exact<{
  mailboxId: string;
  since: number;
  sort: MessageSort;
  filter?: MessageFilter | null | undefined;
  byConversation: boolean;
}>;


export type ViewChangesQuery = { viewChanges: { state: number, total: number, messageTotal: number, isReset: boolean, removed: Array<string>, added: Array<{ index: number, row: { id: string, mailboxId: string, threadId: string, threadCount: number, toText: string, subject: string, preview: string, receivedAt: string, sizeBytes: number, isSeen: boolean, isFlagged: boolean, isAnswered: boolean, isForwarded: boolean, isDraft: boolean, keywords: Array<string>, hasAttachments: boolean, isMuted: boolean, isReminder: boolean, from: { name: string, address: string }, timer: { kind: TimerKind, dueAt: string, returnTo: string | null, error: string | null } | null, conversation: { members: Array<{ id: string, isSeen: boolean, isFlagged: boolean }>, tags: Array<{ keyword: string, ids: Array<string> }>, people: Array<{ name: string, address: string }> } | null } }>, updated: Array<{ id: string, mailboxId: string, threadId: string, threadCount: number, toText: string, subject: string, preview: string, receivedAt: string, sizeBytes: number, isSeen: boolean, isFlagged: boolean, isAnswered: boolean, isForwarded: boolean, isDraft: boolean, keywords: Array<string>, hasAttachments: boolean, isMuted: boolean, isReminder: boolean, from: { name: string, address: string }, timer: { kind: TimerKind, dueAt: string, returnTo: string | null, error: string | null } | null, conversation: { members: Array<{ id: string, isSeen: boolean, isFlagged: boolean }>, tags: Array<{ keyword: string, ids: Array<string> }>, people: Array<{ name: string, address: string }> } | null }>, mailboxes: Array<{ id: string, path: string, name: string, parentId: string | null, specialUse: SpecialUse | null, total: number, unread: number, modseq: number, rights: Array<MailboxRight> }> } };

export type UpdateMessagesMutationVariables = Exact<{
  input: UpdateMessagesInput;
}>;


export type UpdateMessagesMutation = { updateMessages: { state: number, failed: Array<{ id: string, message: string }>, mailboxes: Array<{ id: string, path: string, name: string, parentId: string | null, specialUse: SpecialUse | null, total: number, unread: number, modseq: number, rights: Array<MailboxRight> }> } };

export type MessageDetailQueryVariables = Exact<{
  id: string;
  showImages?: boolean | null | undefined;
}>;


export type MessageDetailQuery = { message: { id: string, messageId: string, sentAt: string | null, attachmentCount: number, row: { id: string, mailboxId: string, threadId: string, threadCount: number, toText: string, subject: string, preview: string, receivedAt: string, sizeBytes: number, isSeen: boolean, isFlagged: boolean, isAnswered: boolean, isForwarded: boolean, isDraft: boolean, keywords: Array<string>, hasAttachments: boolean, isMuted: boolean, isReminder: boolean, from: { name: string, address: string }, timer: { kind: TimerKind, dueAt: string, returnTo: string | null, error: string | null } | null, conversation: { members: Array<{ id: string, isSeen: boolean, isFlagged: boolean }>, tags: Array<{ keyword: string, ids: Array<string> }>, people: Array<{ name: string, address: string }> } | null }, from: Array<{ name: string, address: string }>, sender: Array<{ name: string, address: string }>, to: Array<{ name: string, address: string }>, cc: Array<{ name: string, address: string }>, bcc: Array<{ name: string, address: string }>, replyTo: Array<{ name: string, address: string }>, body: { html: string, text: string, blockedImages: number, offersImages: boolean, hasQuote: boolean, isTruncated: boolean, isDarkFriendly: boolean }, attachments: Array<{ part: string, name: string, contentType: string, sizeBytes: number, isInline: boolean, url: string, preview: PreviewKind | null }>, origin: { standing: SenderStanding, fromDomain: string, isSignedByDomain: boolean, isSentByDomain: boolean, signers: Array<string> }, unsubscribe: { way: UnsubscribeWay, target: string, leftAt: string | null } | null, senderLook: { ownColours: boolean, hideImages: boolean }, thread: Array<{ id: string, mailboxId: string, threadId: string, threadCount: number, toText: string, subject: string, preview: string, receivedAt: string, sizeBytes: number, isSeen: boolean, isFlagged: boolean, isAnswered: boolean, isForwarded: boolean, isDraft: boolean, keywords: Array<string>, hasAttachments: boolean, isMuted: boolean, isReminder: boolean, from: { name: string, address: string }, timer: { kind: TimerKind, dueAt: string, returnTo: string | null, error: string | null } | null, conversation: { members: Array<{ id: string, isSeen: boolean, isFlagged: boolean }>, tags: Array<{ keyword: string, ids: Array<string> }>, people: Array<{ name: string, address: string }> } | null }>, deliveryReports: Array<{ address: string, action: DeliveryAction, status: string, reporter: string, diagnostic: string, isVerified: boolean, reportedAt: string }> } | null };

export type ConversationQueryVariables = Exact<{
  messageId: string;
}>;


export type ConversationQuery = { conversation: Array<{ id: string, mailboxId: string, threadId: string, threadCount: number, toText: string, subject: string, preview: string, receivedAt: string, sizeBytes: number, isSeen: boolean, isFlagged: boolean, isAnswered: boolean, isForwarded: boolean, isDraft: boolean, keywords: Array<string>, hasAttachments: boolean, isMuted: boolean, isReminder: boolean, from: { name: string, address: string }, timer: { kind: TimerKind, dueAt: string, returnTo: string | null, error: string | null } | null, conversation: { members: Array<{ id: string, isSeen: boolean, isFlagged: boolean }>, tags: Array<{ keyword: string, ids: Array<string> }>, people: Array<{ name: string, address: string }> } | null }> | null };

export type AccountChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AccountChangedSubscription = { accountChanged: { modseq: number, mailboxIds: Array<string>, isMailboxListChanged: boolean, mailboxes: Array<{ id: string, path: string, name: string, parentId: string | null, specialUse: SpecialUse | null, total: number, unread: number, modseq: number, rights: Array<MailboxRight> }>, submissions: Array<{ id: string, state: SubmissionState, releaseAt: string, subject: string, toText: string, error: string | null }>, bulkActs: Array<{ id: string, state: BulkActState, label: string, undoOf: string | null, destroy: boolean, total: number, done: number, skipped: number, error: string | null, beginsAt: string, createdAt: string }> } };

export type TrustSenderMutationVariables = Exact<{
  address: string;
  trusted: boolean;
}>;


export type TrustSenderMutation = { trustSender: boolean };

export type CreateMailboxMutationVariables = Exact<{
  path: string;
}>;


export type CreateMailboxMutation = { createMailbox: { id: string, path: string, name: string, parentId: string | null, specialUse: SpecialUse | null, total: number, unread: number, modseq: number, rights: Array<MailboxRight> } };

export type RenameMailboxMutationVariables = Exact<{
  id: string;
  path: string;
}>;


export type RenameMailboxMutation = { renameMailbox: { id: string, path: string, name: string, parentId: string | null, specialUse: SpecialUse | null, total: number, unread: number, modseq: number, rights: Array<MailboxRight> } };

export type DeleteMailboxMutationVariables = Exact<{
  id: string;
}>;


export type DeleteMailboxMutation = { deleteMailbox: boolean };

export type TagsQueryVariables = Exact<{ [key: string]: never; }>;


export type TagsQuery = { tags: Array<string> };

export type VacationStandQueryVariables = Exact<{ [key: string]: never; }>;


export type VacationStandQuery = { vacation: { isOn: boolean, endsAt: string | null } };

export type EndVacationMutationVariables = Exact<{ [key: string]: never; }>;


export type EndVacationMutation = { endVacation: { isOn: boolean } };

export type FilterFieldsFragment = { id: string, name: string, isEnabled: boolean, match: FilterMatch, stops: boolean, trouble: FilterTrouble | null, conditions: Array<{ field: FilterField, relation: FilterRelation, value: string, header: string, isNegated: boolean }>, actions: Array<{ act: FilterAct, mailboxId: string | null, path: string | null, keyword: string | null, addresses: Array<string> }> };

export type FiltersQueryVariables = Exact<{ [key: string]: never; }>;


export type FiltersQuery = { filters: Array<{ id: string, name: string, isEnabled: boolean, match: FilterMatch, stops: boolean, trouble: FilterTrouble | null, conditions: Array<{ field: FilterField, relation: FilterRelation, value: string, header: string, isNegated: boolean }>, actions: Array<{ act: FilterAct, mailboxId: string | null, path: string | null, keyword: string | null, addresses: Array<string> }> }> };

export type FilterFoldersQueryVariables = Exact<{ [key: string]: never; }>;


export type FilterFoldersQuery = { mailboxes: Array<{ id: string, path: string, name: string, specialUse: SpecialUse | null, total: number, owner: string | null, parentId: string | null }> };

export type FilterSuggestionQueryVariables = Exact<{
  messageId: string;
}>;


export type FilterSuggestionQuery = { filterSuggestion: { sender: string, senderName: string, senderDomain: string, listId: string, subject: string, detailAddress: string } };

export type FilterPreviewQueryVariables = Exact<{
  conditions: Array<FilterConditionInput> | FilterConditionInput;
  match: FilterMatch;
  everywhere: boolean;
  first: number;
}>;


export type FilterPreviewQuery = { filterPreview: { lookedAt: number, matched: number, rows: Array<{ id: string, subject: string, receivedAt: string, from: { name: string, address: string } }> } };

export type CreateFilterMutationVariables = Exact<{
  input: FilterInput;
  position?: number | null | undefined;
}>;


export type CreateFilterMutation = { filter: { id: string, name: string, isEnabled: boolean, match: FilterMatch, stops: boolean, trouble: FilterTrouble | null, conditions: Array<{ field: FilterField, relation: FilterRelation, value: string, header: string, isNegated: boolean }>, actions: Array<{ act: FilterAct, mailboxId: string | null, path: string | null, keyword: string | null, addresses: Array<string> }> } };

export type UpdateFilterMutationVariables = Exact<{
  id: string;
  input: FilterInput;
}>;


export type UpdateFilterMutation = { filter: { id: string, name: string, isEnabled: boolean, match: FilterMatch, stops: boolean, trouble: FilterTrouble | null, conditions: Array<{ field: FilterField, relation: FilterRelation, value: string, header: string, isNegated: boolean }>, actions: Array<{ act: FilterAct, mailboxId: string | null, path: string | null, keyword: string | null, addresses: Array<string> }> } };

export type SetFilterEnabledMutationVariables = Exact<{
  id: string;
  isEnabled: boolean;
}>;


export type SetFilterEnabledMutation = { setFilterEnabled: { id: string, isEnabled: boolean } };

export type ReorderFiltersMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ReorderFiltersMutation = { reorderFilters: Array<{ id: string }> };

export type RemoveFilterMutationVariables = Exact<{
  id: string;
}>;


export type RemoveFilterMutation = { removeFilter: boolean };

export type ApplyFilterMutationVariables = Exact<{
  id: string;
  mailboxId: string;
  after?: string | null | undefined;
}>;


export type ApplyFilterMutation = { step: { lookedAt: number, matched: number, next: string | null, copied: Array<string>, moved: Array<{ mailboxId: string, ids: Array<string> }>, marked: Array<{ flag: string, ids: Array<string> }> } };

export type UndoFilterMutationVariables = Exact<{
  input: UpdateMessagesInput;
}>;


export type UndoFilterMutation = { updateMessages: { failed: Array<{ id: string }> } };

export type SenderListsQueryVariables = Exact<{ [key: string]: never; }>;


export type SenderListsQuery = { senderLists: { trusted: Array<string>, blocked: Array<string> } };

export type AddSenderMutationVariables = Exact<{
  kind: SenderListKind;
  address: string;
}>;


export type AddSenderMutation = { addSender: { trusted: Array<string>, blocked: Array<string> } };

export type RemoveSenderMutationVariables = Exact<{
  kind: SenderListKind;
  address: string;
}>;


export type RemoveSenderMutation = { removeSender: { trusted: Array<string>, blocked: Array<string> } };

export type FolderCleanupsQueryVariables = Exact<{ [key: string]: never; }>;


export type FolderCleanupsQuery = { folderCleanups: Array<{ mailboxId: string, maxAgeDays: number | null, keepNewest: number | null, isForever: boolean }> };

export type CleanupPreviewQueryVariables = Exact<{
  mailboxId: string;
  maxAgeDays?: number | null | undefined;
  keepNewest?: number | null | undefined;
}>;


export type CleanupPreviewQuery = { cleanupPreview: number };

export type SetFolderCleanupMutationVariables = Exact<{
  mailboxId: string;
  maxAgeDays?: number | null | undefined;
  keepNewest?: number | null | undefined;
  isForever: boolean;
}>;


export type SetFolderCleanupMutation = { setFolderCleanup: Array<{ mailboxId: string }> };

export type RemoveFolderCleanupMutationVariables = Exact<{
  mailboxId: string;
}>;


export type RemoveFolderCleanupMutation = { removeFolderCleanup: Array<{ mailboxId: string }> };

export type OwnSessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnSessionsQuery = { viewer: { sessions: Array<{ id: string, isCurrent: boolean, createdAt: string, seenAt: string, remoteAddress: string, userAgent: string }> } | null };

export type RevokeSessionMutationVariables = Exact<{
  id: string;
}>;


export type RevokeSessionMutation = { revokeSession: boolean };

export type RevokeOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type RevokeOtherSessionsMutation = { count: number };

export type ChangePasswordMutationVariables = Exact<{
  current: string;
  new: string;
}>;


export type ChangePasswordMutation = { changePassword: boolean };

export type AppPasswordsQueryVariables = Exact<{ [key: string]: never; }>;


export type AppPasswordsQuery = { appPasswords: Array<{ id: string, label: string, protocols: Array<MailProtocol>, createdAt: string, usedAt: string | null, usedFrom: string | null }> | null, mailServers: Array<{ protocol: MailProtocol, host: string, port: number, security: MailServerSecurity }> };

export type CreateAppPasswordMutationVariables = Exact<{
  label: string;
  protocols?: Array<MailProtocol> | MailProtocol | null | undefined;
}>;


export type CreateAppPasswordMutation = { created: { password: string, appPassword: { id: string, label: string, protocols: Array<MailProtocol> } } | null };

export type RevokeAppPasswordMutationVariables = Exact<{
  id: string;
}>;


export type RevokeAppPasswordMutation = { revokeAppPassword: boolean | null };

export type PersonalSettingsQueryVariables = Exact<{
  id: string;
}>;


export type PersonalSettingsQuery = { settings: Array<{ key: string, value: number | string | boolean | null, ownValue: number | string | boolean | null, inheritedValue: number | string | boolean | null, isEditable: boolean, ceilingKind: SettingCeiling, ceiling: number | string | boolean | null, choices: Array<{ value: string, label: string, help: string }>, origin: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, inheritedFrom: { level: SettingLevel, name: string, setBy: string, isDefault: boolean }, ceilingOrigin: { level: SettingLevel, name: string, isDefault: boolean } | null }> | null };

export type SetPersonalSettingMutationVariables = Exact<{
  id: string;
  key: string;
  value?: number | string | boolean | null | null | undefined;
}>;


export type SetPersonalSettingMutation = { setSetting: { key: string, value: number | string | boolean | null } | null };

export type OwnSignaturesQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnSignaturesQuery = { signatures: Array<{ id: string, name: string, html: string }> };

export type CreateSignatureMutationVariables = Exact<{
  input: SignatureInput;
}>;


export type CreateSignatureMutation = { createSignature: { id: string } };

export type UpdateSignatureMutationVariables = Exact<{
  id: string;
  input: SignatureInput;
}>;


export type UpdateSignatureMutation = { updateSignature: { id: string } };

export type RemoveSignatureMutationVariables = Exact<{
  id: string;
}>;


export type RemoveSignatureMutation = { removeSignature: boolean };

export type OwnTemplatesQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnTemplatesQuery = { templates: Array<{ id: string, name: string, subject: string, html: string }> };

export type CreateTemplateMutationVariables = Exact<{
  input: TemplateInput;
}>;


export type CreateTemplateMutation = { createTemplate: { id: string } };

export type UpdateTemplateMutationVariables = Exact<{
  id: string;
  input: TemplateInput;
}>;


export type UpdateTemplateMutation = { updateTemplate: { id: string } };

export type RemoveTemplateMutationVariables = Exact<{
  id: string;
}>;


export type RemoveTemplateMutation = { removeTemplate: boolean };

export type SetSenderMutationVariables = Exact<{
  address: string;
  input: SenderInput;
}>;


export type SetSenderMutation = { setSender: boolean };

export type OwnFileLinksQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnFileLinksQuery = { fileLinks: Array<{ id: string, name: string, sizeBytes: number, hasPassword: boolean, downloads: number, createdAt: string, expiresAt: string }>, fileLinkLimits: { maxBytes: number } };

export type RevokeFileLinkMutationVariables = Exact<{
  id: string;
}>;


export type RevokeFileLinkMutation = { revokeFileLink: boolean };

export type OwnTwoStepQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnTwoStepQuery = { viewer: { twoStep: { isOn: boolean, isRequired: boolean, hasApp: boolean, recoveryCodesLeft: number, passkeys: Array<{ id: string, label: string, createdAt: string, usedAt: string | null }> } } | null };

export type BeginTotpMutationVariables = Exact<{
  password: string;
}>;


export type BeginTotpMutation = { begun: { secret: string, uri: string } };

export type ConfirmTotpMutationVariables = Exact<{
  code: string;
}>;


export type ConfirmTotpMutation = { codes: Array<string> };

export type RemoveTotpMutationVariables = Exact<{
  password: string;
}>;


export type RemoveTotpMutation = { removeTotp: boolean };

export type SetTwoStepMutationVariables = Exact<{
  password: string;
  isOn: boolean;
}>;


export type SetTwoStepMutation = { codes: Array<string> };

export type RenewRecoveryCodesMutationVariables = Exact<{
  password: string;
}>;


export type RenewRecoveryCodesMutation = { codes: Array<string> };

export type BeginPasskeyMutationVariables = Exact<{
  password: string;
}>;


export type BeginPasskeyMutation = { begun: { ticket: string, options: string } };

export type AddPasskeyMutationVariables = Exact<{
  ticket: string;
  credential: string;
  label: string;
}>;


export type AddPasskeyMutation = { added: { id: string, label: string } };

export type RenamePasskeyMutationVariables = Exact<{
  id: string;
  label: string;
}>;


export type RenamePasskeyMutation = { renamed: { id: string, label: string } };

export type RemovePasskeyMutationVariables = Exact<{
  id: string;
  password: string;
}>;


export type RemovePasskeyMutation = { removePasskey: boolean };

export type VacationQueryVariables = Exact<{ [key: string]: never; }>;


export type VacationQuery = { vacation: { isEnabled: boolean, isOn: boolean, subject: string, text: string, outside: VacationOutside, outsideText: string, audience: VacationAudience, startsAt: string | null, endsAt: string | null, everyDays: number } };

export type SetVacationMutationVariables = Exact<{
  input: VacationInput;
}>;


export type SetVacationMutation = { setVacation: { isEnabled: boolean, isOn: boolean } };

export type SetUpMutationVariables = Exact<{
  input: SetUpInput;
}>;


export type SetUpMutation = { setUp: { viewer: { address: string | null }, domain: { id: string, name: string, displayName: string, dnsRecords: Array<{ name: string, type: string, value: string, purpose: string }> } } };

export type StartQueryVariables = Exact<{
  withMail: boolean;
  withRows: boolean;
  mailboxId?: string | null | undefined;
  limit: number;
}>;


export type StartQuery = { instance: { isSetUp: boolean, hostname: string, version: string }, viewer: { id: string, name: string, address: string | null, role: Role, permissions: Array<Permission>, undoSeconds: number, writesPlainText: boolean, maxMessageBytes: number, maxRecipients: number, moderatesLists: boolean, mustSetUpTwoStep: boolean, domain: { id: string, name: string } | null, quota: { usedBytes: number, limitBytes: number } | null, identities: Array<{ name: string, address: string, mode: SendMode | null, ownName: string, replyTo: string, isDefault: boolean, signatureId: string | null, replySignatureId: string | null }>, preferences: Array<{ name: string, value: string }> } | null, mailboxes?: Array<{ id: string, path: string, name: string, parentId: string | null, specialUse: SpecialUse | null, total: number, unread: number, modseq: number, rights: Array<MailboxRight> }>, view?: { total: number, messageTotal: number, state: number, offset: number, rows: Array<{ id: string, mailboxId: string, threadId: string, threadCount: number, toText: string, subject: string, preview: string, receivedAt: string, sizeBytes: number, isSeen: boolean, isFlagged: boolean, isAnswered: boolean, isForwarded: boolean, isDraft: boolean, keywords: Array<string>, hasAttachments: boolean, isMuted: boolean, isReminder: boolean, from: { name: string, address: string }, timer: { kind: TimerKind, dueAt: string, returnTo: string | null, error: string | null } | null, conversation: { members: Array<{ id: string, isSeen: boolean, isFlagged: boolean }>, tags: Array<{ keyword: string, ids: Array<string> }>, people: Array<{ name: string, address: string }> } | null }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SettingFieldsFragmentDoc = new TypedDocumentString(`
    fragment SettingFields on SettingValue {
  key
  subject
  label
  help
  kind
  isMultiline
  choices {
    value
    label
    help
  }
  zeroIsUnlimited
  level
  value
  ownValue
  inheritedValue
  origin {
    level
    name
    setBy
    isDefault
  }
  inheritedFrom {
    level
    name
    setBy
    isDefault
  }
  ceilingKind
  ceiling
  ceilingOrigin {
    level
    name
    setBy
    isDefault
  }
  isEditable
  ownCeiling
  isCeilingEditable
}
    `, {"fragmentName":"SettingFields"}) as unknown as TypedDocumentString<SettingFieldsFragment, unknown>;
export const UserFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserFields on User {
  id
  domainId
  address
  localpart
  name
  isEnabled
  role
  isPrimary
  createdAt
  lastSignInAt
  usedBytes
  messageCount
  quota {
    value
  }
}
    `, {"fragmentName":"UserFields"}) as unknown as TypedDocumentString<UserFieldsFragment, unknown>;
export const MailingListFieldsFragmentDoc = new TypedDocumentString(`
    fragment MailingListFields on MailingList {
  id
  domainId
  address
  localpart
  name
  description
  isEnabled
  posting
  isModerated
  unentitled
  unverified
  replyTo
  fromRewriting
  subjectPrefix
  footer
  maxBytes
  memberView
  subscription
  memberCount
  heldCount
  standing
}
    `, {"fragmentName":"MailingListFields"}) as unknown as TypedDocumentString<MailingListFieldsFragment, unknown>;
export const SpoolRecipientFieldsFragmentDoc = new TypedDocumentString(`
    fragment SpoolRecipientFields on SpoolRecipient {
  id
  address
  via
  state
  isInHand
  attempts
  nextAttemptAt
  lastAttemptAt
  lastStatus
  lastReply
  lastHost
  priority
  isPaused
  isToBeReturned
  route
  named
}
    `, {"fragmentName":"SpoolRecipientFields"}) as unknown as TypedDocumentString<SpoolRecipientFieldsFragment, unknown>;
export const ViewerFieldsFragmentDoc = new TypedDocumentString(`
    fragment ViewerFields on Viewer {
  id
  name
  address
  role
  permissions
  domain {
    id
    name
  }
  quota {
    usedBytes
    limitBytes
  }
  identities {
    name
    address
    mode
    ownName
    replyTo
    isDefault
    signatureId
    replySignatureId
  }
  undoSeconds
  writesPlainText
  maxMessageBytes
  maxRecipients
  moderatesLists
  mustSetUpTwoStep
  preferences {
    name
    value
  }
}
    `, {"fragmentName":"ViewerFields"}) as unknown as TypedDocumentString<ViewerFieldsFragment, unknown>;
export const DeliveryFieldsFragmentDoc = new TypedDocumentString(`
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
      at
      event
      host
      tls
      status
      reply
      nextAttemptAt
      isClaim
      source
      checks {
        name
        outcome
        detail
      }
    }
  }
}
    `, {"fragmentName":"DeliveryFields"}) as unknown as TypedDocumentString<DeliveryFieldsFragment, unknown>;
export const BulkActFieldsFragmentDoc = new TypedDocumentString(`
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
    `, {"fragmentName":"BulkActFields"}) as unknown as TypedDocumentString<BulkActFieldsFragment, unknown>;
export const DraftFieldsFragmentDoc = new TypedDocumentString(`
    fragment DraftFields on Draft {
  id
  from {
    name
    address
  }
  to {
    name
    address
  }
  cc {
    name
    address
  }
  bcc {
    name
    address
  }
  subject
  html
  text
  attachments {
    id
    name
    contentType
    sizeBytes
    contentId
  }
  inReplyTo
  forwardOf
  savedAt
  key
  writer
}
    `, {"fragmentName":"DraftFields"}) as unknown as TypedDocumentString<DraftFieldsFragment, unknown>;
export const InvitationFieldsFragmentDoc = new TypedDocumentString(`
    fragment InvitationFields on Invitation {
  method
  summary
  description
  location
  status
  starts {
    at
    local
    zone
    isDay
  }
  ends {
    at
    local
    zone
    isDay
  }
  rule
  organizer {
    name
    address
  }
  attendees {
    name
    address
    status
    isOptional
  }
  eventCount
  canAnswer
  answer
}
    `, {"fragmentName":"InvitationFields"}) as unknown as TypedDocumentString<InvitationFieldsFragment, unknown>;
export const RowFieldsFragmentDoc = new TypedDocumentString(`
    fragment RowFields on MessageRow {
  id
  mailboxId
  threadId
  threadCount
  from {
    name
    address
  }
  toText
  subject
  preview
  receivedAt
  sizeBytes
  isSeen
  isFlagged
  isAnswered
  isForwarded
  isDraft
  keywords
  hasAttachments
  isMuted
  isReminder
  timer {
    kind
    dueAt
    returnTo
    error
  }
  conversation {
    members {
      id
      isSeen
      isFlagged
    }
    tags {
      keyword
      ids
    }
    people {
      name
      address
    }
  }
}
    `, {"fragmentName":"RowFields"}) as unknown as TypedDocumentString<RowFieldsFragment, unknown>;
export const MailboxFieldsFragmentDoc = new TypedDocumentString(`
    fragment MailboxFields on Mailbox {
  id
  path
  name
  parentId
  specialUse
  total
  unread
  modseq
  rights
}
    `, {"fragmentName":"MailboxFields"}) as unknown as TypedDocumentString<MailboxFieldsFragment, unknown>;
export const FilterFieldsFragmentDoc = new TypedDocumentString(`
    fragment FilterFields on MailFilter {
  id
  name
  isEnabled
  match
  stops
  trouble
  conditions {
    field
    relation
    value
    header
    isNegated
  }
  actions {
    act
    mailboxId
    path
    keyword
    addresses
  }
}
    `, {"fragmentName":"FilterFields"}) as unknown as TypedDocumentString<FilterFieldsFragment, unknown>;
export const SystemOverviewDocument = new TypedDocumentString(`
    query SystemOverview {
  systemOverview {
    version
    startedAt
    domainCount
    userCount
    usedBytes
    spoolCount
    oldestSpoolAt
  }
}
    `, {"hash":"c24bf19d1124795e693a96710880788bd405f1ec8c1ecdfa2c28c4dd846693d6"}) as unknown as TypedDocumentString<SystemOverviewQuery, SystemOverviewQueryVariables>;
export const AdminDomainsDocument = new TypedDocumentString(`
    query AdminDomains($first: Int!, $after: String, $search: String) {
  domains(first: $first, after: $after, search: $search) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        name
        displayName
        isEnabled
        userCount
        aliasCount
        usedBytes
        maxUsers {
          value
        }
        diskBytes {
          value
        }
      }
    }
  }
}
    `, {"hash":"64676cdd8fd119355f4687325d46cf2e8d6f1e9859642ad371ed2058bdf6cd1b"}) as unknown as TypedDocumentString<AdminDomainsQuery, AdminDomainsQueryVariables>;
export const AdminDomainDocument = new TypedDocumentString(`
    query AdminDomain($id: ID!) {
  domain(id: $id) {
    id
    name
    displayName
    isEnabled
    createdAt
    userCount
    aliasCount
    usedBytes
    maxUsers {
      value
    }
    diskBytes {
      value
    }
    dnsRecords {
      name
      type
      value
      purpose
    }
  }
}
    `, {"hash":"a0c7ede4bfdac3ed20b232d6c43f2921a4ffd4dda5a5dead79a3b28dff7d93a6"}) as unknown as TypedDocumentString<AdminDomainQuery, AdminDomainQueryVariables>;
export const AdminUsersDocument = new TypedDocumentString(`
    query AdminUsers($domainId: ID!, $first: Int!, $after: String, $search: String) {
  users(domainId: $domainId, first: $first, after: $after, search: $search) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...UserFields
      }
    }
  }
}
    fragment UserFields on User {
  id
  domainId
  address
  localpart
  name
  isEnabled
  role
  isPrimary
  createdAt
  lastSignInAt
  usedBytes
  messageCount
  quota {
    value
  }
}`, {"hash":"ccaf25fccb0f71e4f1071ba78f48bca95d87bcf9d1dd4456c54cf8031024c6f9"}) as unknown as TypedDocumentString<AdminUsersQuery, AdminUsersQueryVariables>;
export const AdminUserDocument = new TypedDocumentString(`
    query AdminUser($id: ID!) {
  user(id: $id) {
    ...UserFields
  }
}
    fragment UserFields on User {
  id
  domainId
  address
  localpart
  name
  isEnabled
  role
  isPrimary
  createdAt
  lastSignInAt
  usedBytes
  messageCount
  quota {
    value
  }
}`, {"hash":"39f57d2884f7fa4183cf199172c645e815190e1827fa4b663995ce124dd7779b"}) as unknown as TypedDocumentString<AdminUserQuery, AdminUserQueryVariables>;
export const AdminAliasesDocument = new TypedDocumentString(`
    query AdminAliases($domainId: ID!, $first: Int!, $after: String, $search: String) {
  aliases(domainId: $domainId, first: $first, after: $after, search: $search) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        localpart
        address
        targets
        isEnabled
      }
    }
  }
}
    `, {"hash":"67b8dea780cfe9513998f53dbc44ecd30feeb8dc6fed9630df645552f250956f"}) as unknown as TypedDocumentString<AdminAliasesQuery, AdminAliasesQueryVariables>;
export const AdminSettingsDocument = new TypedDocumentString(`
    query AdminSettings($level: SettingLevel!, $targetId: ID) {
  settings(level: $level, targetId: $targetId) {
    ...SettingFields
  }
}
    fragment SettingFields on SettingValue {
  key
  subject
  label
  help
  kind
  isMultiline
  choices {
    value
    label
    help
  }
  zeroIsUnlimited
  level
  value
  ownValue
  inheritedValue
  origin {
    level
    name
    setBy
    isDefault
  }
  inheritedFrom {
    level
    name
    setBy
    isDefault
  }
  ceilingKind
  ceiling
  ceilingOrigin {
    level
    name
    setBy
    isDefault
  }
  isEditable
  ownCeiling
  isCeilingEditable
}`, {"hash":"8750071de97d1b97a7bee3173204279e4222e9c762086f9950f4cb9f235150dd"}) as unknown as TypedDocumentString<AdminSettingsQuery, AdminSettingsQueryVariables>;
export const AuditEntriesDocument = new TypedDocumentString(`
    query AuditEntries($domainId: ID, $first: Int!, $after: String) {
  auditEntries(domainId: $domainId, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        at
        actor
        action
        subject
        remoteAddress
        detail
      }
    }
  }
}
    `, {"hash":"16a18d802790821084fbeaf75dde177158e1c855dbbf51cd0342855a0121d897"}) as unknown as TypedDocumentString<AuditEntriesQuery, AuditEntriesQueryVariables>;
export const CreateDomainDocument = new TypedDocumentString(`
    mutation CreateDomain($name: String!) {
  createDomain(name: $name) {
    id
    displayName
  }
}
    `, {"hash":"4df3f0684805b7548a18396680cc238289a0a6a5febd216e9cb822ddeb0398a0"}) as unknown as TypedDocumentString<CreateDomainMutation, CreateDomainMutationVariables>;
export const UpdateDomainDocument = new TypedDocumentString(`
    mutation UpdateDomain($id: ID!, $isEnabled: Boolean!) {
  updateDomain(id: $id, isEnabled: $isEnabled) {
    id
    isEnabled
  }
}
    `, {"hash":"01ffeb45cc81ae05285a8694911fe5e5319e27fa21132b7fa17cd887f8717bdc"}) as unknown as TypedDocumentString<UpdateDomainMutation, UpdateDomainMutationVariables>;
export const RemoveDomainDocument = new TypedDocumentString(`
    mutation RemoveDomain($id: ID!) {
  removeDomain(id: $id)
}
    `, {"hash":"8337975975c9d161b7f07ea68ea0a4e2ccc7dc78f9273eee848a6c641ffb26fc"}) as unknown as TypedDocumentString<RemoveDomainMutation, RemoveDomainMutationVariables>;
export const CreateUserDocument = new TypedDocumentString(`
    mutation CreateUser($domainId: ID!, $localpart: String!, $name: String!, $password: String!, $role: Role!) {
  createUser(
    domainId: $domainId
    localpart: $localpart
    name: $name
    password: $password
    role: $role
  ) {
    id
    address
  }
}
    `, {"hash":"7691179ef0ddfc5172121f6e0bb95b691de0bc61f2145ce750a5cfe2126d5b32"}) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
export const UpdateUserDocument = new TypedDocumentString(`
    mutation UpdateUser($id: ID!, $name: String, $isEnabled: Boolean, $role: Role) {
  updateUser(id: $id, name: $name, isEnabled: $isEnabled, role: $role) {
    ...UserFields
  }
}
    fragment UserFields on User {
  id
  domainId
  address
  localpart
  name
  isEnabled
  role
  isPrimary
  createdAt
  lastSignInAt
  usedBytes
  messageCount
  quota {
    value
  }
}`, {"hash":"8588b3d5612f54f652f8850efeca2a1bf1f8d9bbce7c3d1d4075b854295250f8"}) as unknown as TypedDocumentString<UpdateUserMutation, UpdateUserMutationVariables>;
export const SetPasswordDocument = new TypedDocumentString(`
    mutation SetPassword($userId: ID!, $password: String!) {
  setPassword(userId: $userId, password: $password) {
    id
  }
}
    `, {"hash":"f05112a15b7f2174947d557abbf90f14ce5531832806ebcc18eca1b06068edd2"}) as unknown as TypedDocumentString<SetPasswordMutation, SetPasswordMutationVariables>;
export const RemoveUserDocument = new TypedDocumentString(`
    mutation RemoveUser($id: ID!) {
  removeUser(id: $id)
}
    `, {"hash":"86d21df8b4645bc04f573f4e150c98f2581b77cda214d1702aeeb54fc4ed484d"}) as unknown as TypedDocumentString<RemoveUserMutation, RemoveUserMutationVariables>;
export const CreateAliasDocument = new TypedDocumentString(`
    mutation CreateAlias($domainId: ID!, $localpart: String!, $targets: [String!]!) {
  createAlias(domainId: $domainId, localpart: $localpart, targets: $targets) {
    id
  }
}
    `, {"hash":"99d0ce6b1e89af6d449fd5c076e21ae5818450c5110dcf3fabbc7ba5f1d37bab"}) as unknown as TypedDocumentString<CreateAliasMutation, CreateAliasMutationVariables>;
export const UpdateAliasDocument = new TypedDocumentString(`
    mutation UpdateAlias($id: ID!, $targets: [String!], $isEnabled: Boolean) {
  updateAlias(id: $id, targets: $targets, isEnabled: $isEnabled) {
    id
  }
}
    `, {"hash":"abdbe015a13d215a77948e83ea491c9a17c949457533a0c4abd0ae4999830979"}) as unknown as TypedDocumentString<UpdateAliasMutation, UpdateAliasMutationVariables>;
export const RemoveAliasDocument = new TypedDocumentString(`
    mutation RemoveAlias($id: ID!) {
  removeAlias(id: $id)
}
    `, {"hash":"9ca52cd276f1c68ca992410085f549616594938a16bf74973638b5f85c4418ed"}) as unknown as TypedDocumentString<RemoveAliasMutation, RemoveAliasMutationVariables>;
export const SetSettingDocument = new TypedDocumentString(`
    mutation SetSetting($level: SettingLevel!, $targetId: ID, $key: String!, $value: SettingScalar) {
  setSetting(level: $level, targetId: $targetId, key: $key, value: $value) {
    ...SettingFields
  }
}
    fragment SettingFields on SettingValue {
  key
  subject
  label
  help
  kind
  isMultiline
  choices {
    value
    label
    help
  }
  zeroIsUnlimited
  level
  value
  ownValue
  inheritedValue
  origin {
    level
    name
    setBy
    isDefault
  }
  inheritedFrom {
    level
    name
    setBy
    isDefault
  }
  ceilingKind
  ceiling
  ceilingOrigin {
    level
    name
    setBy
    isDefault
  }
  isEditable
  ownCeiling
  isCeilingEditable
}`, {"hash":"41c4f44050b3ddcf09805f3be8d454b6c8b4436b4b971745226b8e24b612eae0"}) as unknown as TypedDocumentString<SetSettingMutation, SetSettingMutationVariables>;
export const SendGrantsDocument = new TypedDocumentString(`
    query SendGrants($userId: ID!) {
  sendGrants(userId: $userId) {
    holder
    kind
    mode
  }
}
    `, {"hash":"0380dbe53e695fc9793a7a72e82cf1ced6fbf2a998ff69cafeaf799e8fcfdaec"}) as unknown as TypedDocumentString<SendGrantsQuery, SendGrantsQueryVariables>;
export const SetSendGrantDocument = new TypedDocumentString(`
    mutation SetSendGrant($userId: ID!, $holder: String!, $mode: SendMode) {
  setSendGrant(userId: $userId, holder: $holder, mode: $mode) {
    holder
    kind
    mode
  }
}
    `, {"hash":"0e1195e75911219de06e1bf80ed621d57fb5452b1a2aec32afe79e60c9f85261"}) as unknown as TypedDocumentString<SetSendGrantMutation, SetSendGrantMutationVariables>;
export const SetCeilingDocument = new TypedDocumentString(`
    mutation SetCeiling($level: SettingLevel!, $targetId: ID, $key: String!, $ceiling: SettingScalar) {
  setCeiling(level: $level, targetId: $targetId, key: $key, ceiling: $ceiling) {
    ...SettingFields
  }
}
    fragment SettingFields on SettingValue {
  key
  subject
  label
  help
  kind
  isMultiline
  choices {
    value
    label
    help
  }
  zeroIsUnlimited
  level
  value
  ownValue
  inheritedValue
  origin {
    level
    name
    setBy
    isDefault
  }
  inheritedFrom {
    level
    name
    setBy
    isDefault
  }
  ceilingKind
  ceiling
  ceilingOrigin {
    level
    name
    setBy
    isDefault
  }
  isEditable
  ownCeiling
  isCeilingEditable
}`, {"hash":"3ddb07c821c8e3b8a5bc2635fff0158824ee41cfa74637b6284510194e9b500a"}) as unknown as TypedDocumentString<SetCeilingMutation, SetCeilingMutationVariables>;
export const AdminDkimKeysDocument = new TypedDocumentString(`
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
    `, {"hash":"ef2b55b0a6fa516030ce5063d28e256e05f855c5d1eb398f38e03e016bf64be7"}) as unknown as TypedDocumentString<AdminDkimKeysQuery, AdminDkimKeysQueryVariables>;
export const CreateDkimKeyDocument = new TypedDocumentString(`
    mutation CreateDkimKey($domainId: ID!, $algorithm: String!) {
  createDkimKey(domainId: $domainId, algorithm: $algorithm) {
    id
    selector
  }
}
    `, {"hash":"7491df9b274139850c69cb97385b4160141cc3cb06f35827ec6f780f36e11897"}) as unknown as TypedDocumentString<CreateDkimKeyMutation, CreateDkimKeyMutationVariables>;
export const ActivateDkimKeyDocument = new TypedDocumentString(`
    mutation ActivateDkimKey($id: ID!) {
  activateDkimKey(id: $id) {
    id
    state
  }
}
    `, {"hash":"fcf48e258909f93af9a06c470ed0349b327e2653463e100ebc6a8c4d864d12a5"}) as unknown as TypedDocumentString<ActivateDkimKeyMutation, ActivateDkimKeyMutationVariables>;
export const RemoveDkimKeyDocument = new TypedDocumentString(`
    mutation RemoveDkimKey($id: ID!) {
  removeDkimKey(id: $id)
}
    `, {"hash":"6ed585ba04fe3f49dcbb93a9768c4390950703ae4c865d0300fa65864cec750e"}) as unknown as TypedDocumentString<RemoveDkimKeyMutation, RemoveDkimKeyMutationVariables>;
export const AdminGatewaysDocument = new TypedDocumentString(`
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
    `, {"hash":"13be4a84a2726dfafe56a81f99eccc60e41fbe56a42d20605d1b173d0d9216c3"}) as unknown as TypedDocumentString<AdminGatewaysQuery, AdminGatewaysQueryVariables>;
export const CreateGatewayDocument = new TypedDocumentString(`
    mutation CreateGateway($input: GatewayInput!) {
  createGateway(input: $input) {
    id
  }
}
    `, {"hash":"3c55f688f396cb63581a3fe004c2eebe0c6692464f3e23a41a1193fdeb202f95"}) as unknown as TypedDocumentString<CreateGatewayMutation, CreateGatewayMutationVariables>;
export const UpdateGatewayDocument = new TypedDocumentString(`
    mutation UpdateGateway($id: ID!, $input: GatewayInput!) {
  updateGateway(id: $id, input: $input) {
    id
  }
}
    `, {"hash":"717b363e8d6e970cf09ee540e06c3b1bffcea59240b392fd9e3095a54117ee6f"}) as unknown as TypedDocumentString<UpdateGatewayMutation, UpdateGatewayMutationVariables>;
export const RemoveGatewayDocument = new TypedDocumentString(`
    mutation RemoveGateway($id: ID!) {
  removeGateway(id: $id)
}
    `, {"hash":"ef25dda6afa6fbedc4683b1aefeef4c6bd44bc1faac8dfeba03c85609bab9809"}) as unknown as TypedDocumentString<RemoveGatewayMutation, RemoveGatewayMutationVariables>;
export const MailingListsDocument = new TypedDocumentString(`
    query MailingLists($domainId: ID!, $first: Int!, $after: String, $search: String) {
  mailingLists(domainId: $domainId, first: $first, after: $after, search: $search) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...MailingListFields
      }
    }
  }
}
    fragment MailingListFields on MailingList {
  id
  domainId
  address
  localpart
  name
  description
  isEnabled
  posting
  isModerated
  unentitled
  unverified
  replyTo
  fromRewriting
  subjectPrefix
  footer
  maxBytes
  memberView
  subscription
  memberCount
  heldCount
  standing
}`, {"hash":"e6aba145e4c8fc9029b575ed1f1fab56f02927565f1490255c7e1836566357b2"}) as unknown as TypedDocumentString<MailingListsQuery, MailingListsQueryVariables>;
export const MailingListPageDocument = new TypedDocumentString(`
    query MailingListPage($id: ID!) {
  mailingList(id: $id) {
    ...MailingListFields
  }
}
    fragment MailingListFields on MailingList {
  id
  domainId
  address
  localpart
  name
  description
  isEnabled
  posting
  isModerated
  unentitled
  unverified
  replyTo
  fromRewriting
  subjectPrefix
  footer
  maxBytes
  memberView
  subscription
  memberCount
  heldCount
  standing
}`, {"hash":"2e7aae985f97c88bfbe5795ccc8b2b118971bbff299d66688c86d32cbfadb539"}) as unknown as TypedDocumentString<MailingListPageQuery, MailingListPageQueryVariables>;
export const ModeratedListsDocument = new TypedDocumentString(`
    query ModeratedLists {
  moderatedLists {
    ...MailingListFields
  }
}
    fragment MailingListFields on MailingList {
  id
  domainId
  address
  localpart
  name
  description
  isEnabled
  posting
  isModerated
  unentitled
  unverified
  replyTo
  fromRewriting
  subjectPrefix
  footer
  maxBytes
  memberView
  subscription
  memberCount
  heldCount
  standing
}`, {"hash":"482da02c0075cb56a81695ddc1f76f9fb12cd98bc1de045ffc068b7b2b7be427"}) as unknown as TypedDocumentString<ModeratedListsQuery, ModeratedListsQueryVariables>;
export const ListMembersDocument = new TypedDocumentString(`
    query ListMembers($listId: ID!, $first: Int!, $after: String, $search: String) {
  listMembers(listId: $listId, first: $first, after: $after, search: $search) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        address
        name
        role
        delivery
        bounces
        suspendedAt
      }
    }
  }
}
    `, {"hash":"8ba5da45db7afda3ab4c04d625e7603812f038af6474a8c7366a5db8739f423f"}) as unknown as TypedDocumentString<ListMembersQuery, ListMembersQueryVariables>;
export const HeldListPostsDocument = new TypedDocumentString(`
    query HeldListPosts($listId: ID!, $first: Int!, $after: String) {
  heldListPosts(listId: $listId, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        sender
        author
        subject
        reason
        sizeBytes
        heldAt
        expiresAt
      }
    }
  }
}
    `, {"hash":"cc9ac6e09d68f247ca4db1cbe927cb5858c2e58f2faaf2aeac5a01d59099eb17"}) as unknown as TypedDocumentString<HeldListPostsQuery, HeldListPostsQueryVariables>;
export const HeldListPostTextDocument = new TypedDocumentString(`
    query HeldListPostText($listId: ID!, $postId: ID!) {
  heldListPostText(listId: $listId, postId: $postId)
}
    `, {"hash":"5b7bfd85c505d286ef61fd42dc7da1050d2a3ae55856b5f401a31ff35d25784c"}) as unknown as TypedDocumentString<HeldListPostTextQuery, HeldListPostTextQueryVariables>;
export const ListRequestsDocument = new TypedDocumentString(`
    query ListRequests($listId: ID!) {
  listRequests(listId: $listId) {
    id
    address
    createdAt
  }
}
    `, {"hash":"45776a6a435fb22ad50e8b185e58c292aac6cdaae6938d26677dd52ce2cf9172"}) as unknown as TypedDocumentString<ListRequestsQuery, ListRequestsQueryVariables>;
export const ListAddressesDocument = new TypedDocumentString(`
    query ListAddresses($listId: ID!) {
  posters: listAddresses(listId: $listId, kind: POSTER)
  banned: listAddresses(listId: $listId, kind: BANNED)
}
    `, {"hash":"ad80b4387c6f2e94fe2ada514e2e34ab6465a9b3d775ed2747a3d262e8dc3c98"}) as unknown as TypedDocumentString<ListAddressesQuery, ListAddressesQueryVariables>;
export const CreateMailingListDocument = new TypedDocumentString(`
    mutation CreateMailingList($domainId: ID!, $localpart: String!, $options: MailingListOptions!) {
  createMailingList(domainId: $domainId, localpart: $localpart, options: $options) {
    id
    address
  }
}
    `, {"hash":"bc621b94a66fd69524aa861c1ae3be355bb5e1136e281837be76cf05c8bd418f"}) as unknown as TypedDocumentString<CreateMailingListMutation, CreateMailingListMutationVariables>;
export const UpdateMailingListDocument = new TypedDocumentString(`
    mutation UpdateMailingList($id: ID!, $options: MailingListOptions!) {
  updateMailingList(id: $id, options: $options) {
    id
  }
}
    `, {"hash":"fcd4cc1960ea69fe68f20a1b90583d9a3d3380420d0c40b755c73b548f30070b"}) as unknown as TypedDocumentString<UpdateMailingListMutation, UpdateMailingListMutationVariables>;
export const RemoveMailingListDocument = new TypedDocumentString(`
    mutation RemoveMailingList($id: ID!) {
  removeMailingList(id: $id)
}
    `, {"hash":"7f801d7a87d2fcc7bb244749db6899bff41856bc57705564a253f9377b58fc63"}) as unknown as TypedDocumentString<RemoveMailingListMutation, RemoveMailingListMutationVariables>;
export const AddListMembersDocument = new TypedDocumentString(`
    mutation AddListMembers($listId: ID!, $members: [NewListMember!]!, $role: ListStanding!) {
  addListMembers(listId: $listId, members: $members, role: $role) {
    added
    known
    refused
  }
}
    `, {"hash":"9cc9d6674204c38bca6853ff367d23694ff0fd7805cb4622fe0ed7aec7dd36a9"}) as unknown as TypedDocumentString<AddListMembersMutation, AddListMembersMutationVariables>;
export const UpdateListMemberDocument = new TypedDocumentString(`
    mutation UpdateListMember($listId: ID!, $id: ID!, $role: ListStanding, $delivery: ListDelivery, $isSuspended: Boolean) {
  updateListMember(
    listId: $listId
    id: $id
    role: $role
    delivery: $delivery
    isSuspended: $isSuspended
  ) {
    id
  }
}
    `, {"hash":"f0b7966500aed257c9967d9c300571ddac2a03d2cb05006baae812bcf6932fa9"}) as unknown as TypedDocumentString<UpdateListMemberMutation, UpdateListMemberMutationVariables>;
export const RemoveListMembersDocument = new TypedDocumentString(`
    mutation RemoveListMembers($listId: ID!, $ids: [ID!]!) {
  removeListMembers(listId: $listId, ids: $ids)
}
    `, {"hash":"b3483e822f4d31afd8dba33e3f79ce980596d1f46dded49f315e09fbc94c30c6"}) as unknown as TypedDocumentString<RemoveListMembersMutation, RemoveListMembersMutationVariables>;
export const SetListAddressesDocument = new TypedDocumentString(`
    mutation SetListAddresses($listId: ID!, $kind: ListAddressKind!, $addresses: [String!]!) {
  setListAddresses(listId: $listId, kind: $kind, addresses: $addresses)
}
    `, {"hash":"2fef1710d6e3e5ac97c1214849424138cacbcbe823461cf36b6300034cb7ecbd"}) as unknown as TypedDocumentString<SetListAddressesMutation, SetListAddressesMutationVariables>;
export const DecideListPostsDocument = new TypedDocumentString(`
    mutation DecideListPosts($listId: ID!, $ids: [ID!]!, $decision: ListDecision!, $reason: String!) {
  decideListPosts(
    listId: $listId
    ids: $ids
    decision: $decision
    reason: $reason
  )
}
    `, {"hash":"ac758eec5576b03965de98212193caaaaa2eefaa0d5d852e0134f4f16ad8aa67"}) as unknown as TypedDocumentString<DecideListPostsMutation, DecideListPostsMutationVariables>;
export const DecideListRequestsDocument = new TypedDocumentString(`
    mutation DecideListRequests($listId: ID!, $ids: [ID!]!, $isGranted: Boolean!) {
  decideListRequests(listId: $listId, ids: $ids, isGranted: $isGranted)
}
    `, {"hash":"7de00e247c5c73040e6581f025b4fe568fc0560b21e44dbe4c9a07705cf0ebee"}) as unknown as TypedDocumentString<DecideListRequestsMutation, DecideListRequestsMutationVariables>;
export const AdminQueueDocument = new TypedDocumentString(`
    query AdminQueue($first: Int!, $after: String, $search: String, $domain: String, $state: SpoolState) {
  spool(
    first: $first
    after: $after
    search: $search
    domain: $domain
    state: $state
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        sender
        subject
        createdAt
        finishedAt
        isHeld
        openCount
        recipientCount
        recipients {
          ...SpoolRecipientFields
        }
      }
    }
  }
}
    fragment SpoolRecipientFields on SpoolRecipient {
  id
  address
  via
  state
  isInHand
  attempts
  nextAttemptAt
  lastAttemptAt
  lastStatus
  lastReply
  lastHost
  priority
  isPaused
  isToBeReturned
  route
  named
}`, {"hash":"178aa9ea375d830221cac7c82f7a44925a3e25a253d0b2b2a698bb0772247f52"}) as unknown as TypedDocumentString<AdminQueueQuery, AdminQueueQueryVariables>;
export const AdminQueuedMessageDocument = new TypedDocumentString(`
    query AdminQueuedMessage($id: ID!) {
  spoolMessage(id: $id) {
    id
    sender
    subject
    messageId
    sizeBytes
    createdAt
    finishedAt
    isHeld
    openCount
    recipientCount
    remoteAddress
    helo
    protocol
    recipients {
      ...SpoolRecipientFields
      trace {
        at
        event
        host
        tls
        status
        reply
        nextAttemptAt
        isClaim
        source
        checks {
          name
          outcome
          detail
        }
      }
    }
  }
}
    fragment SpoolRecipientFields on SpoolRecipient {
  id
  address
  via
  state
  isInHand
  attempts
  nextAttemptAt
  lastAttemptAt
  lastStatus
  lastReply
  lastHost
  priority
  isPaused
  isToBeReturned
  route
  named
}`, {"hash":"32a6d52f10cb28bc517a8ff903511de60bfc086013e9d10957e4247e99302e63"}) as unknown as TypedDocumentString<AdminQueuedMessageQuery, AdminQueuedMessageQueryVariables>;
export const RetrySpoolDocument = new TypedDocumentString(`
    mutation RetrySpool($ids: [ID!]!) {
  done: retrySpool(ids: $ids)
}
    `, {"hash":"8730016d6487f973d28238064b99b75e5e2128d746c8ce6f938189468126d87c"}) as unknown as TypedDocumentString<RetrySpoolMutation, RetrySpoolMutationVariables>;
export const HoldSpoolDocument = new TypedDocumentString(`
    mutation HoldSpool($ids: [ID!]!) {
  done: holdSpool(ids: $ids)
}
    `, {"hash":"41e1868339d04b7cffbb9763dc655bcd9dcd01149ea8e89f021bb50990548b89"}) as unknown as TypedDocumentString<HoldSpoolMutation, HoldSpoolMutationVariables>;
export const ReleaseSpoolDocument = new TypedDocumentString(`
    mutation ReleaseSpool($ids: [ID!]!) {
  done: releaseSpool(ids: $ids)
}
    `, {"hash":"8301030bb6df9020813970fd1e00e30b3cbfd52a4e0df7bf0484281e9ca4d00d"}) as unknown as TypedDocumentString<ReleaseSpoolMutation, ReleaseSpoolMutationVariables>;
export const DropSpoolDocument = new TypedDocumentString(`
    mutation DropSpool($ids: [ID!]!) {
  done: dropSpool(ids: $ids)
}
    `, {"hash":"6dc751c7ac7e5938bdc936789a4ce608747998af309ddbb528686ad623de5f26"}) as unknown as TypedDocumentString<DropSpoolMutation, DropSpoolMutationVariables>;
export const ReturnSpoolDocument = new TypedDocumentString(`
    mutation ReturnSpool($ids: [ID!]!) {
  done: returnSpool(ids: $ids)
}
    `, {"hash":"d27b4110b5e1560cddfec99d8e6f4d752c234cfaa1980ceba0006c166caddbfb"}) as unknown as TypedDocumentString<ReturnSpoolMutation, ReturnSpoolMutationVariables>;
export const PrioritizeSpoolDocument = new TypedDocumentString(`
    mutation PrioritizeSpool($ids: [ID!]!, $priority: Int!) {
  done: prioritizeSpool(ids: $ids, priority: $priority)
}
    `, {"hash":"5bd61f8460d73330b9168be46dac6e4bff7ba57f4488c639d59376441f377b63"}) as unknown as TypedDocumentString<PrioritizeSpoolMutation, PrioritizeSpoolMutationVariables>;
export const RerouteSpoolDocument = new TypedDocumentString(`
    mutation RerouteSpool($ids: [ID!]!, $to: SpoolDetour!) {
  done: rerouteSpool(ids: $ids, to: $to)
}
    `, {"hash":"df88a8c71fa64ad80f2495a474c517cf7cb7cfd05cc0bd38a72e4943e59d802c"}) as unknown as TypedDocumentString<RerouteSpoolMutation, RerouteSpoolMutationVariables>;
export const ResetSpoolRouteDocument = new TypedDocumentString(`
    mutation ResetSpoolRoute($ids: [ID!]!) {
  done: resetSpoolRoute(ids: $ids)
}
    `, {"hash":"cfd65ac60da47cc58f1f02701027c62b760de47b371544971468d60682fcadaf"}) as unknown as TypedDocumentString<ResetSpoolRouteMutation, ResetSpoolRouteMutationVariables>;
export const ActOnSpoolDocument = new TypedDocumentString(`
    mutation ActOnSpool($act: SpoolAct!, $search: String, $domain: String, $state: SpoolState, $before: ID, $to: SpoolDetour) {
  actOnSpool(
    act: $act
    search: $search
    domain: $domain
    state: $state
    before: $before
    to: $to
  ) {
    changed
    lookedAt
    before
  }
}
    `, {"hash":"0bf682d3a78583dd39d7e3315a18ad0a839e714d3801eccdc75a5c1bdfb071f1"}) as unknown as TypedDocumentString<ActOnSpoolMutation, ActOnSpoolMutationVariables>;
export const AdminSpoolDestinationsDocument = new TypedDocumentString(`
    query AdminSpoolDestinations {
  spoolDestinations {
    domain
    queued
    held
    nextAttemptAt
    mostAttempts
  }
  spoolPauses {
    domain
    pausedAt
    actor
  }
}
    `, {"hash":"752d9b2633e366fc96970658599705bbcbe3e5225579a86f4cd9c1cbb065e078"}) as unknown as TypedDocumentString<AdminSpoolDestinationsQuery, AdminSpoolDestinationsQueryVariables>;
export const AdminSpoolPausesDocument = new TypedDocumentString(`
    query AdminSpoolPauses {
  spoolPauses {
    domain
    pausedAt
    actor
  }
}
    `, {"hash":"37a14b43727d641222be1ff4f1f27a2f4ee079c9ddf1206beadeac56b523973f"}) as unknown as TypedDocumentString<AdminSpoolPausesQuery, AdminSpoolPausesQueryVariables>;
export const PauseSendingDocument = new TypedDocumentString(`
    mutation PauseSending($domain: String!) {
  pauseSending(domain: $domain) {
    domain
    pausedAt
    actor
  }
}
    `, {"hash":"d66ce63d378479262c9d59b8096450bd4ca25081309e1508976994e7f7bfeeac"}) as unknown as TypedDocumentString<PauseSendingMutation, PauseSendingMutationVariables>;
export const ResumeSendingDocument = new TypedDocumentString(`
    mutation ResumeSending($domain: String!) {
  resumeSending(domain: $domain)
}
    `, {"hash":"60fcc4996ab63295b2a65e12728c160951ed0a498c0ba6e40dbcfa35202c7e84"}) as unknown as TypedDocumentString<ResumeSendingMutation, ResumeSendingMutationVariables>;
export const AdminDomainAliasesDocument = new TypedDocumentString(`
    query AdminDomainAliases($domainId: ID!) {
  domainAliases(domainId: $domainId) {
    id
    name
    displayName
    dkimSelectors
    dnsRecords {
      name
      type
      value
      purpose
    }
  }
}
    `, {"hash":"80d1129d22c355f0c03411278e74907c26de3e0e2939040bc5be7b334dcf3a75"}) as unknown as TypedDocumentString<AdminDomainAliasesQuery, AdminDomainAliasesQueryVariables>;
export const AddDomainAliasDocument = new TypedDocumentString(`
    mutation AddDomainAlias($domainId: ID!, $name: String!) {
  addDomainAlias(domainId: $domainId, name: $name) {
    id
    displayName
  }
}
    `, {"hash":"6dbc6e5f6aa8d8b703e11ca850883463cc702059c85fac2936740f0994d69f5a"}) as unknown as TypedDocumentString<AddDomainAliasMutation, AddDomainAliasMutationVariables>;
export const RemoveDomainAliasDocument = new TypedDocumentString(`
    mutation RemoveDomainAlias($id: ID!) {
  removeDomainAlias(id: $id)
}
    `, {"hash":"da2014646787d75dedd25cf7e8637f44a1c17ac3e9588d6d1ce40aa7c14d04d1"}) as unknown as TypedDocumentString<RemoveDomainAliasMutation, RemoveDomainAliasMutationVariables>;
export const AdminDomainRouteDocument = new TypedDocumentString(`
    query AdminDomainRoute($domainId: ID!) {
  domainRoute(domainId: $domainId) {
    domainId
    host
    port
    tls
    accepts
  }
}
    `, {"hash":"9448cdc8a47e51067213c2698fc5532bf27efee62fec56708a4574438b1f0b8d"}) as unknown as TypedDocumentString<AdminDomainRouteQuery, AdminDomainRouteQueryVariables>;
export const SetDomainRouteDocument = new TypedDocumentString(`
    mutation SetDomainRoute($domainId: ID!, $input: DomainRouteInput!) {
  setDomainRoute(domainId: $domainId, input: $input) {
    domainId
  }
}
    `, {"hash":"4324c653c9ab2e3ea1d7e157fe3e11e6b459c793b616567039abd0076a60f63f"}) as unknown as TypedDocumentString<SetDomainRouteMutation, SetDomainRouteMutationVariables>;
export const RemoveDomainRouteDocument = new TypedDocumentString(`
    mutation RemoveDomainRoute($domainId: ID!) {
  removeDomainRoute(domainId: $domainId)
}
    `, {"hash":"2bfaa68fdf4592c6d3c0d67cd898ae0cc04edc786b7188b780dd6feaf6e2b9d7"}) as unknown as TypedDocumentString<RemoveDomainRouteMutation, RemoveDomainRouteMutationVariables>;
export const AdminRoutedRecipientsDocument = new TypedDocumentString(`
    query AdminRoutedRecipients($domainId: ID!, $first: Int!, $after: String, $search: String) {
  routedRecipients(
    domainId: $domainId
    first: $first
    after: $after
    search: $search
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node
    }
  }
}
    `, {"hash":"91865f009a7a6ea8ac6371372f481b36502f7a3129ab1427773708440213300b"}) as unknown as TypedDocumentString<AdminRoutedRecipientsQuery, AdminRoutedRecipientsQueryVariables>;
export const AddRoutedRecipientsDocument = new TypedDocumentString(`
    mutation AddRoutedRecipients($domainId: ID!, $localparts: [String!]!) {
  addRoutedRecipients(domainId: $domainId, localparts: $localparts)
}
    `, {"hash":"2eb89f722ec4d89702d3e7d17efe4b899df4b458a9316b1ff12526e400207dfc"}) as unknown as TypedDocumentString<AddRoutedRecipientsMutation, AddRoutedRecipientsMutationVariables>;
export const RemoveRoutedRecipientsDocument = new TypedDocumentString(`
    mutation RemoveRoutedRecipients($domainId: ID!, $localparts: [String!]!) {
  removeRoutedRecipients(domainId: $domainId, localparts: $localparts)
}
    `, {"hash":"46bbe69ab4b7341c9d006b8773ee0220df15ef5c69728f0b32dcfb2bc50cc2e3"}) as unknown as TypedDocumentString<RemoveRoutedRecipientsMutation, RemoveRoutedRecipientsMutationVariables>;
export const AdminSuppressionsDocument = new TypedDocumentString(`
    query AdminSuppressions($domainId: ID, $first: Int!, $after: String, $search: String) {
  suppressions(domainId: $domainId, first: $first, after: $after, search: $search) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        address
        reason
        detail
        bounces
        createdAt
        expiresAt
        actor
      }
    }
  }
}
    `, {"hash":"f4873feed702720c2348fe491dc660087e04dccde583f376abdb4cb84f6928ba"}) as unknown as TypedDocumentString<AdminSuppressionsQuery, AdminSuppressionsQueryVariables>;
export const AddSuppressionDocument = new TypedDocumentString(`
    mutation AddSuppression($address: String!, $domainId: ID, $reason: SuppressionReason!, $detail: String!, $days: Int) {
  addSuppression(
    address: $address
    domainId: $domainId
    reason: $reason
    detail: $detail
    days: $days
  ) {
    id
  }
}
    `, {"hash":"1549e71192c3d10b5fdfd6590417fd09cbc1a185b157843ceb22f4f91580c6af"}) as unknown as TypedDocumentString<AddSuppressionMutation, AddSuppressionMutationVariables>;
export const RemoveSuppressionsDocument = new TypedDocumentString(`
    mutation RemoveSuppressions($ids: [ID!]!) {
  removeSuppressions(ids: $ids)
}
    `, {"hash":"6fcbed86654402b6356439010ba20baa22e68da68d89faeb88fdc8c0911d0fec"}) as unknown as TypedDocumentString<RemoveSuppressionsMutation, RemoveSuppressionsMutationVariables>;
export const AdminTlsReportsDocument = new TypedDocumentString(`
    query AdminTlsReports($domainId: ID!, $first: Int!, $after: String) {
  tlsReports(domainId: $domainId, first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        organization
        sender
        policyType
        beginsAt
        successes
        failures
        details {
          result
          sessions
          mxHost
          mxAddress
          information
        }
      }
    }
  }
}
    `, {"hash":"02be55097e4a989bff1dd861044993309c6772f1b375042939944125f379d21b"}) as unknown as TypedDocumentString<AdminTlsReportsQuery, AdminTlsReportsQueryVariables>;
export const SetPreferencesDocument = new TypedDocumentString(`
    mutation SetPreferences($entries: [PreferenceInput!]!) {
  setPreferences(entries: $entries)
}
    `, {"hash":"303c8bcbe4723f175cfe4e49791e6b723e3967b2fda885f6bea6c45b0ffb02c2"}) as unknown as TypedDocumentString<SetPreferencesMutation, SetPreferencesMutationVariables>;
export const ShortcutsDocument = new TypedDocumentString(`
    query Shortcuts {
  shortcuts {
    isOn
    keys {
      command
      keys
    }
  }
}
    `, {"hash":"d293d445a1ca0a557a93090c2b153020dbc334bf834b5245552303bcb843c646"}) as unknown as TypedDocumentString<ShortcutsQuery, ShortcutsQueryVariables>;
export const SetShortcutsDocument = new TypedDocumentString(`
    mutation SetShortcuts($isOn: Boolean!, $keys: [CommandKeysInput!]!) {
  setShortcuts(isOn: $isOn, keys: $keys) {
    isOn
  }
}
    `, {"hash":"46585b2fcaa50288b581a72eec1a16fdf478bf90bf374b5427fe03cf81819d30"}) as unknown as TypedDocumentString<SetShortcutsMutation, SetShortcutsMutationVariables>;
export const PalettePeopleDocument = new TypedDocumentString(`
    query PalettePeople($text: String!) {
  suggestions(text: $text, limit: 5) {
    name
    address
  }
}
    `, {"hash":"fd79a1cc80f829bee62afaec082825496a9dd03e6d7f2ea768120fdb315119e6"}) as unknown as TypedDocumentString<PalettePeopleQuery, PalettePeopleQueryVariables>;
export const PaletteDomainsDocument = new TypedDocumentString(`
    query PaletteDomains($text: String!) {
  domains(first: 5, search: $text) {
    edges {
      node {
        id
        displayName
      }
    }
  }
}
    `, {"hash":"970e3bc0e437d2f8434820b521d19b647a34e7f4dba0d76d015cf9d53c5d4bab"}) as unknown as TypedDocumentString<PaletteDomainsQuery, PaletteDomainsQueryVariables>;
export const PushDocument = new TypedDocumentString(`
    query Push {
  push {
    serverKey
    sessionId
    devices {
      id
      isCurrent
      userAgent
      createdAt
      pushedAt
      endpoint
    }
  }
}
    `, {"hash":"b01c7b53a533d2b8b4b43586f50634fae2c1b9f2b50f366eed24050d3d40a5a8"}) as unknown as TypedDocumentString<PushQuery, PushQueryVariables>;
export const AddPushDeviceDocument = new TypedDocumentString(`
    mutation AddPushDevice($input: PushSubscriptionInput!) {
  push: addPushDevice(input: $input) {
    devices {
      id
      isCurrent
    }
  }
}
    `, {"hash":"9151504b10f3aa0a0e8d6f2e1bc765368f46b899e85807991a7725a2ce28b001"}) as unknown as TypedDocumentString<AddPushDeviceMutation, AddPushDeviceMutationVariables>;
export const RemovePushDeviceDocument = new TypedDocumentString(`
    mutation RemovePushDevice($id: ID!) {
  push: removePushDevice(id: $id) {
    devices {
      id
    }
  }
}
    `, {"hash":"b88c79a930cb98ffcd711f93030bf23e911c9dfbe5e9f5d1c07da2c09f272fe3"}) as unknown as TypedDocumentString<RemovePushDeviceMutation, RemovePushDeviceMutationVariables>;
export const TestPushDeviceDocument = new TypedDocumentString(`
    mutation TestPushDevice($id: ID!) {
  testPushDevice(id: $id)
}
    `, {"hash":"b19ebcedc7e182e5288ac266d89da7f2e6aebe8ee4b1f96532ce5d748947a77f"}) as unknown as TypedDocumentString<TestPushDeviceMutation, TestPushDeviceMutationVariables>;
export const SessionDocument = new TypedDocumentString(`
    query Session {
  instance {
    isSetUp
    hostname
    version
  }
  viewer {
    ...ViewerFields
  }
}
    fragment ViewerFields on Viewer {
  id
  name
  address
  role
  permissions
  domain {
    id
    name
  }
  quota {
    usedBytes
    limitBytes
  }
  identities {
    name
    address
    mode
    ownName
    replyTo
    isDefault
    signatureId
    replySignatureId
  }
  undoSeconds
  writesPlainText
  maxMessageBytes
  maxRecipients
  moderatesLists
  mustSetUpTwoStep
  preferences {
    name
    value
  }
}`, {"hash":"4577f34ac6eba31af999d8662bda4a3d8da80cf24439ef17be8ab39e53559d23"}) as unknown as TypedDocumentString<SessionQuery, SessionQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($login: String!, $password: String!) {
  signIn(login: $login, password: $password) {
    viewer {
      ...ViewerFields
    }
    secondStep {
      ticket
      methods
      passkeyOptions
    }
  }
}
    fragment ViewerFields on Viewer {
  id
  name
  address
  role
  permissions
  domain {
    id
    name
  }
  quota {
    usedBytes
    limitBytes
  }
  identities {
    name
    address
    mode
    ownName
    replyTo
    isDefault
    signatureId
    replySignatureId
  }
  undoSeconds
  writesPlainText
  maxMessageBytes
  maxRecipients
  moderatesLists
  mustSetUpTwoStep
  preferences {
    name
    value
  }
}`, {"hash":"06f70026c38142a58d8c8cb21b0587328737c51e78fbd303aba2d8d29fe5b9ed"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const FinishSignInDocument = new TypedDocumentString(`
    mutation FinishSignIn($ticket: String!, $code: String, $passkey: String) {
  finishSignIn(ticket: $ticket, code: $code, passkey: $passkey) {
    viewer {
      ...ViewerFields
    }
  }
}
    fragment ViewerFields on Viewer {
  id
  name
  address
  role
  permissions
  domain {
    id
    name
  }
  quota {
    usedBytes
    limitBytes
  }
  identities {
    name
    address
    mode
    ownName
    replyTo
    isDefault
    signatureId
    replySignatureId
  }
  undoSeconds
  writesPlainText
  maxMessageBytes
  maxRecipients
  moderatesLists
  mustSetUpTwoStep
  preferences {
    name
    value
  }
}`, {"hash":"7f66e47f90add6fe3ff1a9d91ca316a33891a95dfb9fddedadc6ff42d237c207"}) as unknown as TypedDocumentString<FinishSignInMutation, FinishSignInMutationVariables>;
export const BeginPasskeySignInDocument = new TypedDocumentString(`
    mutation BeginPasskeySignIn {
  beginPasskeySignIn {
    ticket
    options
  }
}
    `, {"hash":"1d64f86daba5a6d0c86c443110ba0e0414e6d957f6b4bf7e2faf4bc21132ac4a"}) as unknown as TypedDocumentString<BeginPasskeySignInMutation, BeginPasskeySignInMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut
}
    `, {"hash":"39300be1f6ff47633a8c264de2a924d5b71367b646d3bf86d82d7c51c6543956"}) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const DomainDeliveriesDocument = new TypedDocumentString(`
    query DomainDeliveries($domainId: ID!, $first: Int!, $after: String, $search: String, $state: DeliveryState, $since: DateTime, $until: DateTime) {
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
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...DeliveryFields
      }
    }
  }
}
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
      at
      event
      host
      tls
      status
      reply
      nextAttemptAt
      isClaim
      source
      checks {
        name
        outcome
        detail
      }
    }
  }
}`, {"hash":"0e456dcb4dafed60ea8831f489ff0824f7b3e3dab168f6c0e8f7e51ecc2d46cb"}) as unknown as TypedDocumentString<DomainDeliveriesQuery, DomainDeliveriesQueryVariables>;
export const DomainDeliveryDocument = new TypedDocumentString(`
    query DomainDelivery($domainId: ID!, $id: ID!) {
  found: domainDelivery(domainId: $domainId, id: $id) {
    ...DeliveryFields
  }
}
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
      at
      event
      host
      tls
      status
      reply
      nextAttemptAt
      isClaim
      source
      checks {
        name
        outcome
        detail
      }
    }
  }
}`, {"hash":"26bf346dbfafeedfc37d9f8d3ba63909f9834b8eaf982151aad9f33168d5894e"}) as unknown as TypedDocumentString<DomainDeliveryQuery, DomainDeliveryQueryVariables>;
export const SentDeliveriesDocument = new TypedDocumentString(`
    query SentDeliveries($first: Int!, $after: String, $search: String) {
  found: sentDeliveries(first: $first, after: $after, search: $search) {
    lookedBackTo
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...DeliveryFields
      }
    }
  }
}
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
      at
      event
      host
      tls
      status
      reply
      nextAttemptAt
      isClaim
      source
      checks {
        name
        outcome
        detail
      }
    }
  }
}`, {"hash":"fda87b494223cc8c8599a0c99a4d3b73525a436936add9fb6f7c0e999c35d3c6"}) as unknown as TypedDocumentString<SentDeliveriesQuery, SentDeliveriesQueryVariables>;
export const IncomingDeliveriesDocument = new TypedDocumentString(`
    query IncomingDeliveries($first: Int!, $after: String, $search: String) {
  found: incomingDeliveries(first: $first, after: $after, search: $search) {
    lookedBackTo
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...DeliveryFields
      }
    }
  }
}
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
      at
      event
      host
      tls
      status
      reply
      nextAttemptAt
      isClaim
      source
      checks {
        name
        outcome
        detail
      }
    }
  }
}`, {"hash":"fe47bbfbd910a356e07ee726137e44cd185ebea4af1478f0edd2c133d2e436df"}) as unknown as TypedDocumentString<IncomingDeliveriesQuery, IncomingDeliveriesQueryVariables>;
export const RefusedMailDocument = new TypedDocumentString(`
    query RefusedMail($first: Int!, $after: String, $search: String) {
  found: refusedMail(first: $first, after: $after, search: $search) {
    lookedBackTo
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...DeliveryFields
      }
    }
  }
}
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
      at
      event
      host
      tls
      status
      reply
      nextAttemptAt
      isClaim
      source
      checks {
        name
        outcome
        detail
      }
    }
  }
}`, {"hash":"d879ba8ea33196b0b2e5c7ef6c1d29e10e3fc7a951ecaed984991a7ca704e869"}) as unknown as TypedDocumentString<RefusedMailQuery, RefusedMailQueryVariables>;
export const MessageDeliveryDocument = new TypedDocumentString(`
    query MessageDelivery($id: ID!) {
  found: messageDelivery(messageId: $id) {
    ...DeliveryFields
  }
}
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
      at
      event
      host
      tls
      status
      reply
      nextAttemptAt
      isClaim
      source
      checks {
        name
        outcome
        detail
      }
    }
  }
}`, {"hash":"25245c9ffb18d415160a72a9960fc8c3a1fcfd605eeca94bad05ef93eb2f8b40"}) as unknown as TypedDocumentString<MessageDeliveryQuery, MessageDeliveryQueryVariables>;
export const ForwardDocument = new TypedDocumentString(`
    query Forward($userId: ID) {
  forward(userId: $userId) {
    userId
    targets
    keepsCopy
    isAllowed
    mayLeaveDomain
    maxTargets
  }
}
    `, {"hash":"780a1c6ca4936538f660a82d1621f6e15781c1bdf4e04899e3a1c76c1aa6e054"}) as unknown as TypedDocumentString<ForwardQuery, ForwardQueryVariables>;
export const SetForwardDocument = new TypedDocumentString(`
    mutation SetForward($userId: ID, $targets: [String!]!, $keepsCopy: Boolean!) {
  setForward(userId: $userId, targets: $targets, keepsCopy: $keepsCopy) {
    userId
  }
}
    `, {"hash":"2c05c53d371a54539c7912e35ae6cb2969f2d463862f9cbe5cec770d9b79ca1a"}) as unknown as TypedDocumentString<SetForwardMutation, SetForwardMutationVariables>;
export const BulkActsDocument = new TypedDocumentString(`
    query BulkActs {
  bulkActs {
    ...BulkActFields
  }
}
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
}`, {"hash":"c02b9358dfcb9741c65dca32b266c8fb08ee572295ede63e7a967beebf0f96a9"}) as unknown as TypedDocumentString<BulkActsQuery, BulkActsQueryVariables>;
export const BeginBulkActDocument = new TypedDocumentString(`
    mutation BeginBulkAct($input: BeginBulkActInput!) {
  beginBulkAct(input: $input) {
    ...BulkActFields
  }
}
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
}`, {"hash":"0a01f8e97412c0a9b97fd76f09d4cc281e7e7ee12f7dc174e11aed6363df9ebd"}) as unknown as TypedDocumentString<BeginBulkActMutation, BeginBulkActMutationVariables>;
export const CancelBulkActDocument = new TypedDocumentString(`
    mutation CancelBulkAct($id: ID!) {
  cancelBulkAct(id: $id) {
    ...BulkActFields
  }
}
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
}`, {"hash":"ca1eb205d1bb0ccbbe933da7fd95841154f290451c61e55d55946d238a6e05b7"}) as unknown as TypedDocumentString<CancelBulkActMutation, CancelBulkActMutationVariables>;
export const UndoBulkActDocument = new TypedDocumentString(`
    mutation UndoBulkAct($id: ID!) {
  undoBulkAct(id: $id) {
    ...BulkActFields
  }
}
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
}`, {"hash":"e4e2fae13e6dfca9a9217f0b3c9505d2e1eb98aa7475ccab723c1ae5ee1939c5"}) as unknown as TypedDocumentString<UndoBulkActMutation, UndoBulkActMutationVariables>;
export const SaveDraftDocument = new TypedDocumentString(`
    mutation SaveDraft($input: DraftInput!) {
  saveDraft(input: $input) {
    id
    attachments {
      id
      name
      contentType
      sizeBytes
      contentId
    }
    savedAt
  }
}
    `, {"hash":"c44d8950ba577be5d81ca64359e4cf3f1e9c412130ced401323c9e47f7323e23"}) as unknown as TypedDocumentString<SaveDraftMutation, SaveDraftMutationVariables>;
export const DraftFateDocument = new TypedDocumentString(`
    query DraftFate($key: String!) {
  draftFate(key: $key) {
    draft {
      ...DraftFields
    }
    sendAt
    sentAt
  }
}
    fragment DraftFields on Draft {
  id
  from {
    name
    address
  }
  to {
    name
    address
  }
  cc {
    name
    address
  }
  bcc {
    name
    address
  }
  subject
  html
  text
  attachments {
    id
    name
    contentType
    sizeBytes
    contentId
  }
  inReplyTo
  forwardOf
  savedAt
  key
  writer
}`, {"hash":"a79e591271e6a98ec836fa6d491087f714fb5d1e646317ef6197bb9a2f65ae95"}) as unknown as TypedDocumentString<DraftFateQuery, DraftFateQueryVariables>;
export const DraftStandsDocument = new TypedDocumentString(`
    query DraftStands($id: ID!) {
  message(id: $id) {
    id
    row {
      id
      timer {
        dueAt
      }
    }
  }
}
    `, {"hash":"109c7c9bcfa483a3b0c5e095748a5bdcafcd3c69d5d7eab619f96fd93181d4d6"}) as unknown as TypedDocumentString<DraftStandsQuery, DraftStandsQueryVariables>;
export const DiscardDraftDocument = new TypedDocumentString(`
    mutation DiscardDraft($id: ID!) {
  discardDraft(id: $id)
}
    `, {"hash":"e12e57730a59c22591fa09c4d55dcefed291a16ebbffeeeccf9fb50f3a806606"}) as unknown as TypedDocumentString<DiscardDraftMutation, DiscardDraftMutationVariables>;
export const SubmitDraftDocument = new TypedDocumentString(`
    mutation SubmitDraft($id: ID!, $remindDays: Int) {
  submitDraft(id: $id, remindDays: $remindDays) {
    id
    releaseAt
    state
  }
}
    `, {"hash":"d76810482544446b023391ebe9eb75b0ee61b262a2f56392a808e5fef6cd6e4c"}) as unknown as TypedDocumentString<SubmitDraftMutation, SubmitDraftMutationVariables>;
export const CancelSubmissionDocument = new TypedDocumentString(`
    mutation CancelSubmission($id: ID!) {
  cancelSubmission(id: $id) {
    ...DraftFields
  }
}
    fragment DraftFields on Draft {
  id
  from {
    name
    address
  }
  to {
    name
    address
  }
  cc {
    name
    address
  }
  bcc {
    name
    address
  }
  subject
  html
  text
  attachments {
    id
    name
    contentType
    sizeBytes
    contentId
  }
  inReplyTo
  forwardOf
  savedAt
  key
  writer
}`, {"hash":"d4f7ed07ce05a1672622fe6969dd22415acfe5ce3b13b294ca5038c781c60f0c"}) as unknown as TypedDocumentString<CancelSubmissionMutation, CancelSubmissionMutationVariables>;
export const DraftToEditDocument = new TypedDocumentString(`
    query DraftToEdit($id: ID!) {
  message(id: $id) {
    id
    draft {
      ...DraftFields
    }
  }
}
    fragment DraftFields on Draft {
  id
  from {
    name
    address
  }
  to {
    name
    address
  }
  cc {
    name
    address
  }
  bcc {
    name
    address
  }
  subject
  html
  text
  attachments {
    id
    name
    contentType
    sizeBytes
    contentId
  }
  inReplyTo
  forwardOf
  savedAt
  key
  writer
}`, {"hash":"284cdc41024b57e2ec877377e2bb0987d5ee327bff0910a9f2a68f42db03e47b"}) as unknown as TypedDocumentString<DraftToEditQuery, DraftToEditQueryVariables>;
export const OriginalToAnswerDocument = new TypedDocumentString(`
    query OriginalToAnswer($id: ID!, $isPlain: Boolean! = false) {
  message(id: $id) {
    id
    row {
      subject
      receivedAt
    }
    from {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    replyTo {
      name
      address
    }
    sentAt
    body(showImages: false) {
      html
      text @include(if: $isPlain)
    }
    attachments {
      part
      name
      contentType
      sizeBytes
      isInline
    }
  }
}
    `, {"hash":"f19742f70e32fe5b8c7e31fa72c769c835bd98be917485c25d0e61fc015ec855"}) as unknown as TypedDocumentString<OriginalToAnswerQuery, OriginalToAnswerQueryVariables>;
export const ShownPicturesDocument = new TypedDocumentString(`
    query ShownPictures($id: ID!) {
  message(id: $id) {
    id
    held: body(showImages: false) {
      html
    }
    shown: body {
      html
    }
  }
}
    `, {"hash":"42bd53bfac3915868a8188d067b20c30fd0c9b3ada23af395ddc8f24e5da8fa4"}) as unknown as TypedDocumentString<ShownPicturesQuery, ShownPicturesQueryVariables>;
export const MessageToAttachDocument = new TypedDocumentString(`
    query MessageToAttach($id: ID!) {
  message(id: $id) {
    id
    row {
      subject
      sizeBytes
    }
  }
}
    `, {"hash":"f9e0f519d774801c4b13223b763adb2d1192993331740f2a54667c53298a7405"}) as unknown as TypedDocumentString<MessageToAttachQuery, MessageToAttachQueryVariables>;
export const SuggestionsDocument = new TypedDocumentString(`
    query Suggestions($text: String!) {
  suggestions(text: $text, limit: 8) {
    name
    address
    source
  }
}
    `, {"hash":"cf4108c51817355f175adcb96bab0c41943fa0b431387cbf696041ada16f49cc"}) as unknown as TypedDocumentString<SuggestionsQuery, SuggestionsQueryVariables>;
export const SignaturesToUseDocument = new TypedDocumentString(`
    query SignaturesToUse {
  signatures {
    id
    name
    html
  }
}
    `, {"hash":"cba2482877b39f0847d18c2d87c67c448f9cf98a95b11e5af3d22f974c045c7d"}) as unknown as TypedDocumentString<SignaturesToUseQuery, SignaturesToUseQueryVariables>;
export const TemplatesToUseDocument = new TypedDocumentString(`
    query TemplatesToUse {
  templates {
    id
    name
    subject
    html
  }
}
    `, {"hash":"bc9ffd15a86aba2e440b9975a575fa620b22890169edd3724fe6d318fe895d9e"}) as unknown as TypedDocumentString<TemplatesToUseQuery, TemplatesToUseQueryVariables>;
export const SaveAsTemplateDocument = new TypedDocumentString(`
    mutation SaveAsTemplate($input: TemplateInput!) {
  createTemplate(input: $input) {
    id
    name
  }
}
    `, {"hash":"a9f6f06151bf8d6e2c1be8346ffd5fa5d338032c1197918882d477bf170d6bc6"}) as unknown as TypedDocumentString<SaveAsTemplateMutation, SaveAsTemplateMutationVariables>;
export const HideSuggestionDocument = new TypedDocumentString(`
    mutation HideSuggestion($address: String!) {
  hideSuggestion(address: $address)
}
    `, {"hash":"f3f2a1fc7f0640125c61e06a3d064cc0d814b81da1e795ac0e8f0409f4275728"}) as unknown as TypedDocumentString<HideSuggestionMutation, HideSuggestionMutationVariables>;
export const FileLinkLimitsDocument = new TypedDocumentString(`
    query FileLinkLimits {
  fileLinkLimits {
    maxBytes
    offerBytes
    maxDays
  }
}
    `, {"hash":"7e1dec0928dc7e499d6067af3774c2f212383cfbe576eceee3e4614a9d5293d1"}) as unknown as TypedDocumentString<FileLinkLimitsQuery, FileLinkLimitsQueryVariables>;
export const SetFileLinkPasswordDocument = new TypedDocumentString(`
    mutation SetFileLinkPassword($id: ID!, $password: String!) {
  setFileLinkPassword(id: $id, password: $password)
}
    `, {"hash":"a04999fad3f37d5ddc43a849ba63a84b6e4c5361115180df18ccc62a75d995f4"}) as unknown as TypedDocumentString<SetFileLinkPasswordMutation, SetFileLinkPasswordMutationVariables>;
export const MailboxSharesDocument = new TypedDocumentString(`
    query MailboxShares($id: ID!) {
  shares: mailboxShares(mailboxId: $id) {
    holder
    kind
    isNegative
    rights
  }
}
    `, {"hash":"127f08116fd0e49c45c75859a4d18f9714ea115b65553ecb97b5ae8b74660b4b"}) as unknown as TypedDocumentString<MailboxSharesQuery, MailboxSharesQueryVariables>;
export const SetMailboxShareDocument = new TypedDocumentString(`
    mutation SetMailboxShare($input: SetMailboxShareInput!) {
  shares: setMailboxShare(input: $input) {
    holder
    kind
    isNegative
    rights
  }
}
    `, {"hash":"8b3e5d7e5a860a57079f047adad892e605b70450492febe964818ad727adb63e"}) as unknown as TypedDocumentString<SetMailboxShareMutation, SetMailboxShareMutationVariables>;
export const ShareHoldersDocument = new TypedDocumentString(`
    query ShareHolders($search: String!) {
  holders: shareHolders(search: $search) {
    holder
    kind
    name
  }
}
    `, {"hash":"e44491c4d0408a8de58686202e9cd95df89748c7935ca3e7645fc49ff79a8bfc"}) as unknown as TypedDocumentString<ShareHoldersQuery, ShareHoldersQueryVariables>;
export const ScheduleDraftDocument = new TypedDocumentString(`
    mutation ScheduleDraft($id: ID!, $sendAt: DateTime!, $remindDays: Int) {
  scheduleDraft(id: $id, sendAt: $sendAt, remindDays: $remindDays) {
    id
    sendAt
  }
}
    `, {"hash":"9bdbf67574c6626b37e4a3f3a7e3e5d87980f76fffe7c9bc6eaafe086cebf24d"}) as unknown as TypedDocumentString<ScheduleDraftMutation, ScheduleDraftMutationVariables>;
export const CancelScheduledDocument = new TypedDocumentString(`
    mutation CancelScheduled($id: ID!) {
  cancelScheduled(id: $id) {
    id
    attachments {
      id
      name
      contentType
      sizeBytes
      contentId
    }
  }
}
    `, {"hash":"8910bede1e760992e017d256fa4d8f9c6ce232d111e859fe3bdd2f27feded0d4"}) as unknown as TypedDocumentString<CancelScheduledMutation, CancelScheduledMutationVariables>;
export const SendScheduledNowDocument = new TypedDocumentString(`
    mutation SendScheduledNow($id: ID!) {
  sendScheduledNow(id: $id) {
    id
    releaseAt
  }
}
    `, {"hash":"ba340435c87f028c4f8ac87d18ebcb3b44c5faaa0f6d9166d26af5b8dc8e4c24"}) as unknown as TypedDocumentString<SendScheduledNowMutation, SendScheduledNowMutationVariables>;
export const RemindOfMessageDocument = new TypedDocumentString(`
    mutation RemindOfMessage($id: ID!, $at: DateTime) {
  remindOfMessage(id: $id, at: $at)
}
    `, {"hash":"15a982e8892067fc0d485cb963d7d92c342754af1127314d21f4b93d9d2e4350"}) as unknown as TypedDocumentString<RemindOfMessageMutation, RemindOfMessageMutationVariables>;
export const NewsDocument = new TypedDocumentString(`
    query News($after: ID, $zone: String!) {
  news(after: $after, zone: $zone) {
    end
    messages {
      id
      sender
      subject
    }
  }
}
    `, {"hash":"de1bfc3d0b0b65520504f015376222436eba88ded6f05bc622330a431f9dc6aa"}) as unknown as TypedDocumentString<NewsQuery, NewsQueryVariables>;
export const MessageOriginDocument = new TypedDocumentString(`
    query MessageOrigin($id: ID!) {
  message(id: $id) {
    id
    headers
    messageId
    origin {
      standing
      fromDomain
      isSignedByDomain
      isSentByDomain
      signers
      returnPath
      listId
      checks {
        method
        result
        reason
        domain
      }
      path {
        fromName
        fromAddress
        by
        protocol
        tls
        isEncrypted
        at
        delaySeconds
      }
    }
  }
}
    `, {"hash":"305a6a4e274cdc6465498a5ee65812242fe472e72c767fc2b937e0f09807bba4"}) as unknown as TypedDocumentString<MessageOriginQuery, MessageOriginQueryVariables>;
export const AttachmentPreviewDocument = new TypedDocumentString(`
    query AttachmentPreview($messageId: ID!, $part: String!, $showImages: Boolean) {
  attachmentPreview(messageId: $messageId, part: $part, showImages: $showImages) {
    text
    isTruncated
    contacts {
      name
      organisation
      title
      birthday
      note
      emails {
        value
        kind
      }
      phones {
        value
        kind
      }
      addresses {
        value
        kind
      }
      urls {
        value
        kind
      }
    }
    message {
      subject
      from {
        name
        address
      }
      to {
        name
        address
      }
      cc {
        name
        address
      }
      sentAt
      html
      blockedImages
      offersImages
      isTruncated
      isDarkFriendly
      attachmentCount
      attachments {
        part
        name
        contentType
        sizeBytes
        isInline
        url
        preview
      }
    }
    invitation {
      ...InvitationFields
    }
  }
}
    fragment InvitationFields on Invitation {
  method
  summary
  description
  location
  status
  starts {
    at
    local
    zone
    isDay
  }
  ends {
    at
    local
    zone
    isDay
  }
  rule
  organizer {
    name
    address
  }
  attendees {
    name
    address
    status
    isOptional
  }
  eventCount
  canAnswer
  answer
}`, {"hash":"b70b4b75c8743f9a963e3912af399d99df248aad40ed64a6d325fdde520ab42e"}) as unknown as TypedDocumentString<AttachmentPreviewQuery, AttachmentPreviewQueryVariables>;
export const AnswerInvitationDocument = new TypedDocumentString(`
    mutation AnswerInvitation($messageId: ID!, $part: String!, $answer: InvitationAnswer!, $comment: String!) {
  answerInvitation(
    messageId: $messageId
    part: $part
    answer: $answer
    comment: $comment
  ) {
    ...InvitationFields
  }
}
    fragment InvitationFields on Invitation {
  method
  summary
  description
  location
  status
  starts {
    at
    local
    zone
    isDay
  }
  ends {
    at
    local
    zone
    isDay
  }
  rule
  organizer {
    name
    address
  }
  attendees {
    name
    address
    status
    isOptional
  }
  eventCount
  canAnswer
  answer
}`, {"hash":"227c5e7ed97833970bf928b23146621fb47c2523f08f02d79348c7c0a3f9ab20"}) as unknown as TypedDocumentString<AnswerInvitationMutation, AnswerInvitationMutationVariables>;
export const AttachmentsDocument = new TypedDocumentString(`
    query Attachments($messageId: ID!, $offset: Int!, $limit: Int!) {
  attachments(messageId: $messageId, offset: $offset, limit: $limit) {
    part
    name
    contentType
    sizeBytes
    isInline
    url
    preview
  }
}
    `, {"hash":"87ba20eb99bdb6861437a480e77073009f5936ce4561e90b6ae8d92c38819d10"}) as unknown as TypedDocumentString<AttachmentsQuery, AttachmentsQueryVariables>;
export const UnsubscribeDocument = new TypedDocumentString(`
    mutation Unsubscribe($messageId: ID!) {
  unsubscribe(messageId: $messageId) {
    way
    target
    leftAt
  }
}
    `, {"hash":"36ea905f1cc94440a507b5778471fd1a474f89e4faaf02c8d1e6c0cbf3e987b3"}) as unknown as TypedDocumentString<UnsubscribeMutation, UnsubscribeMutationVariables>;
export const SetSenderLookDocument = new TypedDocumentString(`
    mutation SetSenderLook($address: String!, $ownColours: Boolean!, $hideImages: Boolean!) {
  setSenderLook(
    address: $address
    ownColours: $ownColours
    hideImages: $hideImages
  )
}
    `, {"hash":"804f242eb77475512951e852a7c5ea4096aaf0e7f04ae97c0d1070ffa25aae94"}) as unknown as TypedDocumentString<SetSenderLookMutation, SetSenderLookMutationVariables>;
export const SplitConversationDocument = new TypedDocumentString(`
    mutation SplitConversation($messageId: ID!) {
  splitConversation(messageId: $messageId)
}
    `, {"hash":"568d39505e61c3b5e2f36c1aa5cdfb12c3a48c78bcc2632eea71193c2867e7be"}) as unknown as TypedDocumentString<SplitConversationMutation, SplitConversationMutationVariables>;
export const JoinConversationsDocument = new TypedDocumentString(`
    mutation JoinConversations($messageIds: [ID!]!) {
  joinConversations(messageIds: $messageIds) {
    threadId
    brought
  }
}
    `, {"hash":"af003462a66eece6ca2f4cf1a30ef8141a89efd4a89d0f689b221574b00532a7"}) as unknown as TypedDocumentString<JoinConversationsMutation, JoinConversationsMutationVariables>;
export const PartMessagesDocument = new TypedDocumentString(`
    mutation PartMessages($messageIds: [ID!]!) {
  partMessages(messageIds: $messageIds)
}
    `, {"hash":"21aec200577d01fa8f6d3ee8d421e9b9f95e219827674161729aed3154f1360b"}) as unknown as TypedDocumentString<PartMessagesMutation, PartMessagesMutationVariables>;
export const SearchSuggestionsDocument = new TypedDocumentString(`
    query SearchSuggestions($text: String!) {
  searchSuggestions(text: $text) {
    people {
      name
      address
    }
    tags
    files
  }
}
    `, {"hash":"46d8462c5065ad5dbb94580be0e2b94c590f515fd2e00cf41d54fefb5d5facee"}) as unknown as TypedDocumentString<SearchSuggestionsQuery, SearchSuggestionsQueryVariables>;
export const SavedSearchesDocument = new TypedDocumentString(`
    query SavedSearches {
  savedSearches {
    id
    name
    query
  }
}
    `, {"hash":"b344b62dc63c6318647f2e4fd634ccfa1aedc84054dc6bddcef801d1868c5316"}) as unknown as TypedDocumentString<SavedSearchesQuery, SavedSearchesQueryVariables>;
export const SaveSearchDocument = new TypedDocumentString(`
    mutation SaveSearch($id: ID, $name: String!, $query: String!) {
  saveSearch(id: $id, name: $name, query: $query) {
    id
    name
    query
  }
}
    `, {"hash":"6f2e4c01fad5061eba63c4b63c925f874a0540ac076a1804de0d0f3916b5418a"}) as unknown as TypedDocumentString<SaveSearchMutation, SaveSearchMutationVariables>;
export const DeleteSavedSearchDocument = new TypedDocumentString(`
    mutation DeleteSavedSearch($id: ID!) {
  deleteSavedSearch(id: $id)
}
    `, {"hash":"2ab000f425db095031674eea0edea9c194e65b2c80ec840b615f05bfe5878143"}) as unknown as TypedDocumentString<DeleteSavedSearchMutation, DeleteSavedSearchMutationVariables>;
export const MailboxesDocument = new TypedDocumentString(`
    query Mailboxes {
  mailboxes {
    ...MailboxFields
  }
}
    fragment MailboxFields on Mailbox {
  id
  path
  name
  parentId
  specialUse
  total
  unread
  modseq
  rights
}`, {"hash":"24562785b9636b4e0c1bc618213ce30de64da70a7d93864b386bf5a07220192a"}) as unknown as TypedDocumentString<MailboxesQuery, MailboxesQueryVariables>;
export const ViewDocument = new TypedDocumentString(`
    query View($mailboxId: ID, $search: String, $sort: MessageSort!, $filter: MessageFilter, $offset: Int!, $limit: Int!, $timeZone: String, $byConversation: Boolean!) {
  view(
    mailboxId: $mailboxId
    search: $search
    sort: $sort
    filter: $filter
    offset: $offset
    limit: $limit
    timeZone: $timeZone
    byConversation: $byConversation
  ) {
    total
    messageTotal
    state
    offset
    rows {
      ...RowFields
    }
    terms {
      start
      length
      operator
      value
      isExcluded
      doubt
    }
  }
}
    fragment RowFields on MessageRow {
  id
  mailboxId
  threadId
  threadCount
  from {
    name
    address
  }
  toText
  subject
  preview
  receivedAt
  sizeBytes
  isSeen
  isFlagged
  isAnswered
  isForwarded
  isDraft
  keywords
  hasAttachments
  isMuted
  isReminder
  timer {
    kind
    dueAt
    returnTo
    error
  }
  conversation {
    members {
      id
      isSeen
      isFlagged
    }
    tags {
      keyword
      ids
    }
    people {
      name
      address
    }
  }
}`, {"hash":"9da386894c31bc19ad7cc03a33fac9bf6cef681b8c35140c62cfba56717f7e30"}) as unknown as TypedDocumentString<ViewQuery, ViewQueryVariables>;
export const ViewChangesDocument = new TypedDocumentString(`
    query ViewChanges($mailboxId: ID!, $since: Long!, $sort: MessageSort!, $filter: MessageFilter, $byConversation: Boolean!) {
  viewChanges(
    mailboxId: $mailboxId
    since: $since
    sort: $sort
    filter: $filter
    byConversation: $byConversation
  ) {
    state
    total
    messageTotal
    isReset
    removed
    added {
      index
      row {
        ...RowFields
      }
    }
    updated {
      ...RowFields
    }
    mailboxes {
      ...MailboxFields
    }
  }
}
    fragment RowFields on MessageRow {
  id
  mailboxId
  threadId
  threadCount
  from {
    name
    address
  }
  toText
  subject
  preview
  receivedAt
  sizeBytes
  isSeen
  isFlagged
  isAnswered
  isForwarded
  isDraft
  keywords
  hasAttachments
  isMuted
  isReminder
  timer {
    kind
    dueAt
    returnTo
    error
  }
  conversation {
    members {
      id
      isSeen
      isFlagged
    }
    tags {
      keyword
      ids
    }
    people {
      name
      address
    }
  }
}
fragment MailboxFields on Mailbox {
  id
  path
  name
  parentId
  specialUse
  total
  unread
  modseq
  rights
}`, {"hash":"e3f8864a13bf84d02de5139be2d10a45f6ca5e2441f68e4e53433c453187f2f4"}) as unknown as TypedDocumentString<ViewChangesQuery, ViewChangesQueryVariables>;
export const UpdateMessagesDocument = new TypedDocumentString(`
    mutation UpdateMessages($input: UpdateMessagesInput!) {
  updateMessages(input: $input) {
    state
    failed {
      id
      message
    }
    mailboxes {
      ...MailboxFields
    }
  }
}
    fragment MailboxFields on Mailbox {
  id
  path
  name
  parentId
  specialUse
  total
  unread
  modseq
  rights
}`, {"hash":"a8e27b14d750d14320ecd134d02569bc9a5595073a93a56d12cc6596b70750d3"}) as unknown as TypedDocumentString<UpdateMessagesMutation, UpdateMessagesMutationVariables>;
export const MessageDetailDocument = new TypedDocumentString(`
    query MessageDetail($id: ID!, $showImages: Boolean) {
  message(id: $id) {
    id
    row {
      ...RowFields
    }
    messageId
    from {
      name
      address
    }
    sender {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    bcc {
      name
      address
    }
    replyTo {
      name
      address
    }
    sentAt
    body(showImages: $showImages) {
      html
      text
      blockedImages
      offersImages
      hasQuote
      isTruncated
      isDarkFriendly
    }
    attachments {
      part
      name
      contentType
      sizeBytes
      isInline
      url
      preview
    }
    attachmentCount
    origin {
      standing
      fromDomain
      isSignedByDomain
      isSentByDomain
      signers
    }
    unsubscribe {
      way
      target
      leftAt
    }
    senderLook {
      ownColours
      hideImages
    }
    thread {
      ...RowFields
    }
    deliveryReports {
      address
      action
      status
      reporter
      diagnostic
      isVerified
      reportedAt
    }
  }
}
    fragment RowFields on MessageRow {
  id
  mailboxId
  threadId
  threadCount
  from {
    name
    address
  }
  toText
  subject
  preview
  receivedAt
  sizeBytes
  isSeen
  isFlagged
  isAnswered
  isForwarded
  isDraft
  keywords
  hasAttachments
  isMuted
  isReminder
  timer {
    kind
    dueAt
    returnTo
    error
  }
  conversation {
    members {
      id
      isSeen
      isFlagged
    }
    tags {
      keyword
      ids
    }
    people {
      name
      address
    }
  }
}`, {"hash":"cf06da0463afa2e5fbc2015f4b02f54d70485e21753f865abcab0b11a12fe224"}) as unknown as TypedDocumentString<MessageDetailQuery, MessageDetailQueryVariables>;
export const ConversationDocument = new TypedDocumentString(`
    query Conversation($messageId: ID!) {
  conversation(messageId: $messageId) {
    ...RowFields
  }
}
    fragment RowFields on MessageRow {
  id
  mailboxId
  threadId
  threadCount
  from {
    name
    address
  }
  toText
  subject
  preview
  receivedAt
  sizeBytes
  isSeen
  isFlagged
  isAnswered
  isForwarded
  isDraft
  keywords
  hasAttachments
  isMuted
  isReminder
  timer {
    kind
    dueAt
    returnTo
    error
  }
  conversation {
    members {
      id
      isSeen
      isFlagged
    }
    tags {
      keyword
      ids
    }
    people {
      name
      address
    }
  }
}`, {"hash":"feba782e4e99e04ca2d698eb674103f1f47fac371a0512e502db92b8721edc49"}) as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const AccountChangedDocument = new TypedDocumentString(`
    subscription AccountChanged {
  accountChanged {
    modseq
    mailboxIds
    mailboxes {
      ...MailboxFields
    }
    isMailboxListChanged
    submissions {
      id
      state
      releaseAt
      subject
      toText
      error
    }
    bulkActs {
      ...BulkActFields
    }
  }
}
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
fragment MailboxFields on Mailbox {
  id
  path
  name
  parentId
  specialUse
  total
  unread
  modseq
  rights
}`, {"hash":"527edce6910a424c855ee86db0447e8b835432b0e79e98f8186a1738a87d396b"}) as unknown as TypedDocumentString<AccountChangedSubscription, AccountChangedSubscriptionVariables>;
export const TrustSenderDocument = new TypedDocumentString(`
    mutation TrustSender($address: String!, $trusted: Boolean!) {
  trustSender(address: $address, trusted: $trusted)
}
    `, {"hash":"5b9e0445c77b6960c67e9af900833ae91eb40f5d96cf9762d333d2ce8bfa7a2d"}) as unknown as TypedDocumentString<TrustSenderMutation, TrustSenderMutationVariables>;
export const CreateMailboxDocument = new TypedDocumentString(`
    mutation CreateMailbox($path: String!) {
  createMailbox(path: $path) {
    ...MailboxFields
  }
}
    fragment MailboxFields on Mailbox {
  id
  path
  name
  parentId
  specialUse
  total
  unread
  modseq
  rights
}`, {"hash":"7721818f478718cef9e9e83b2431f3b928c6fd38e7082a181f35011c68d0f385"}) as unknown as TypedDocumentString<CreateMailboxMutation, CreateMailboxMutationVariables>;
export const RenameMailboxDocument = new TypedDocumentString(`
    mutation RenameMailbox($id: ID!, $path: String!) {
  renameMailbox(id: $id, path: $path) {
    ...MailboxFields
  }
}
    fragment MailboxFields on Mailbox {
  id
  path
  name
  parentId
  specialUse
  total
  unread
  modseq
  rights
}`, {"hash":"b79d40e0387397ca7be19c77c7addb5dc74c17f5b7cd8251bd8fa1276626d05e"}) as unknown as TypedDocumentString<RenameMailboxMutation, RenameMailboxMutationVariables>;
export const DeleteMailboxDocument = new TypedDocumentString(`
    mutation DeleteMailbox($id: ID!) {
  deleteMailbox(id: $id)
}
    `, {"hash":"5766ec2e1167f5fe86bc67a37f33286f6924c420f951ec1db7d8750048cfeb44"}) as unknown as TypedDocumentString<DeleteMailboxMutation, DeleteMailboxMutationVariables>;
export const TagsDocument = new TypedDocumentString(`
    query Tags {
  tags
}
    `, {"hash":"0d861e89552c7f37c71e9276955e86fecabe03705e22c6c91790ebe7b322049d"}) as unknown as TypedDocumentString<TagsQuery, TagsQueryVariables>;
export const VacationStandDocument = new TypedDocumentString(`
    query VacationStand {
  vacation {
    isOn
    endsAt
  }
}
    `, {"hash":"0230a02c55854bc0d0a22459ba85462a0dacc8237421da6b136c7f9f39755a6b"}) as unknown as TypedDocumentString<VacationStandQuery, VacationStandQueryVariables>;
export const EndVacationDocument = new TypedDocumentString(`
    mutation EndVacation {
  endVacation {
    isOn
  }
}
    `, {"hash":"22da2721e22dd760ca3bc3c961e758b587fa0753f7d01b63b1d80fdd92575260"}) as unknown as TypedDocumentString<EndVacationMutation, EndVacationMutationVariables>;
export const FiltersDocument = new TypedDocumentString(`
    query Filters {
  filters {
    ...FilterFields
  }
}
    fragment FilterFields on MailFilter {
  id
  name
  isEnabled
  match
  stops
  trouble
  conditions {
    field
    relation
    value
    header
    isNegated
  }
  actions {
    act
    mailboxId
    path
    keyword
    addresses
  }
}`, {"hash":"0d42c44c499ff29df22956f948fb2a686f3b62c0b073b0d1a09dcf00b81b7446"}) as unknown as TypedDocumentString<FiltersQuery, FiltersQueryVariables>;
export const FilterFoldersDocument = new TypedDocumentString(`
    query FilterFolders {
  mailboxes {
    id
    path
    name
    specialUse
    total
    owner
    parentId
  }
}
    `, {"hash":"ba493c6caa9aa89414b7b24cc6b3b175bba117f544e16ff28fa04abbb9016b27"}) as unknown as TypedDocumentString<FilterFoldersQuery, FilterFoldersQueryVariables>;
export const FilterSuggestionDocument = new TypedDocumentString(`
    query FilterSuggestion($messageId: ID!) {
  filterSuggestion(messageId: $messageId) {
    sender
    senderName
    senderDomain
    listId
    subject
    detailAddress
  }
}
    `, {"hash":"fcb91a527c1d05d3f91ca265458128f8e17da31eb27ae8e10a11dde694bdf92c"}) as unknown as TypedDocumentString<FilterSuggestionQuery, FilterSuggestionQueryVariables>;
export const FilterPreviewDocument = new TypedDocumentString(`
    query FilterPreview($conditions: [FilterConditionInput!]!, $match: FilterMatch!, $everywhere: Boolean!, $first: Int!) {
  filterPreview(
    conditions: $conditions
    match: $match
    everywhere: $everywhere
    first: $first
  ) {
    lookedAt
    matched
    rows {
      id
      from {
        name
        address
      }
      subject
      receivedAt
    }
  }
}
    `, {"hash":"61151654f6d5bfe11f2eaf889a3bbdc46ca5870fbac1b5d928a2e2b871798226"}) as unknown as TypedDocumentString<FilterPreviewQuery, FilterPreviewQueryVariables>;
export const CreateFilterDocument = new TypedDocumentString(`
    mutation CreateFilter($input: FilterInput!, $position: Int) {
  filter: createFilter(input: $input, position: $position) {
    ...FilterFields
  }
}
    fragment FilterFields on MailFilter {
  id
  name
  isEnabled
  match
  stops
  trouble
  conditions {
    field
    relation
    value
    header
    isNegated
  }
  actions {
    act
    mailboxId
    path
    keyword
    addresses
  }
}`, {"hash":"f9ccc798cf684e0a1735e0bae78e749c6bd37652c9b906fc3676b17d91cd96e5"}) as unknown as TypedDocumentString<CreateFilterMutation, CreateFilterMutationVariables>;
export const UpdateFilterDocument = new TypedDocumentString(`
    mutation UpdateFilter($id: ID!, $input: FilterInput!) {
  filter: updateFilter(id: $id, input: $input) {
    ...FilterFields
  }
}
    fragment FilterFields on MailFilter {
  id
  name
  isEnabled
  match
  stops
  trouble
  conditions {
    field
    relation
    value
    header
    isNegated
  }
  actions {
    act
    mailboxId
    path
    keyword
    addresses
  }
}`, {"hash":"50a4f0888af65d3ca3afb14aa819668b04ee70c820c18fadff15f6a2812df756"}) as unknown as TypedDocumentString<UpdateFilterMutation, UpdateFilterMutationVariables>;
export const SetFilterEnabledDocument = new TypedDocumentString(`
    mutation SetFilterEnabled($id: ID!, $isEnabled: Boolean!) {
  setFilterEnabled(id: $id, isEnabled: $isEnabled) {
    id
    isEnabled
  }
}
    `, {"hash":"1bba28566fadf81af23de22bb653f10187a7b53a00e5746d885bf347d09798b2"}) as unknown as TypedDocumentString<SetFilterEnabledMutation, SetFilterEnabledMutationVariables>;
export const ReorderFiltersDocument = new TypedDocumentString(`
    mutation ReorderFilters($ids: [ID!]!) {
  reorderFilters(ids: $ids) {
    id
  }
}
    `, {"hash":"93aab61c1cef940bc3c6ac40cd529c953e3597047a05db3dd655daa7fbb833a6"}) as unknown as TypedDocumentString<ReorderFiltersMutation, ReorderFiltersMutationVariables>;
export const RemoveFilterDocument = new TypedDocumentString(`
    mutation RemoveFilter($id: ID!) {
  removeFilter(id: $id)
}
    `, {"hash":"816ec035ba8c3b818404e394faa58499772b42570bde53072c5a52dd8dd611cd"}) as unknown as TypedDocumentString<RemoveFilterMutation, RemoveFilterMutationVariables>;
export const ApplyFilterDocument = new TypedDocumentString(`
    mutation ApplyFilter($id: ID!, $mailboxId: ID!, $after: String) {
  step: applyFilter(id: $id, mailboxId: $mailboxId, after: $after) {
    lookedAt
    matched
    next
    moved {
      mailboxId
      ids
    }
    marked {
      flag
      ids
    }
    copied
  }
}
    `, {"hash":"c70a31e8d8a6abfcfe0753860a9f1e617395951f04b1c4957e3c4241b5c3d54d"}) as unknown as TypedDocumentString<ApplyFilterMutation, ApplyFilterMutationVariables>;
export const UndoFilterDocument = new TypedDocumentString(`
    mutation UndoFilter($input: UpdateMessagesInput!) {
  updateMessages(input: $input) {
    failed {
      id
    }
  }
}
    `, {"hash":"eb2d5ac0f1be25a4e27ee94013a9a8c3a474c74bab9f68192eceb599608cbcf1"}) as unknown as TypedDocumentString<UndoFilterMutation, UndoFilterMutationVariables>;
export const SenderListsDocument = new TypedDocumentString(`
    query SenderLists {
  senderLists {
    trusted
    blocked
  }
}
    `, {"hash":"7e7cce68f2a836dadaf5d2951ae7a39f134294b35aed038cb4641212af8b5c51"}) as unknown as TypedDocumentString<SenderListsQuery, SenderListsQueryVariables>;
export const AddSenderDocument = new TypedDocumentString(`
    mutation AddSender($kind: SenderListKind!, $address: String!) {
  addSender(kind: $kind, address: $address) {
    trusted
    blocked
  }
}
    `, {"hash":"03b80221ffd984517e985a46131c9e3cf92197d7255d6620f0b6b6c43d14d35b"}) as unknown as TypedDocumentString<AddSenderMutation, AddSenderMutationVariables>;
export const RemoveSenderDocument = new TypedDocumentString(`
    mutation RemoveSender($kind: SenderListKind!, $address: String!) {
  removeSender(kind: $kind, address: $address) {
    trusted
    blocked
  }
}
    `, {"hash":"da252f641412cf9de0fc9c2ff754ee759c933982b8cf3a5c2d1e7171f2c53e32"}) as unknown as TypedDocumentString<RemoveSenderMutation, RemoveSenderMutationVariables>;
export const FolderCleanupsDocument = new TypedDocumentString(`
    query FolderCleanups {
  folderCleanups {
    mailboxId
    maxAgeDays
    keepNewest
    isForever
  }
}
    `, {"hash":"510830199071409cbcf172b0aae108e0759d063256d1a256b9220d61ea3db02a"}) as unknown as TypedDocumentString<FolderCleanupsQuery, FolderCleanupsQueryVariables>;
export const CleanupPreviewDocument = new TypedDocumentString(`
    query CleanupPreview($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int) {
  cleanupPreview(
    mailboxId: $mailboxId
    maxAgeDays: $maxAgeDays
    keepNewest: $keepNewest
  )
}
    `, {"hash":"d861722523ae9f2d449d6fda4be8c529d7504577f5eaa02d8e85e4a69f0248cd"}) as unknown as TypedDocumentString<CleanupPreviewQuery, CleanupPreviewQueryVariables>;
export const SetFolderCleanupDocument = new TypedDocumentString(`
    mutation SetFolderCleanup($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int, $isForever: Boolean!) {
  setFolderCleanup(
    mailboxId: $mailboxId
    maxAgeDays: $maxAgeDays
    keepNewest: $keepNewest
    isForever: $isForever
  ) {
    mailboxId
  }
}
    `, {"hash":"9dc28360bf7192655dd44dc3d97bbb4fabd9d5153369f5260570f3addf54f9c4"}) as unknown as TypedDocumentString<SetFolderCleanupMutation, SetFolderCleanupMutationVariables>;
export const RemoveFolderCleanupDocument = new TypedDocumentString(`
    mutation RemoveFolderCleanup($mailboxId: ID!) {
  removeFolderCleanup(mailboxId: $mailboxId) {
    mailboxId
  }
}
    `, {"hash":"419b0394f8b26516733b97c61a22130f2167a72aeda8680119944c8985a6f6f6"}) as unknown as TypedDocumentString<RemoveFolderCleanupMutation, RemoveFolderCleanupMutationVariables>;
export const OwnSessionsDocument = new TypedDocumentString(`
    query OwnSessions {
  viewer {
    sessions {
      id
      isCurrent
      createdAt
      seenAt
      remoteAddress
      userAgent
    }
  }
}
    `, {"hash":"475238bce00ff66f6b5f0d3d61299fff768cec2e1c72dae21074f3a53607065f"}) as unknown as TypedDocumentString<OwnSessionsQuery, OwnSessionsQueryVariables>;
export const RevokeSessionDocument = new TypedDocumentString(`
    mutation RevokeSession($id: ID!) {
  revokeSession(id: $id)
}
    `, {"hash":"0da1f5ad6ca30b47e1cb2c8f9b833664fb3647a47c585080a1a7fa8bc04c825c"}) as unknown as TypedDocumentString<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const RevokeOtherSessionsDocument = new TypedDocumentString(`
    mutation RevokeOtherSessions {
  count: revokeOtherSessions
}
    `, {"hash":"7db02e75734e55f0c74e8624aa2d5b8ef394cb7023f0a2a10e859908b38f81e0"}) as unknown as TypedDocumentString<RevokeOtherSessionsMutation, RevokeOtherSessionsMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($current: String!, $new: String!) {
  changePassword(current: $current, new: $new)
}
    `, {"hash":"383e47b8e8d148b9d9c72ea0e20dfeaca692145b196fe990ac3d268325460670"}) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const AppPasswordsDocument = new TypedDocumentString(`
    query AppPasswords {
  appPasswords {
    id
    label
    protocols
    createdAt
    usedAt
    usedFrom
  }
  mailServers {
    protocol
    host
    port
    security
  }
}
    `, {"hash":"6c8708c11cfacf4a675d72445337bc1072bb837c62c64ab3df1f3d84349171e1"}) as unknown as TypedDocumentString<AppPasswordsQuery, AppPasswordsQueryVariables>;
export const CreateAppPasswordDocument = new TypedDocumentString(`
    mutation CreateAppPassword($label: String!, $protocols: [MailProtocol!]) {
  created: createAppPassword(label: $label, protocols: $protocols) {
    password
    appPassword {
      id
      label
      protocols
    }
  }
}
    `, {"hash":"a615d1b6b8d0e18fdae63670f6987f18649636ba420ff004a482b2ef3a5a6400"}) as unknown as TypedDocumentString<CreateAppPasswordMutation, CreateAppPasswordMutationVariables>;
export const RevokeAppPasswordDocument = new TypedDocumentString(`
    mutation RevokeAppPassword($id: ID!) {
  revokeAppPassword(id: $id)
}
    `, {"hash":"0d25d043c7da216fc4daa0e1b7610d8cee363ae6d913ca69b2ca8627beec3922"}) as unknown as TypedDocumentString<RevokeAppPasswordMutation, RevokeAppPasswordMutationVariables>;
export const PersonalSettingsDocument = new TypedDocumentString(`
    query PersonalSettings($id: ID!) {
  settings(level: USER, targetId: $id) {
    key
    value
    ownValue
    inheritedValue
    isEditable
    ceilingKind
    ceiling
    choices {
      value
      label
      help
    }
    origin {
      level
      name
      setBy
      isDefault
    }
    inheritedFrom {
      level
      name
      setBy
      isDefault
    }
    ceilingOrigin {
      level
      name
      isDefault
    }
  }
}
    `, {"hash":"f37e32ac8f6e05f5cdf2f304a3e6d5b2233df89d0d93bd294ff9b79008ba01be"}) as unknown as TypedDocumentString<PersonalSettingsQuery, PersonalSettingsQueryVariables>;
export const SetPersonalSettingDocument = new TypedDocumentString(`
    mutation SetPersonalSetting($id: ID!, $key: String!, $value: SettingScalar) {
  setSetting(level: USER, targetId: $id, key: $key, value: $value) {
    key
    value
  }
}
    `, {"hash":"677990238769a5ea642de63b6c26458917a527d60a5e641a94b430aebda0ee63"}) as unknown as TypedDocumentString<SetPersonalSettingMutation, SetPersonalSettingMutationVariables>;
export const OwnSignaturesDocument = new TypedDocumentString(`
    query OwnSignatures {
  signatures {
    id
    name
    html
  }
}
    `, {"hash":"68446c7cf6fb9bf69f9f85a0dd0974ce6a985e2fbf0ce3c89da07ebe4b1dcf4c"}) as unknown as TypedDocumentString<OwnSignaturesQuery, OwnSignaturesQueryVariables>;
export const CreateSignatureDocument = new TypedDocumentString(`
    mutation CreateSignature($input: SignatureInput!) {
  createSignature(input: $input) {
    id
  }
}
    `, {"hash":"e385c7eb7944ee2c733eda5aa022ef7b227b6a144aaff8608056e172868564f4"}) as unknown as TypedDocumentString<CreateSignatureMutation, CreateSignatureMutationVariables>;
export const UpdateSignatureDocument = new TypedDocumentString(`
    mutation UpdateSignature($id: ID!, $input: SignatureInput!) {
  updateSignature(id: $id, input: $input) {
    id
  }
}
    `, {"hash":"7250aa3abffea45b0dfeaae8ec4a3b40fd155d5530cc72a3685515838f4823c1"}) as unknown as TypedDocumentString<UpdateSignatureMutation, UpdateSignatureMutationVariables>;
export const RemoveSignatureDocument = new TypedDocumentString(`
    mutation RemoveSignature($id: ID!) {
  removeSignature(id: $id)
}
    `, {"hash":"8f18931eca522c30a67b50d18b03f674340d1f4cd45f0651ec231d081b10d235"}) as unknown as TypedDocumentString<RemoveSignatureMutation, RemoveSignatureMutationVariables>;
export const OwnTemplatesDocument = new TypedDocumentString(`
    query OwnTemplates {
  templates {
    id
    name
    subject
    html
  }
}
    `, {"hash":"0211c880506514e1782ab500abe3b5967de2489754dd156b4da00003dd5066eb"}) as unknown as TypedDocumentString<OwnTemplatesQuery, OwnTemplatesQueryVariables>;
export const CreateTemplateDocument = new TypedDocumentString(`
    mutation CreateTemplate($input: TemplateInput!) {
  createTemplate(input: $input) {
    id
  }
}
    `, {"hash":"31e092a10e29eba381a267192dea65b60138229c670c25c49dac0a758c6e123e"}) as unknown as TypedDocumentString<CreateTemplateMutation, CreateTemplateMutationVariables>;
export const UpdateTemplateDocument = new TypedDocumentString(`
    mutation UpdateTemplate($id: ID!, $input: TemplateInput!) {
  updateTemplate(id: $id, input: $input) {
    id
  }
}
    `, {"hash":"e4c456cb71bad654f05f59d837bd0287a06639fec288dc9d97f0dec691f50cb8"}) as unknown as TypedDocumentString<UpdateTemplateMutation, UpdateTemplateMutationVariables>;
export const RemoveTemplateDocument = new TypedDocumentString(`
    mutation RemoveTemplate($id: ID!) {
  removeTemplate(id: $id)
}
    `, {"hash":"f91a20e758ec0a0d9a60d073ac7688488083d61e3f35d367feb75004461e292e"}) as unknown as TypedDocumentString<RemoveTemplateMutation, RemoveTemplateMutationVariables>;
export const SetSenderDocument = new TypedDocumentString(`
    mutation SetSender($address: String!, $input: SenderInput!) {
  setSender(address: $address, input: $input)
}
    `, {"hash":"eeb206ee379a3f0d444fd65d4a065f1f70f843961362bb9300cdd5461edcbc59"}) as unknown as TypedDocumentString<SetSenderMutation, SetSenderMutationVariables>;
export const OwnFileLinksDocument = new TypedDocumentString(`
    query OwnFileLinks {
  fileLinks {
    id
    name
    sizeBytes
    hasPassword
    downloads
    createdAt
    expiresAt
  }
  fileLinkLimits {
    maxBytes
  }
}
    `, {"hash":"9ae1c7b63f77462589bac0dc1d429760f52bf1ec8cb5547e63b9ebd393e982b1"}) as unknown as TypedDocumentString<OwnFileLinksQuery, OwnFileLinksQueryVariables>;
export const RevokeFileLinkDocument = new TypedDocumentString(`
    mutation RevokeFileLink($id: ID!) {
  revokeFileLink(id: $id)
}
    `, {"hash":"f8557bd33f5cb1b02a24bb6787d497a3a8d28e38c355788a1ef099d02dd8db91"}) as unknown as TypedDocumentString<RevokeFileLinkMutation, RevokeFileLinkMutationVariables>;
export const OwnTwoStepDocument = new TypedDocumentString(`
    query OwnTwoStep {
  viewer {
    twoStep {
      isOn
      isRequired
      hasApp
      recoveryCodesLeft
      passkeys {
        id
        label
        createdAt
        usedAt
      }
    }
  }
}
    `, {"hash":"7d6858c76cf6bbf41d408caad4c85182c749f83f8fd774ea0f78768f9a63c977"}) as unknown as TypedDocumentString<OwnTwoStepQuery, OwnTwoStepQueryVariables>;
export const BeginTotpDocument = new TypedDocumentString(`
    mutation BeginTotp($password: String!) {
  begun: beginTotp(password: $password) {
    secret
    uri
  }
}
    `, {"hash":"74c67d63b53666f7e0af6cde3282e33cffaf73a016bb5bad8e329047367019f1"}) as unknown as TypedDocumentString<BeginTotpMutation, BeginTotpMutationVariables>;
export const ConfirmTotpDocument = new TypedDocumentString(`
    mutation ConfirmTotp($code: String!) {
  codes: confirmTotp(code: $code)
}
    `, {"hash":"b900ac430d29228c85d8dbc49b57b33c7f14d0b52a5840aaed95551837fe760d"}) as unknown as TypedDocumentString<ConfirmTotpMutation, ConfirmTotpMutationVariables>;
export const RemoveTotpDocument = new TypedDocumentString(`
    mutation RemoveTotp($password: String!) {
  removeTotp(password: $password)
}
    `, {"hash":"6add2b9801082a721ef8534f884a95286dbe22de60774eda3755e68cfaf334d6"}) as unknown as TypedDocumentString<RemoveTotpMutation, RemoveTotpMutationVariables>;
export const SetTwoStepDocument = new TypedDocumentString(`
    mutation SetTwoStep($password: String!, $isOn: Boolean!) {
  codes: setTwoStep(password: $password, isOn: $isOn)
}
    `, {"hash":"f1cb81d721b6e4bb99ea84608368b1c2af64401793426795175a77cbd21aeeb0"}) as unknown as TypedDocumentString<SetTwoStepMutation, SetTwoStepMutationVariables>;
export const RenewRecoveryCodesDocument = new TypedDocumentString(`
    mutation RenewRecoveryCodes($password: String!) {
  codes: renewRecoveryCodes(password: $password)
}
    `, {"hash":"eea77ce0d76b24475933cc181bd47af84a7cecba9d48541cd2fd2cf0f51a9595"}) as unknown as TypedDocumentString<RenewRecoveryCodesMutation, RenewRecoveryCodesMutationVariables>;
export const BeginPasskeyDocument = new TypedDocumentString(`
    mutation BeginPasskey($password: String!) {
  begun: beginPasskey(password: $password) {
    ticket
    options
  }
}
    `, {"hash":"6333b3c6f25c0feb3d157ab8ef7b56f6b8889e22156cef5549da5b1b97431bcf"}) as unknown as TypedDocumentString<BeginPasskeyMutation, BeginPasskeyMutationVariables>;
export const AddPasskeyDocument = new TypedDocumentString(`
    mutation AddPasskey($ticket: String!, $credential: String!, $label: String!) {
  added: addPasskey(ticket: $ticket, credential: $credential, label: $label) {
    id
    label
  }
}
    `, {"hash":"c5e9346eead9c6f5ca32029eb89d025b1a61a8c4f2735a95215df0544ee0e944"}) as unknown as TypedDocumentString<AddPasskeyMutation, AddPasskeyMutationVariables>;
export const RenamePasskeyDocument = new TypedDocumentString(`
    mutation RenamePasskey($id: ID!, $label: String!) {
  renamed: renamePasskey(id: $id, label: $label) {
    id
    label
  }
}
    `, {"hash":"135c41ec10cd5fd5e568a463d4301e63f1ea5d018600b138349293bf571ebd3f"}) as unknown as TypedDocumentString<RenamePasskeyMutation, RenamePasskeyMutationVariables>;
export const RemovePasskeyDocument = new TypedDocumentString(`
    mutation RemovePasskey($id: ID!, $password: String!) {
  removePasskey(id: $id, password: $password)
}
    `, {"hash":"6ca74a8882991002b9e1c0a4f5b581b35b7a2e77f3aa01f92f0194a7ed28c8d2"}) as unknown as TypedDocumentString<RemovePasskeyMutation, RemovePasskeyMutationVariables>;
export const VacationDocument = new TypedDocumentString(`
    query Vacation {
  vacation {
    isEnabled
    isOn
    subject
    text
    outside
    outsideText
    audience
    startsAt
    endsAt
    everyDays
  }
}
    `, {"hash":"6621606b9272d39ef6d82a4757ec811485c5e78f9cfa75f30ebafd83f4c913a9"}) as unknown as TypedDocumentString<VacationQuery, VacationQueryVariables>;
export const SetVacationDocument = new TypedDocumentString(`
    mutation SetVacation($input: VacationInput!) {
  setVacation(input: $input) {
    isEnabled
    isOn
  }
}
    `, {"hash":"66a5564022daedaac321ba59048109511a7e83871ec8a762776c36264fe8276d"}) as unknown as TypedDocumentString<SetVacationMutation, SetVacationMutationVariables>;
export const SetUpDocument = new TypedDocumentString(`
    mutation SetUp($input: SetUpInput!) {
  setUp(input: $input) {
    viewer {
      address
    }
    domain {
      id
      name
      displayName
      dnsRecords {
        name
        type
        value
        purpose
      }
    }
  }
}
    `, {"hash":"eb2a176deb1c183e24c2ff7240d35eb3b517dbccdf391afd14f44a46ad00e900"}) as unknown as TypedDocumentString<SetUpMutation, SetUpMutationVariables>;
export const StartDocument = new TypedDocumentString(`
    query Start($withMail: Boolean!, $withRows: Boolean!, $mailboxId: ID, $limit: Int!) {
  instance {
    isSetUp
    hostname
    version
  }
  viewer {
    ...ViewerFields
  }
  mailboxes @include(if: $withMail) {
    ...MailboxFields
  }
  view(mailboxId: $mailboxId, limit: $limit, byConversation: true) @include(if: $withRows) {
    total
    messageTotal
    state
    offset
    rows {
      ...RowFields
    }
  }
}
    fragment ViewerFields on Viewer {
  id
  name
  address
  role
  permissions
  domain {
    id
    name
  }
  quota {
    usedBytes
    limitBytes
  }
  identities {
    name
    address
    mode
    ownName
    replyTo
    isDefault
    signatureId
    replySignatureId
  }
  undoSeconds
  writesPlainText
  maxMessageBytes
  maxRecipients
  moderatesLists
  mustSetUpTwoStep
  preferences {
    name
    value
  }
}
fragment RowFields on MessageRow {
  id
  mailboxId
  threadId
  threadCount
  from {
    name
    address
  }
  toText
  subject
  preview
  receivedAt
  sizeBytes
  isSeen
  isFlagged
  isAnswered
  isForwarded
  isDraft
  keywords
  hasAttachments
  isMuted
  isReminder
  timer {
    kind
    dueAt
    returnTo
    error
  }
  conversation {
    members {
      id
      isSeen
      isFlagged
    }
    tags {
      keyword
      ids
    }
    people {
      name
      address
    }
  }
}
fragment MailboxFields on Mailbox {
  id
  path
  name
  parentId
  specialUse
  total
  unread
  modseq
  rights
}`, {"hash":"258a2cc55b7a24d1ad9a7e5f0cfd67099d4a0b3396d82a26f8f10e229470efa5"}) as unknown as TypedDocumentString<StartQuery, StartQueryVariables>;
