/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query SystemOverview {\n    systemOverview { version startedAt domainCount userCount usedBytes spoolCount oldestSpoolAt }\n  }\n": typeof types.SystemOverviewDocument,
    "\n  fragment SettingFields on SettingValue {\n    key\n    subject\n    label\n    help\n    kind\n    isMultiline\n    choices { value label help }\n    zeroIsUnlimited\n    level\n    value\n    ownValue\n    inheritedValue\n    origin { level name setBy isDefault }\n    inheritedFrom { level name setBy isDefault }\n    ceilingKind\n    ceiling\n    ceilingOrigin { level name setBy isDefault }\n    isEditable\n    ownCeiling\n    isCeilingEditable\n  }\n": typeof types.SettingFieldsFragmentDoc,
    "\n  query AdminDomains($first: Int!, $after: String, $search: String) {\n    domains(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          name\n          displayName\n          isEnabled\n          userCount\n          aliasCount\n          usedBytes\n          maxUsers { value }\n          diskBytes { value }\n        }\n      }\n    }\n  }\n": typeof types.AdminDomainsDocument,
    "\n  query AdminDomain($id: ID!) {\n    domain(id: $id) {\n      id\n      name\n      displayName\n      isEnabled\n      createdAt\n      userCount\n      aliasCount\n      usedBytes\n      maxUsers { value }\n      diskBytes { value }\n      dnsRecords { name type value purpose }\n    }\n  }\n": typeof types.AdminDomainDocument,
    "\n  fragment UserFields on User {\n    id\n    domainId\n    address\n    localpart\n    name\n    isEnabled\n    role\n    isPrimary\n    createdAt\n    lastSignInAt\n    usedBytes\n    messageCount\n    quota { value }\n  }\n": typeof types.UserFieldsFragmentDoc,
    "\n  query AdminUsers($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    users(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...UserFields } }\n    }\n  }\n": typeof types.AdminUsersDocument,
    "\n  query AdminUser($id: ID!) {\n    user(id: $id) { ...UserFields }\n  }\n": typeof types.AdminUserDocument,
    "\n  query AdminAliases($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    aliases(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id localpart address targets isEnabled } }\n    }\n  }\n": typeof types.AdminAliasesDocument,
    "\n  query AdminSettings($level: SettingLevel!, $targetId: ID) {\n    settings(level: $level, targetId: $targetId) { ...SettingFields }\n  }\n": typeof types.AdminSettingsDocument,
    "\n  query AuditEntries($domainId: ID, $first: Int!, $after: String) {\n    auditEntries(domainId: $domainId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id at actor action subject remoteAddress detail } }\n    }\n  }\n": typeof types.AuditEntriesDocument,
    "\n  mutation CreateDomain($name: String!) {\n    createDomain(name: $name) { id displayName }\n  }\n": typeof types.CreateDomainDocument,
    "\n  mutation UpdateDomain($id: ID!, $isEnabled: Boolean!) {\n    updateDomain(id: $id, isEnabled: $isEnabled) { id isEnabled }\n  }\n": typeof types.UpdateDomainDocument,
    "\n  mutation RemoveDomain($id: ID!) {\n    removeDomain(id: $id)\n  }\n": typeof types.RemoveDomainDocument,
    "\n  mutation CreateUser(\n    $domainId: ID!\n    $localpart: String!\n    $name: String!\n    $password: String!\n    $role: Role!\n  ) {\n    createUser(\n      domainId: $domainId\n      localpart: $localpart\n      name: $name\n      password: $password\n      role: $role\n    ) { id address }\n  }\n": typeof types.CreateUserDocument,
    "\n  mutation UpdateUser($id: ID!, $name: String, $isEnabled: Boolean, $role: Role) {\n    updateUser(id: $id, name: $name, isEnabled: $isEnabled, role: $role) { ...UserFields }\n  }\n": typeof types.UpdateUserDocument,
    "\n  mutation SetPassword($userId: ID!, $password: String!) {\n    setPassword(userId: $userId, password: $password) { id }\n  }\n": typeof types.SetPasswordDocument,
    "\n  mutation RemoveUser($id: ID!) {\n    removeUser(id: $id)\n  }\n": typeof types.RemoveUserDocument,
    "\n  mutation CreateAlias($domainId: ID!, $localpart: String!, $targets: [String!]!) {\n    createAlias(domainId: $domainId, localpart: $localpart, targets: $targets) { id }\n  }\n": typeof types.CreateAliasDocument,
    "\n  mutation UpdateAlias($id: ID!, $targets: [String!], $isEnabled: Boolean) {\n    updateAlias(id: $id, targets: $targets, isEnabled: $isEnabled) { id }\n  }\n": typeof types.UpdateAliasDocument,
    "\n  mutation RemoveAlias($id: ID!) {\n    removeAlias(id: $id)\n  }\n": typeof types.RemoveAliasDocument,
    "\n  mutation SetSetting($level: SettingLevel!, $targetId: ID, $key: String!, $value: SettingScalar) {\n    setSetting(level: $level, targetId: $targetId, key: $key, value: $value) { ...SettingFields }\n  }\n": typeof types.SetSettingDocument,
    "\n  query SendGrants($userId: ID!) {\n    sendGrants(userId: $userId) { holder kind mode }\n  }\n": typeof types.SendGrantsDocument,
    "\n  mutation SetSendGrant($userId: ID!, $holder: String!, $mode: SendMode) {\n    setSendGrant(userId: $userId, holder: $holder, mode: $mode) { holder kind mode }\n  }\n": typeof types.SetSendGrantDocument,
    "\n  mutation SetCeiling($level: SettingLevel!, $targetId: ID, $key: String!, $ceiling: SettingScalar) {\n    setCeiling(level: $level, targetId: $targetId, key: $key, ceiling: $ceiling) { ...SettingFields }\n  }\n": typeof types.SetCeilingDocument,
    "\n  query AdminDkimKeys($domainId: ID!) {\n    dkimKeys(domainId: $domainId) {\n      id\n      selector\n      algorithm\n      state\n      recordName\n      recordValue\n      createdAt\n      changedAt\n    }\n  }\n": typeof types.AdminDkimKeysDocument,
    "\n  mutation CreateDkimKey($domainId: ID!, $algorithm: String!) {\n    createDkimKey(domainId: $domainId, algorithm: $algorithm) { id selector }\n  }\n": typeof types.CreateDkimKeyDocument,
    "\n  mutation ActivateDkimKey($id: ID!) {\n    activateDkimKey(id: $id) { id state }\n  }\n": typeof types.ActivateDkimKeyDocument,
    "\n  mutation RemoveDkimKey($id: ID!) {\n    removeDkimKey(id: $id)\n  }\n": typeof types.RemoveDkimKeyDocument,
    "\n  query AdminGateways {\n    gateways {\n      id\n      name\n      host\n      port\n      tls\n      username\n      hasPassword\n      senderDomain\n      recipientDomain\n      priority\n      isEnabled\n    }\n  }\n": typeof types.AdminGatewaysDocument,
    "\n  mutation CreateGateway($input: GatewayInput!) {\n    createGateway(input: $input) { id }\n  }\n": typeof types.CreateGatewayDocument,
    "\n  mutation UpdateGateway($id: ID!, $input: GatewayInput!) {\n    updateGateway(id: $id, input: $input) { id }\n  }\n": typeof types.UpdateGatewayDocument,
    "\n  mutation RemoveGateway($id: ID!) {\n    removeGateway(id: $id)\n  }\n": typeof types.RemoveGatewayDocument,
    "\n  fragment MailingListFields on MailingList {\n    id\n    domainId\n    address\n    localpart\n    name\n    description\n    isEnabled\n    posting\n    isModerated\n    unentitled\n    unverified\n    replyTo\n    fromRewriting\n    subjectPrefix\n    footer\n    maxBytes\n    memberView\n    subscription\n    memberCount\n    heldCount\n    standing\n  }\n": typeof types.MailingListFieldsFragmentDoc,
    "\n  query MailingLists($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    mailingLists(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...MailingListFields } }\n    }\n  }\n": typeof types.MailingListsDocument,
    "\n  query MailingListPage($id: ID!) {\n    mailingList(id: $id) { ...MailingListFields }\n  }\n": typeof types.MailingListPageDocument,
    "\n  query ModeratedLists {\n    moderatedLists { ...MailingListFields }\n  }\n": typeof types.ModeratedListsDocument,
    "\n  query ListMembers($listId: ID!, $first: Int!, $after: String, $search: String) {\n    listMembers(listId: $listId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id address name role delivery bounces suspendedAt } }\n    }\n  }\n": typeof types.ListMembersDocument,
    "\n  query HeldListPosts($listId: ID!, $first: Int!, $after: String) {\n    heldListPosts(listId: $listId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id sender author subject reason sizeBytes heldAt expiresAt } }\n    }\n  }\n": typeof types.HeldListPostsDocument,
    "\n  query HeldListPostText($listId: ID!, $postId: ID!) {\n    heldListPostText(listId: $listId, postId: $postId)\n  }\n": typeof types.HeldListPostTextDocument,
    "\n  query ListRequests($listId: ID!) {\n    listRequests(listId: $listId) { id address createdAt }\n  }\n": typeof types.ListRequestsDocument,
    "\n  query ListAddresses($listId: ID!) {\n    posters: listAddresses(listId: $listId, kind: POSTER)\n    banned: listAddresses(listId: $listId, kind: BANNED)\n  }\n": typeof types.ListAddressesDocument,
    "\n  mutation CreateMailingList($domainId: ID!, $localpart: String!, $options: MailingListOptions!) {\n    createMailingList(domainId: $domainId, localpart: $localpart, options: $options) { id address }\n  }\n": typeof types.CreateMailingListDocument,
    "\n  mutation UpdateMailingList($id: ID!, $options: MailingListOptions!) {\n    updateMailingList(id: $id, options: $options) { id }\n  }\n": typeof types.UpdateMailingListDocument,
    "\n  mutation RemoveMailingList($id: ID!) {\n    removeMailingList(id: $id)\n  }\n": typeof types.RemoveMailingListDocument,
    "\n  mutation AddListMembers($listId: ID!, $members: [NewListMember!]!, $role: ListStanding!) {\n    addListMembers(listId: $listId, members: $members, role: $role) { added known refused }\n  }\n": typeof types.AddListMembersDocument,
    "\n  mutation UpdateListMember(\n    $listId: ID!\n    $id: ID!\n    $role: ListStanding\n    $delivery: ListDelivery\n    $isSuspended: Boolean\n  ) {\n    updateListMember(\n      listId: $listId\n      id: $id\n      role: $role\n      delivery: $delivery\n      isSuspended: $isSuspended\n    ) { id }\n  }\n": typeof types.UpdateListMemberDocument,
    "\n  mutation RemoveListMembers($listId: ID!, $ids: [ID!]!) {\n    removeListMembers(listId: $listId, ids: $ids)\n  }\n": typeof types.RemoveListMembersDocument,
    "\n  mutation SetListAddresses($listId: ID!, $kind: ListAddressKind!, $addresses: [String!]!) {\n    setListAddresses(listId: $listId, kind: $kind, addresses: $addresses)\n  }\n": typeof types.SetListAddressesDocument,
    "\n  mutation DecideListPosts($listId: ID!, $ids: [ID!]!, $decision: ListDecision!, $reason: String!) {\n    decideListPosts(listId: $listId, ids: $ids, decision: $decision, reason: $reason)\n  }\n": typeof types.DecideListPostsDocument,
    "\n  mutation DecideListRequests($listId: ID!, $ids: [ID!]!, $isGranted: Boolean!) {\n    decideListRequests(listId: $listId, ids: $ids, isGranted: $isGranted)\n  }\n": typeof types.DecideListRequestsDocument,
    "\n  fragment SpoolRecipientFields on SpoolRecipient {\n    id\n    address\n    via\n    state\n    isInHand\n    attempts\n    nextAttemptAt\n    lastAttemptAt\n    lastStatus\n    lastReply\n    lastHost\n    priority\n    isPaused\n    isToBeReturned\n    route\n    named\n  }\n": typeof types.SpoolRecipientFieldsFragmentDoc,
    "\n  query AdminQueue($first: Int!, $after: String, $search: String, $domain: String, $state: SpoolState) {\n    spool(first: $first, after: $after, search: $search, domain: $domain, state: $state) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          sender\n          subject\n          createdAt\n          finishedAt\n          isHeld\n          openCount\n          recipientCount\n          recipients { ...SpoolRecipientFields }\n        }\n      }\n    }\n  }\n": typeof types.AdminQueueDocument,
    "\n  query AdminQueuedMessage($id: ID!) {\n    spoolMessage(id: $id) {\n      id\n      sender\n      subject\n      messageId\n      sizeBytes\n      createdAt\n      finishedAt\n      isHeld\n      openCount\n      recipientCount\n      remoteAddress\n      helo\n      protocol\n      recipients {\n        ...SpoolRecipientFields\n        trace {\n        at event host tls status reply nextAttemptAt isClaim source\n        checks { name outcome detail }\n      }\n      }\n    }\n  }\n": typeof types.AdminQueuedMessageDocument,
    "\n  mutation RetrySpool($ids: [ID!]!) {\n    done: retrySpool(ids: $ids)\n  }\n": typeof types.RetrySpoolDocument,
    "\n  mutation HoldSpool($ids: [ID!]!) {\n    done: holdSpool(ids: $ids)\n  }\n": typeof types.HoldSpoolDocument,
    "\n  mutation ReleaseSpool($ids: [ID!]!) {\n    done: releaseSpool(ids: $ids)\n  }\n": typeof types.ReleaseSpoolDocument,
    "\n  mutation DropSpool($ids: [ID!]!) {\n    done: dropSpool(ids: $ids)\n  }\n": typeof types.DropSpoolDocument,
    "\n  mutation ReturnSpool($ids: [ID!]!) {\n    done: returnSpool(ids: $ids)\n  }\n": typeof types.ReturnSpoolDocument,
    "\n  mutation PrioritizeSpool($ids: [ID!]!, $priority: Int!) {\n    done: prioritizeSpool(ids: $ids, priority: $priority)\n  }\n": typeof types.PrioritizeSpoolDocument,
    "\n  mutation RerouteSpool($ids: [ID!]!, $to: SpoolDetour!) {\n    done: rerouteSpool(ids: $ids, to: $to)\n  }\n": typeof types.RerouteSpoolDocument,
    "\n  mutation ResetSpoolRoute($ids: [ID!]!) {\n    done: resetSpoolRoute(ids: $ids)\n  }\n": typeof types.ResetSpoolRouteDocument,
    "\n  mutation ActOnSpool(\n    $act: SpoolAct!\n    $search: String\n    $domain: String\n    $state: SpoolState\n    $before: ID\n    $to: SpoolDetour\n  ) {\n    actOnSpool(act: $act, search: $search, domain: $domain, state: $state, before: $before, to: $to) {\n      changed\n      lookedAt\n      before\n    }\n  }\n": typeof types.ActOnSpoolDocument,
    "\n  query AdminSpoolDestinations {\n    spoolDestinations { domain queued held nextAttemptAt mostAttempts }\n    spoolPauses { domain pausedAt actor }\n  }\n": typeof types.AdminSpoolDestinationsDocument,
    "\n  query AdminSpoolPauses {\n    spoolPauses { domain pausedAt actor }\n  }\n": typeof types.AdminSpoolPausesDocument,
    "\n  mutation PauseSending($domain: String!) {\n    pauseSending(domain: $domain) { domain pausedAt actor }\n  }\n": typeof types.PauseSendingDocument,
    "\n  mutation ResumeSending($domain: String!) {\n    resumeSending(domain: $domain)\n  }\n": typeof types.ResumeSendingDocument,
    "\n  query AdminDomainAliases($domainId: ID!) {\n    domainAliases(domainId: $domainId) {\n      id\n      name\n      displayName\n      dkimSelectors\n      dnsRecords { name type value purpose }\n    }\n  }\n": typeof types.AdminDomainAliasesDocument,
    "\n  mutation AddDomainAlias($domainId: ID!, $name: String!) {\n    addDomainAlias(domainId: $domainId, name: $name) { id displayName }\n  }\n": typeof types.AddDomainAliasDocument,
    "\n  mutation RemoveDomainAlias($id: ID!) {\n    removeDomainAlias(id: $id)\n  }\n": typeof types.RemoveDomainAliasDocument,
    "\n  query AdminDomainRoute($domainId: ID!) {\n    domainRoute(domainId: $domainId) { domainId host port tls accepts }\n  }\n": typeof types.AdminDomainRouteDocument,
    "\n  mutation SetDomainRoute($domainId: ID!, $input: DomainRouteInput!) {\n    setDomainRoute(domainId: $domainId, input: $input) { domainId }\n  }\n": typeof types.SetDomainRouteDocument,
    "\n  mutation RemoveDomainRoute($domainId: ID!) {\n    removeDomainRoute(domainId: $domainId)\n  }\n": typeof types.RemoveDomainRouteDocument,
    "\n  query AdminRoutedRecipients($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    routedRecipients(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node }\n    }\n  }\n": typeof types.AdminRoutedRecipientsDocument,
    "\n  mutation AddRoutedRecipients($domainId: ID!, $localparts: [String!]!) {\n    addRoutedRecipients(domainId: $domainId, localparts: $localparts)\n  }\n": typeof types.AddRoutedRecipientsDocument,
    "\n  mutation RemoveRoutedRecipients($domainId: ID!, $localparts: [String!]!) {\n    removeRoutedRecipients(domainId: $domainId, localparts: $localparts)\n  }\n": typeof types.RemoveRoutedRecipientsDocument,
    "\n  query AdminSuppressions($domainId: ID, $first: Int!, $after: String, $search: String) {\n    suppressions(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id address reason detail bounces createdAt expiresAt actor } }\n    }\n  }\n": typeof types.AdminSuppressionsDocument,
    "\n  mutation AddSuppression(\n    $address: String!\n    $domainId: ID\n    $reason: SuppressionReason!\n    $detail: String!\n    $days: Int\n  ) {\n    addSuppression(address: $address, domainId: $domainId, reason: $reason, detail: $detail, days: $days) {\n      id\n    }\n  }\n": typeof types.AddSuppressionDocument,
    "\n  mutation RemoveSuppressions($ids: [ID!]!) {\n    removeSuppressions(ids: $ids)\n  }\n": typeof types.RemoveSuppressionsDocument,
    "\n  query AdminTlsReports($domainId: ID!, $first: Int!, $after: String) {\n    tlsReports(domainId: $domainId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          organization\n          sender\n          policyType\n          beginsAt\n          successes\n          failures\n          details { result sessions mxHost mxAddress information }\n        }\n      }\n    }\n  }\n": typeof types.AdminTlsReportsDocument,
    "\n  mutation SetPreferences($entries: [PreferenceInput!]!) {\n    setPreferences(entries: $entries)\n  }\n": typeof types.SetPreferencesDocument,
    "\n  query Shortcuts {\n    shortcuts { isOn keys { command keys } }\n  }\n": typeof types.ShortcutsDocument,
    "\n  mutation SetShortcuts($isOn: Boolean!, $keys: [CommandKeysInput!]!) {\n    setShortcuts(isOn: $isOn, keys: $keys) { isOn }\n  }\n": typeof types.SetShortcutsDocument,
    "\n  query PalettePeople($text: String!) {\n    suggestions(text: $text, limit: 5) { name address }\n  }\n": typeof types.PalettePeopleDocument,
    "\n  query PaletteDomains($text: String!) {\n    domains(first: 5, search: $text) { edges { node { id displayName } } }\n  }\n": typeof types.PaletteDomainsDocument,
    "\n  query Push {\n    push {\n      serverKey\n      sessionId\n      devices { id isCurrent userAgent createdAt pushedAt endpoint }\n    }\n  }\n": typeof types.PushDocument,
    "\n  mutation AddPushDevice($input: PushSubscriptionInput!) {\n    push: addPushDevice(input: $input) { devices { id isCurrent } }\n  }\n": typeof types.AddPushDeviceDocument,
    "\n  mutation RemovePushDevice($id: ID!) {\n    push: removePushDevice(id: $id) { devices { id } }\n  }\n": typeof types.RemovePushDeviceDocument,
    "\n  mutation TestPushDevice($id: ID!) {\n    testPushDevice(id: $id)\n  }\n": typeof types.TestPushDeviceDocument,
    "\n  fragment ViewerFields on Viewer {\n    id\n    name\n    address\n    role\n    permissions\n    domain { id name }\n    quota { usedBytes limitBytes }\n    identities { name address mode ownName replyTo isDefault signatureId replySignatureId }\n    undoSeconds\n    writesPlainText\n    maxMessageBytes\n    maxRecipients\n    moderatesLists\n    mustSetUpTwoStep\n    preferences { name value }\n  }\n": typeof types.ViewerFieldsFragmentDoc,
    "\n  query Session {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n  }\n": typeof types.SessionDocument,
    "\n  mutation SignIn($login: String!, $password: String!) {\n    signIn(login: $login, password: $password) {\n      viewer { ...ViewerFields }\n      secondStep { ticket methods passkeyOptions }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation FinishSignIn($ticket: String!, $code: String, $passkey: String) {\n    finishSignIn(ticket: $ticket, code: $code, passkey: $passkey) { viewer { ...ViewerFields } }\n  }\n": typeof types.FinishSignInDocument,
    "\n  mutation BeginPasskeySignIn {\n    beginPasskeySignIn { ticket options }\n  }\n": typeof types.BeginPasskeySignInDocument,
    "\n  mutation SignOut {\n    signOut\n  }\n": typeof types.SignOutDocument,
    "\n  fragment DeliveryFields on Delivery {\n    id\n    sender\n    subject\n    sizeBytes\n    at\n    isOutgoing\n    remoteAddress\n    helo\n    protocol\n    times\n    recipientCount\n    recipients {\n      id\n      address\n      via\n      state\n      isHeld\n      isGroup\n      attempts\n      nextAttemptAt\n      lastAttemptAt\n      lastStatus\n      lastReply\n      trace {\n        at event host tls status reply nextAttemptAt isClaim source\n        checks { name outcome detail }\n      }\n    }\n  }\n": typeof types.DeliveryFieldsFragmentDoc,
    "\n  query DomainDeliveries(\n    $domainId: ID!\n    $first: Int!\n    $after: String\n    $search: String\n    $state: DeliveryState\n    $since: DateTime\n    $until: DateTime\n  ) {\n    found: domainDeliveries(\n      domainId: $domainId\n      first: $first\n      after: $after\n      search: $search\n      state: $state\n      since: $since\n      until: $until\n    ) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n": typeof types.DomainDeliveriesDocument,
    "\n  query DomainDelivery($domainId: ID!, $id: ID!) {\n    found: domainDelivery(domainId: $domainId, id: $id) { ...DeliveryFields }\n  }\n": typeof types.DomainDeliveryDocument,
    "\n  query SentDeliveries($first: Int!, $after: String, $search: String) {\n    found: sentDeliveries(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n": typeof types.SentDeliveriesDocument,
    "\n  query IncomingDeliveries($first: Int!, $after: String, $search: String) {\n    found: incomingDeliveries(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n": typeof types.IncomingDeliveriesDocument,
    "\n  query RefusedMail($first: Int!, $after: String, $search: String) {\n    found: refusedMail(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n": typeof types.RefusedMailDocument,
    "\n  query MessageDelivery($id: ID!) {\n    found: messageDelivery(messageId: $id) { ...DeliveryFields }\n  }\n": typeof types.MessageDeliveryDocument,
    "\n  query Forward($userId: ID) {\n    forward(userId: $userId) { userId targets keepsCopy isAllowed mayLeaveDomain maxTargets }\n  }\n": typeof types.ForwardDocument,
    "\n  mutation SetForward($userId: ID, $targets: [String!]!, $keepsCopy: Boolean!) {\n    setForward(userId: $userId, targets: $targets, keepsCopy: $keepsCopy) { userId }\n  }\n": typeof types.SetForwardDocument,
    "\n  fragment BulkActFields on BulkAct {\n    id\n    state\n    label\n    undoOf\n    destroy\n    total\n    done\n    skipped\n    error\n    beginsAt\n    createdAt\n  }\n": typeof types.BulkActFieldsFragmentDoc,
    "\n  query BulkActs {\n    bulkActs { ...BulkActFields }\n  }\n": typeof types.BulkActsDocument,
    "\n  mutation BeginBulkAct($input: BeginBulkActInput!) {\n    beginBulkAct(input: $input) { ...BulkActFields }\n  }\n": typeof types.BeginBulkActDocument,
    "\n  mutation CancelBulkAct($id: ID!) {\n    cancelBulkAct(id: $id) { ...BulkActFields }\n  }\n": typeof types.CancelBulkActDocument,
    "\n  mutation UndoBulkAct($id: ID!) {\n    undoBulkAct(id: $id) { ...BulkActFields }\n  }\n": typeof types.UndoBulkActDocument,
    "\n  fragment DraftFields on Draft {\n    id\n    from { name address }\n    to { name address }\n    cc { name address }\n    bcc { name address }\n    subject\n    html\n    text\n    attachments { id name contentType sizeBytes contentId }\n    inReplyTo\n    forwardOf\n    savedAt\n    key\n    writer\n  }\n": typeof types.DraftFieldsFragmentDoc,
    "\n  mutation SaveDraft($input: DraftInput!) {\n    saveDraft(input: $input) { id attachments { id name contentType sizeBytes contentId } savedAt }\n  }\n": typeof types.SaveDraftDocument,
    "\n  query DraftFate($key: String!) {\n    draftFate(key: $key) { draft { ...DraftFields } sendAt sentAt }\n  }\n": typeof types.DraftFateDocument,
    "\n  query DraftStands($id: ID!) {\n    message(id: $id) { id row { id timer { dueAt } } }\n  }\n": typeof types.DraftStandsDocument,
    "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n": typeof types.DiscardDraftDocument,
    "\n  mutation SubmitDraft($id: ID!, $remindDays: Int) {\n    submitDraft(id: $id, remindDays: $remindDays) { id releaseAt state }\n  }\n": typeof types.SubmitDraftDocument,
    "\n  mutation CancelSubmission($id: ID!) {\n    cancelSubmission(id: $id) { ...DraftFields }\n  }\n": typeof types.CancelSubmissionDocument,
    "\n  query DraftToEdit($id: ID!) {\n    message(id: $id) { id draft { ...DraftFields } }\n  }\n": typeof types.DraftToEditDocument,
    "\n  query OriginalToAnswer($id: ID!, $isPlain: Boolean! = false) {\n    message(id: $id) {\n      id\n      row { subject receivedAt }\n      from { name address }\n      to { name address }\n      cc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: false) { html text @include(if: $isPlain) }\n      attachments { part name contentType sizeBytes isInline }\n    }\n  }\n": typeof types.OriginalToAnswerDocument,
    "\n  query ShownPictures($id: ID!) {\n    message(id: $id) {\n      id\n      held: body(showImages: false) { html }\n      shown: body { html }\n    }\n  }\n": typeof types.ShownPicturesDocument,
    "\n  query MessageToAttach($id: ID!) {\n    message(id: $id) { id row { subject sizeBytes } }\n  }\n": typeof types.MessageToAttachDocument,
    "\n  query Suggestions($text: String!) {\n    suggestions(text: $text, limit: 8) { name address source }\n  }\n": typeof types.SuggestionsDocument,
    "\n  query SignaturesToUse {\n    signatures { id name html }\n  }\n": typeof types.SignaturesToUseDocument,
    "\n  query TemplatesToUse {\n    templates { id name subject html }\n  }\n": typeof types.TemplatesToUseDocument,
    "\n  mutation SaveAsTemplate($input: TemplateInput!) {\n    createTemplate(input: $input) { id name }\n  }\n": typeof types.SaveAsTemplateDocument,
    "\n  mutation HideSuggestion($address: String!) {\n    hideSuggestion(address: $address)\n  }\n": typeof types.HideSuggestionDocument,
    "\n  query FileLinkLimits {\n    fileLinkLimits { maxBytes offerBytes maxDays }\n  }\n": typeof types.FileLinkLimitsDocument,
    "\n  mutation SetFileLinkPassword($id: ID!, $password: String!) {\n    setFileLinkPassword(id: $id, password: $password)\n  }\n": typeof types.SetFileLinkPasswordDocument,
    "\n  query MailboxShares($id: ID!) {\n    shares: mailboxShares(mailboxId: $id) { holder kind isNegative rights }\n  }\n": typeof types.MailboxSharesDocument,
    "\n  mutation SetMailboxShare($input: SetMailboxShareInput!) {\n    shares: setMailboxShare(input: $input) { holder kind isNegative rights }\n  }\n": typeof types.SetMailboxShareDocument,
    "\n  query ShareHolders($search: String!) {\n    holders: shareHolders(search: $search) { holder kind name }\n  }\n": typeof types.ShareHoldersDocument,
    "\n  mutation ScheduleDraft($id: ID!, $sendAt: DateTime!, $remindDays: Int) {\n    scheduleDraft(id: $id, sendAt: $sendAt, remindDays: $remindDays) { id sendAt }\n  }\n": typeof types.ScheduleDraftDocument,
    "\n  mutation CancelScheduled($id: ID!) {\n    cancelScheduled(id: $id) { id attachments { id name contentType sizeBytes contentId } }\n  }\n": typeof types.CancelScheduledDocument,
    "\n  mutation SendScheduledNow($id: ID!) {\n    sendScheduledNow(id: $id) { id releaseAt }\n  }\n": typeof types.SendScheduledNowDocument,
    "\n  mutation RemindOfMessage($id: ID!, $at: DateTime) {\n    remindOfMessage(id: $id, at: $at)\n  }\n": typeof types.RemindOfMessageDocument,
    "\n  query News($after: ID, $zone: String!) {\n    news(after: $after, zone: $zone) {\n      end\n      messages { id sender subject }\n    }\n  }\n": typeof types.NewsDocument,
    "\n  query MessageOrigin($id: ID!) {\n    message(id: $id) {\n      id\n      headers\n      messageId\n      origin {\n        standing\n        fromDomain\n        isSignedByDomain\n        isSentByDomain\n        signers\n        returnPath\n        listId\n        checks { method result reason domain }\n        path { fromName fromAddress by protocol tls isEncrypted at delaySeconds }\n      }\n    }\n  }\n": typeof types.MessageOriginDocument,
    "\n  query AttachmentPreview($messageId: ID!, $part: String!, $showImages: Boolean) {\n    attachmentPreview(messageId: $messageId, part: $part, showImages: $showImages) {\n      text\n      isTruncated\n      contacts {\n        name\n        organisation\n        title\n        birthday\n        note\n        emails { value kind }\n        phones { value kind }\n        addresses { value kind }\n        urls { value kind }\n      }\n      message {\n        subject\n        from { name address }\n        to { name address }\n        cc { name address }\n        sentAt\n        html\n        blockedImages\n        offersImages\n        isTruncated\n        isDarkFriendly\n        attachmentCount\n        attachments { part name contentType sizeBytes isInline url preview }\n      }\n      invitation { ...InvitationFields }\n    }\n  }\n": typeof types.AttachmentPreviewDocument,
    "\n  fragment InvitationFields on Invitation {\n    method\n    summary\n    description\n    location\n    status\n    starts { at local zone isDay }\n    ends { at local zone isDay }\n    rule\n    organizer { name address }\n    attendees { name address status isOptional }\n    eventCount\n    canAnswer\n    answer\n  }\n": typeof types.InvitationFieldsFragmentDoc,
    "\n  mutation AnswerInvitation($messageId: ID!, $part: String!, $answer: InvitationAnswer!, $comment: String!) {\n    answerInvitation(messageId: $messageId, part: $part, answer: $answer, comment: $comment) {\n      ...InvitationFields\n    }\n  }\n": typeof types.AnswerInvitationDocument,
    "\n  query Attachments($messageId: ID!, $offset: Int!, $limit: Int!) {\n    attachments(messageId: $messageId, offset: $offset, limit: $limit) {\n      part\n      name\n      contentType\n      sizeBytes\n      isInline\n      url\n      preview\n    }\n  }\n": typeof types.AttachmentsDocument,
    "\n  mutation Unsubscribe($messageId: ID!) {\n    unsubscribe(messageId: $messageId) { way target leftAt }\n  }\n": typeof types.UnsubscribeDocument,
    "\n  mutation SetSenderLook($address: String!, $ownColours: Boolean!, $hideImages: Boolean!) {\n    setSenderLook(address: $address, ownColours: $ownColours, hideImages: $hideImages)\n  }\n": typeof types.SetSenderLookDocument,
    "\n  mutation SplitConversation($messageId: ID!) {\n    splitConversation(messageId: $messageId)\n  }\n": typeof types.SplitConversationDocument,
    "\n  mutation JoinConversations($messageIds: [ID!]!) {\n    joinConversations(messageIds: $messageIds) { threadId brought }\n  }\n": typeof types.JoinConversationsDocument,
    "\n  mutation PartMessages($messageIds: [ID!]!) {\n    partMessages(messageIds: $messageIds)\n  }\n": typeof types.PartMessagesDocument,
    "\n  query SearchSuggestions($text: String!) {\n    searchSuggestions(text: $text) { people { name address } tags files }\n  }\n": typeof types.SearchSuggestionsDocument,
    "\n  query SavedSearches {\n    savedSearches { id name query }\n  }\n": typeof types.SavedSearchesDocument,
    "\n  mutation SaveSearch($id: ID, $name: String!, $query: String!) {\n    saveSearch(id: $id, name: $name, query: $query) { id name query }\n  }\n": typeof types.SaveSearchDocument,
    "\n  mutation DeleteSavedSearch($id: ID!) {\n    deleteSavedSearch(id: $id)\n  }\n": typeof types.DeleteSavedSearchDocument,
    "\n  fragment RowFields on MessageRow {\n    id\n    mailboxId\n    threadId\n    threadCount\n    from { name address }\n    toText\n    subject\n    preview\n    receivedAt\n    sizeBytes\n    isSeen\n    isFlagged\n    isAnswered\n    isForwarded\n    isDraft\n    keywords\n    hasAttachments\n    isMuted\n    isReminder\n    timer { kind dueAt returnTo error }\n    conversation { members { id isSeen isFlagged } tags { keyword ids } people { name address } }\n  }\n": typeof types.RowFieldsFragmentDoc,
    "\n  fragment MailboxFields on Mailbox {\n    id\n    path\n    name\n    parentId\n    specialUse\n    total\n    unread\n    modseq\n    rights\n  }\n": typeof types.MailboxFieldsFragmentDoc,
    "\n  query Mailboxes {\n    mailboxes { ...MailboxFields }\n  }\n": typeof types.MailboxesDocument,
    "\n  query View($mailboxId: ID, $search: String, $sort: MessageSort!, $filter: MessageFilter, $offset: Int!, $limit: Int!, $timeZone: String, $byConversation: Boolean!) {\n    view(mailboxId: $mailboxId, search: $search, sort: $sort, filter: $filter, offset: $offset, limit: $limit, timeZone: $timeZone, byConversation: $byConversation) {\n      total\n      messageTotal\n      state\n      offset\n      rows { ...RowFields }\n      terms { start length operator value isExcluded doubt }\n    }\n  }\n": typeof types.ViewDocument,
    "\n  query ViewChanges(\n    $mailboxId: ID!, $since: Long!, $sort: MessageSort!, $filter: MessageFilter, $byConversation: Boolean!\n  ) {\n    viewChanges(\n      mailboxId: $mailboxId, since: $since, sort: $sort, filter: $filter, byConversation: $byConversation\n    ) {\n      state\n      total\n      messageTotal\n      isReset\n      removed\n      added { index row { ...RowFields } }\n      updated { ...RowFields }\n      mailboxes { ...MailboxFields }\n    }\n  }\n": typeof types.ViewChangesDocument,
    "\n  mutation UpdateMessages($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) {\n      state\n      failed { id message }\n      mailboxes { ...MailboxFields }\n    }\n  }\n": typeof types.UpdateMessagesDocument,
    "\n  query MessageDetail($id: ID!, $showImages: Boolean) {\n    message(id: $id) {\n      id\n      row { ...RowFields }\n      messageId\n      from { name address }\n      sender { name address }\n      to { name address }\n      cc { name address }\n      bcc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: $showImages) { html text blockedImages offersImages hasQuote isTruncated isDarkFriendly }\n      attachments { part name contentType sizeBytes isInline url preview }\n      attachmentCount\n      origin { standing fromDomain isSignedByDomain isSentByDomain signers }\n      unsubscribe { way target leftAt }\n      senderLook { ownColours hideImages }\n      thread { ...RowFields }\n      deliveryReports { address action status reporter diagnostic isVerified reportedAt }\n    }\n  }\n": typeof types.MessageDetailDocument,
    "\n  query Conversation($messageId: ID!) {\n    conversation(messageId: $messageId) { ...RowFields }\n  }\n": typeof types.ConversationDocument,
    "\n  subscription AccountChanged {\n    accountChanged {\n      modseq\n      mailboxIds\n      mailboxes { ...MailboxFields }\n      isMailboxListChanged\n      submissions { id state releaseAt subject toText error }\n      bulkActs { ...BulkActFields }\n    }\n  }\n": typeof types.AccountChangedDocument,
    "\n  mutation TrustSender($address: String!, $trusted: Boolean!) {\n    trustSender(address: $address, trusted: $trusted)\n  }\n": typeof types.TrustSenderDocument,
    "\n  mutation CreateMailbox($path: String!) {\n    createMailbox(path: $path) { ...MailboxFields }\n  }\n": typeof types.CreateMailboxDocument,
    "\n  mutation RenameMailbox($id: ID!, $path: String!) {\n    renameMailbox(id: $id, path: $path) { ...MailboxFields }\n  }\n": typeof types.RenameMailboxDocument,
    "\n  mutation DeleteMailbox($id: ID!) {\n    deleteMailbox(id: $id)\n  }\n": typeof types.DeleteMailboxDocument,
    "\n  query Tags {\n    tags\n  }\n": typeof types.TagsDocument,
    "\n  query VacationStand {\n    vacation { isOn endsAt }\n  }\n": typeof types.VacationStandDocument,
    "\n  mutation EndVacation {\n    endVacation { isOn }\n  }\n": typeof types.EndVacationDocument,
    "\n  fragment FilterFields on MailFilter {\n    id\n    name\n    isEnabled\n    match\n    stops\n    trouble\n    conditions { field relation value header isNegated }\n    actions { act mailboxId path keyword addresses }\n  }\n": typeof types.FilterFieldsFragmentDoc,
    "\n  query Filters {\n    filters { ...FilterFields }\n  }\n": typeof types.FiltersDocument,
    "\n  query FilterFolders {\n    mailboxes { id path name specialUse total owner parentId }\n  }\n": typeof types.FilterFoldersDocument,
    "\n  query FilterSuggestion($messageId: ID!) {\n    filterSuggestion(messageId: $messageId) {\n      sender senderName senderDomain listId subject detailAddress\n    }\n  }\n": typeof types.FilterSuggestionDocument,
    "\n  query FilterPreview(\n    $conditions: [FilterConditionInput!]!, $match: FilterMatch!, $everywhere: Boolean!, $first: Int!\n  ) {\n    filterPreview(conditions: $conditions, match: $match, everywhere: $everywhere, first: $first) {\n      lookedAt\n      matched\n      rows { id from { name address } subject receivedAt }\n    }\n  }\n": typeof types.FilterPreviewDocument,
    "\n  mutation CreateFilter($input: FilterInput!, $position: Int) {\n    filter: createFilter(input: $input, position: $position) { ...FilterFields }\n  }\n": typeof types.CreateFilterDocument,
    "\n  mutation UpdateFilter($id: ID!, $input: FilterInput!) {\n    filter: updateFilter(id: $id, input: $input) { ...FilterFields }\n  }\n": typeof types.UpdateFilterDocument,
    "\n  mutation SetFilterEnabled($id: ID!, $isEnabled: Boolean!) {\n    setFilterEnabled(id: $id, isEnabled: $isEnabled) { id isEnabled }\n  }\n": typeof types.SetFilterEnabledDocument,
    "\n  mutation ReorderFilters($ids: [ID!]!) {\n    reorderFilters(ids: $ids) { id }\n  }\n": typeof types.ReorderFiltersDocument,
    "\n  mutation RemoveFilter($id: ID!) {\n    removeFilter(id: $id)\n  }\n": typeof types.RemoveFilterDocument,
    "\n  mutation ApplyFilter($id: ID!, $mailboxId: ID!, $after: String) {\n    step: applyFilter(id: $id, mailboxId: $mailboxId, after: $after) {\n      lookedAt\n      matched\n      next\n      moved { mailboxId ids }\n      marked { flag ids }\n      copied\n    }\n  }\n": typeof types.ApplyFilterDocument,
    "\n  mutation UndoFilter($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) { failed { id } }\n  }\n": typeof types.UndoFilterDocument,
    "\n  query SenderLists {\n    senderLists { trusted blocked }\n  }\n": typeof types.SenderListsDocument,
    "\n  mutation AddSender($kind: SenderListKind!, $address: String!) {\n    addSender(kind: $kind, address: $address) { trusted blocked }\n  }\n": typeof types.AddSenderDocument,
    "\n  mutation RemoveSender($kind: SenderListKind!, $address: String!) {\n    removeSender(kind: $kind, address: $address) { trusted blocked }\n  }\n": typeof types.RemoveSenderDocument,
    "\n  query FolderCleanups {\n    folderCleanups { mailboxId maxAgeDays keepNewest isForever }\n  }\n": typeof types.FolderCleanupsDocument,
    "\n  query CleanupPreview($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int) {\n    cleanupPreview(mailboxId: $mailboxId, maxAgeDays: $maxAgeDays, keepNewest: $keepNewest)\n  }\n": typeof types.CleanupPreviewDocument,
    "\n  mutation SetFolderCleanup($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int, $isForever: Boolean!) {\n    setFolderCleanup(\n      mailboxId: $mailboxId, maxAgeDays: $maxAgeDays, keepNewest: $keepNewest, isForever: $isForever\n    ) { mailboxId }\n  }\n": typeof types.SetFolderCleanupDocument,
    "\n  mutation RemoveFolderCleanup($mailboxId: ID!) {\n    removeFolderCleanup(mailboxId: $mailboxId) { mailboxId }\n  }\n": typeof types.RemoveFolderCleanupDocument,
    "\n  query OwnSessions {\n    viewer {\n      sessions { id isCurrent createdAt seenAt remoteAddress userAgent }\n    }\n  }\n": typeof types.OwnSessionsDocument,
    "\n  mutation RevokeSession($id: ID!) {\n    revokeSession(id: $id)\n  }\n": typeof types.RevokeSessionDocument,
    "\n  mutation RevokeOtherSessions {\n    count: revokeOtherSessions\n  }\n": typeof types.RevokeOtherSessionsDocument,
    "\n  mutation ChangePassword($current: String!, $new: String!) {\n    changePassword(current: $current, new: $new)\n  }\n": typeof types.ChangePasswordDocument,
    "\n  query AppPasswords {\n    appPasswords { id label protocols createdAt usedAt usedFrom }\n    mailServers { protocol host port security }\n  }\n": typeof types.AppPasswordsDocument,
    "\n  mutation CreateAppPassword($label: String!, $protocols: [MailProtocol!]) {\n    created: createAppPassword(label: $label, protocols: $protocols) {\n      password\n      appPassword { id label protocols }\n    }\n  }\n": typeof types.CreateAppPasswordDocument,
    "\n  mutation RevokeAppPassword($id: ID!) {\n    revokeAppPassword(id: $id)\n  }\n": typeof types.RevokeAppPasswordDocument,
    "\n  query PersonalSettings($id: ID!) {\n    settings(level: USER, targetId: $id) {\n      key value ownValue inheritedValue isEditable ceilingKind ceiling\n      choices { value label help }\n      origin { level name setBy isDefault }\n      inheritedFrom { level name setBy isDefault }\n      ceilingOrigin { level name isDefault }\n    }\n  }\n": typeof types.PersonalSettingsDocument,
    "\n  mutation SetPersonalSetting($id: ID!, $key: String!, $value: SettingScalar) {\n    setSetting(level: USER, targetId: $id, key: $key, value: $value) { key value }\n  }\n": typeof types.SetPersonalSettingDocument,
    "\n  query OwnSignatures {\n    signatures { id name html }\n  }\n": typeof types.OwnSignaturesDocument,
    "\n  mutation CreateSignature($input: SignatureInput!) {\n    createSignature(input: $input) { id }\n  }\n": typeof types.CreateSignatureDocument,
    "\n  mutation UpdateSignature($id: ID!, $input: SignatureInput!) {\n    updateSignature(id: $id, input: $input) { id }\n  }\n": typeof types.UpdateSignatureDocument,
    "\n  mutation RemoveSignature($id: ID!) {\n    removeSignature(id: $id)\n  }\n": typeof types.RemoveSignatureDocument,
    "\n  query OwnTemplates {\n    templates { id name subject html }\n  }\n": typeof types.OwnTemplatesDocument,
    "\n  mutation CreateTemplate($input: TemplateInput!) {\n    createTemplate(input: $input) { id }\n  }\n": typeof types.CreateTemplateDocument,
    "\n  mutation UpdateTemplate($id: ID!, $input: TemplateInput!) {\n    updateTemplate(id: $id, input: $input) { id }\n  }\n": typeof types.UpdateTemplateDocument,
    "\n  mutation RemoveTemplate($id: ID!) {\n    removeTemplate(id: $id)\n  }\n": typeof types.RemoveTemplateDocument,
    "\n  mutation SetSender($address: String!, $input: SenderInput!) {\n    setSender(address: $address, input: $input)\n  }\n": typeof types.SetSenderDocument,
    "\n  query OwnFileLinks {\n    fileLinks { id name sizeBytes hasPassword downloads createdAt expiresAt }\n    fileLinkLimits { maxBytes }\n  }\n": typeof types.OwnFileLinksDocument,
    "\n  mutation RevokeFileLink($id: ID!) {\n    revokeFileLink(id: $id)\n  }\n": typeof types.RevokeFileLinkDocument,
    "\n  query OwnTwoStep {\n    viewer {\n      twoStep {\n        isOn\n        isRequired\n        hasApp\n        recoveryCodesLeft\n        passkeys { id label createdAt usedAt }\n      }\n    }\n  }\n": typeof types.OwnTwoStepDocument,
    "\n  mutation BeginTotp($password: String!) {\n    begun: beginTotp(password: $password) { secret uri }\n  }\n": typeof types.BeginTotpDocument,
    "\n  mutation ConfirmTotp($code: String!) {\n    codes: confirmTotp(code: $code)\n  }\n": typeof types.ConfirmTotpDocument,
    "\n  mutation RemoveTotp($password: String!) {\n    removeTotp(password: $password)\n  }\n": typeof types.RemoveTotpDocument,
    "\n  mutation SetTwoStep($password: String!, $isOn: Boolean!) {\n    codes: setTwoStep(password: $password, isOn: $isOn)\n  }\n": typeof types.SetTwoStepDocument,
    "\n  mutation RenewRecoveryCodes($password: String!) {\n    codes: renewRecoveryCodes(password: $password)\n  }\n": typeof types.RenewRecoveryCodesDocument,
    "\n  mutation BeginPasskey($password: String!) {\n    begun: beginPasskey(password: $password) { ticket options }\n  }\n": typeof types.BeginPasskeyDocument,
    "\n  mutation AddPasskey($ticket: String!, $credential: String!, $label: String!) {\n    added: addPasskey(ticket: $ticket, credential: $credential, label: $label) { id label }\n  }\n": typeof types.AddPasskeyDocument,
    "\n  mutation RenamePasskey($id: ID!, $label: String!) {\n    renamed: renamePasskey(id: $id, label: $label) { id label }\n  }\n": typeof types.RenamePasskeyDocument,
    "\n  mutation RemovePasskey($id: ID!, $password: String!) {\n    removePasskey(id: $id, password: $password)\n  }\n": typeof types.RemovePasskeyDocument,
    "\n  query Vacation {\n    vacation {\n      isEnabled isOn subject text outside outsideText audience startsAt endsAt everyDays\n    }\n  }\n": typeof types.VacationDocument,
    "\n  mutation SetVacation($input: VacationInput!) {\n    setVacation(input: $input) { isEnabled isOn }\n  }\n": typeof types.SetVacationDocument,
    "\n  mutation SetUp($input: SetUpInput!) {\n    setUp(input: $input) {\n      viewer { address }\n      domain { id name displayName dnsRecords { name type value purpose } }\n    }\n  }\n": typeof types.SetUpDocument,
    "\n  query Start($withMail: Boolean!, $withRows: Boolean!, $mailboxId: ID, $limit: Int!) {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n    mailboxes @include(if: $withMail) { ...MailboxFields }\n    view(mailboxId: $mailboxId, limit: $limit, byConversation: true) @include(if: $withRows) {\n      total\n      messageTotal\n      state\n      offset\n      rows { ...RowFields }\n    }\n  }\n": typeof types.StartDocument,
};
const documents: Documents = {
    "\n  query SystemOverview {\n    systemOverview { version startedAt domainCount userCount usedBytes spoolCount oldestSpoolAt }\n  }\n": types.SystemOverviewDocument,
    "\n  fragment SettingFields on SettingValue {\n    key\n    subject\n    label\n    help\n    kind\n    isMultiline\n    choices { value label help }\n    zeroIsUnlimited\n    level\n    value\n    ownValue\n    inheritedValue\n    origin { level name setBy isDefault }\n    inheritedFrom { level name setBy isDefault }\n    ceilingKind\n    ceiling\n    ceilingOrigin { level name setBy isDefault }\n    isEditable\n    ownCeiling\n    isCeilingEditable\n  }\n": types.SettingFieldsFragmentDoc,
    "\n  query AdminDomains($first: Int!, $after: String, $search: String) {\n    domains(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          name\n          displayName\n          isEnabled\n          userCount\n          aliasCount\n          usedBytes\n          maxUsers { value }\n          diskBytes { value }\n        }\n      }\n    }\n  }\n": types.AdminDomainsDocument,
    "\n  query AdminDomain($id: ID!) {\n    domain(id: $id) {\n      id\n      name\n      displayName\n      isEnabled\n      createdAt\n      userCount\n      aliasCount\n      usedBytes\n      maxUsers { value }\n      diskBytes { value }\n      dnsRecords { name type value purpose }\n    }\n  }\n": types.AdminDomainDocument,
    "\n  fragment UserFields on User {\n    id\n    domainId\n    address\n    localpart\n    name\n    isEnabled\n    role\n    isPrimary\n    createdAt\n    lastSignInAt\n    usedBytes\n    messageCount\n    quota { value }\n  }\n": types.UserFieldsFragmentDoc,
    "\n  query AdminUsers($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    users(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...UserFields } }\n    }\n  }\n": types.AdminUsersDocument,
    "\n  query AdminUser($id: ID!) {\n    user(id: $id) { ...UserFields }\n  }\n": types.AdminUserDocument,
    "\n  query AdminAliases($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    aliases(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id localpart address targets isEnabled } }\n    }\n  }\n": types.AdminAliasesDocument,
    "\n  query AdminSettings($level: SettingLevel!, $targetId: ID) {\n    settings(level: $level, targetId: $targetId) { ...SettingFields }\n  }\n": types.AdminSettingsDocument,
    "\n  query AuditEntries($domainId: ID, $first: Int!, $after: String) {\n    auditEntries(domainId: $domainId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id at actor action subject remoteAddress detail } }\n    }\n  }\n": types.AuditEntriesDocument,
    "\n  mutation CreateDomain($name: String!) {\n    createDomain(name: $name) { id displayName }\n  }\n": types.CreateDomainDocument,
    "\n  mutation UpdateDomain($id: ID!, $isEnabled: Boolean!) {\n    updateDomain(id: $id, isEnabled: $isEnabled) { id isEnabled }\n  }\n": types.UpdateDomainDocument,
    "\n  mutation RemoveDomain($id: ID!) {\n    removeDomain(id: $id)\n  }\n": types.RemoveDomainDocument,
    "\n  mutation CreateUser(\n    $domainId: ID!\n    $localpart: String!\n    $name: String!\n    $password: String!\n    $role: Role!\n  ) {\n    createUser(\n      domainId: $domainId\n      localpart: $localpart\n      name: $name\n      password: $password\n      role: $role\n    ) { id address }\n  }\n": types.CreateUserDocument,
    "\n  mutation UpdateUser($id: ID!, $name: String, $isEnabled: Boolean, $role: Role) {\n    updateUser(id: $id, name: $name, isEnabled: $isEnabled, role: $role) { ...UserFields }\n  }\n": types.UpdateUserDocument,
    "\n  mutation SetPassword($userId: ID!, $password: String!) {\n    setPassword(userId: $userId, password: $password) { id }\n  }\n": types.SetPasswordDocument,
    "\n  mutation RemoveUser($id: ID!) {\n    removeUser(id: $id)\n  }\n": types.RemoveUserDocument,
    "\n  mutation CreateAlias($domainId: ID!, $localpart: String!, $targets: [String!]!) {\n    createAlias(domainId: $domainId, localpart: $localpart, targets: $targets) { id }\n  }\n": types.CreateAliasDocument,
    "\n  mutation UpdateAlias($id: ID!, $targets: [String!], $isEnabled: Boolean) {\n    updateAlias(id: $id, targets: $targets, isEnabled: $isEnabled) { id }\n  }\n": types.UpdateAliasDocument,
    "\n  mutation RemoveAlias($id: ID!) {\n    removeAlias(id: $id)\n  }\n": types.RemoveAliasDocument,
    "\n  mutation SetSetting($level: SettingLevel!, $targetId: ID, $key: String!, $value: SettingScalar) {\n    setSetting(level: $level, targetId: $targetId, key: $key, value: $value) { ...SettingFields }\n  }\n": types.SetSettingDocument,
    "\n  query SendGrants($userId: ID!) {\n    sendGrants(userId: $userId) { holder kind mode }\n  }\n": types.SendGrantsDocument,
    "\n  mutation SetSendGrant($userId: ID!, $holder: String!, $mode: SendMode) {\n    setSendGrant(userId: $userId, holder: $holder, mode: $mode) { holder kind mode }\n  }\n": types.SetSendGrantDocument,
    "\n  mutation SetCeiling($level: SettingLevel!, $targetId: ID, $key: String!, $ceiling: SettingScalar) {\n    setCeiling(level: $level, targetId: $targetId, key: $key, ceiling: $ceiling) { ...SettingFields }\n  }\n": types.SetCeilingDocument,
    "\n  query AdminDkimKeys($domainId: ID!) {\n    dkimKeys(domainId: $domainId) {\n      id\n      selector\n      algorithm\n      state\n      recordName\n      recordValue\n      createdAt\n      changedAt\n    }\n  }\n": types.AdminDkimKeysDocument,
    "\n  mutation CreateDkimKey($domainId: ID!, $algorithm: String!) {\n    createDkimKey(domainId: $domainId, algorithm: $algorithm) { id selector }\n  }\n": types.CreateDkimKeyDocument,
    "\n  mutation ActivateDkimKey($id: ID!) {\n    activateDkimKey(id: $id) { id state }\n  }\n": types.ActivateDkimKeyDocument,
    "\n  mutation RemoveDkimKey($id: ID!) {\n    removeDkimKey(id: $id)\n  }\n": types.RemoveDkimKeyDocument,
    "\n  query AdminGateways {\n    gateways {\n      id\n      name\n      host\n      port\n      tls\n      username\n      hasPassword\n      senderDomain\n      recipientDomain\n      priority\n      isEnabled\n    }\n  }\n": types.AdminGatewaysDocument,
    "\n  mutation CreateGateway($input: GatewayInput!) {\n    createGateway(input: $input) { id }\n  }\n": types.CreateGatewayDocument,
    "\n  mutation UpdateGateway($id: ID!, $input: GatewayInput!) {\n    updateGateway(id: $id, input: $input) { id }\n  }\n": types.UpdateGatewayDocument,
    "\n  mutation RemoveGateway($id: ID!) {\n    removeGateway(id: $id)\n  }\n": types.RemoveGatewayDocument,
    "\n  fragment MailingListFields on MailingList {\n    id\n    domainId\n    address\n    localpart\n    name\n    description\n    isEnabled\n    posting\n    isModerated\n    unentitled\n    unverified\n    replyTo\n    fromRewriting\n    subjectPrefix\n    footer\n    maxBytes\n    memberView\n    subscription\n    memberCount\n    heldCount\n    standing\n  }\n": types.MailingListFieldsFragmentDoc,
    "\n  query MailingLists($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    mailingLists(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...MailingListFields } }\n    }\n  }\n": types.MailingListsDocument,
    "\n  query MailingListPage($id: ID!) {\n    mailingList(id: $id) { ...MailingListFields }\n  }\n": types.MailingListPageDocument,
    "\n  query ModeratedLists {\n    moderatedLists { ...MailingListFields }\n  }\n": types.ModeratedListsDocument,
    "\n  query ListMembers($listId: ID!, $first: Int!, $after: String, $search: String) {\n    listMembers(listId: $listId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id address name role delivery bounces suspendedAt } }\n    }\n  }\n": types.ListMembersDocument,
    "\n  query HeldListPosts($listId: ID!, $first: Int!, $after: String) {\n    heldListPosts(listId: $listId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id sender author subject reason sizeBytes heldAt expiresAt } }\n    }\n  }\n": types.HeldListPostsDocument,
    "\n  query HeldListPostText($listId: ID!, $postId: ID!) {\n    heldListPostText(listId: $listId, postId: $postId)\n  }\n": types.HeldListPostTextDocument,
    "\n  query ListRequests($listId: ID!) {\n    listRequests(listId: $listId) { id address createdAt }\n  }\n": types.ListRequestsDocument,
    "\n  query ListAddresses($listId: ID!) {\n    posters: listAddresses(listId: $listId, kind: POSTER)\n    banned: listAddresses(listId: $listId, kind: BANNED)\n  }\n": types.ListAddressesDocument,
    "\n  mutation CreateMailingList($domainId: ID!, $localpart: String!, $options: MailingListOptions!) {\n    createMailingList(domainId: $domainId, localpart: $localpart, options: $options) { id address }\n  }\n": types.CreateMailingListDocument,
    "\n  mutation UpdateMailingList($id: ID!, $options: MailingListOptions!) {\n    updateMailingList(id: $id, options: $options) { id }\n  }\n": types.UpdateMailingListDocument,
    "\n  mutation RemoveMailingList($id: ID!) {\n    removeMailingList(id: $id)\n  }\n": types.RemoveMailingListDocument,
    "\n  mutation AddListMembers($listId: ID!, $members: [NewListMember!]!, $role: ListStanding!) {\n    addListMembers(listId: $listId, members: $members, role: $role) { added known refused }\n  }\n": types.AddListMembersDocument,
    "\n  mutation UpdateListMember(\n    $listId: ID!\n    $id: ID!\n    $role: ListStanding\n    $delivery: ListDelivery\n    $isSuspended: Boolean\n  ) {\n    updateListMember(\n      listId: $listId\n      id: $id\n      role: $role\n      delivery: $delivery\n      isSuspended: $isSuspended\n    ) { id }\n  }\n": types.UpdateListMemberDocument,
    "\n  mutation RemoveListMembers($listId: ID!, $ids: [ID!]!) {\n    removeListMembers(listId: $listId, ids: $ids)\n  }\n": types.RemoveListMembersDocument,
    "\n  mutation SetListAddresses($listId: ID!, $kind: ListAddressKind!, $addresses: [String!]!) {\n    setListAddresses(listId: $listId, kind: $kind, addresses: $addresses)\n  }\n": types.SetListAddressesDocument,
    "\n  mutation DecideListPosts($listId: ID!, $ids: [ID!]!, $decision: ListDecision!, $reason: String!) {\n    decideListPosts(listId: $listId, ids: $ids, decision: $decision, reason: $reason)\n  }\n": types.DecideListPostsDocument,
    "\n  mutation DecideListRequests($listId: ID!, $ids: [ID!]!, $isGranted: Boolean!) {\n    decideListRequests(listId: $listId, ids: $ids, isGranted: $isGranted)\n  }\n": types.DecideListRequestsDocument,
    "\n  fragment SpoolRecipientFields on SpoolRecipient {\n    id\n    address\n    via\n    state\n    isInHand\n    attempts\n    nextAttemptAt\n    lastAttemptAt\n    lastStatus\n    lastReply\n    lastHost\n    priority\n    isPaused\n    isToBeReturned\n    route\n    named\n  }\n": types.SpoolRecipientFieldsFragmentDoc,
    "\n  query AdminQueue($first: Int!, $after: String, $search: String, $domain: String, $state: SpoolState) {\n    spool(first: $first, after: $after, search: $search, domain: $domain, state: $state) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          sender\n          subject\n          createdAt\n          finishedAt\n          isHeld\n          openCount\n          recipientCount\n          recipients { ...SpoolRecipientFields }\n        }\n      }\n    }\n  }\n": types.AdminQueueDocument,
    "\n  query AdminQueuedMessage($id: ID!) {\n    spoolMessage(id: $id) {\n      id\n      sender\n      subject\n      messageId\n      sizeBytes\n      createdAt\n      finishedAt\n      isHeld\n      openCount\n      recipientCount\n      remoteAddress\n      helo\n      protocol\n      recipients {\n        ...SpoolRecipientFields\n        trace {\n        at event host tls status reply nextAttemptAt isClaim source\n        checks { name outcome detail }\n      }\n      }\n    }\n  }\n": types.AdminQueuedMessageDocument,
    "\n  mutation RetrySpool($ids: [ID!]!) {\n    done: retrySpool(ids: $ids)\n  }\n": types.RetrySpoolDocument,
    "\n  mutation HoldSpool($ids: [ID!]!) {\n    done: holdSpool(ids: $ids)\n  }\n": types.HoldSpoolDocument,
    "\n  mutation ReleaseSpool($ids: [ID!]!) {\n    done: releaseSpool(ids: $ids)\n  }\n": types.ReleaseSpoolDocument,
    "\n  mutation DropSpool($ids: [ID!]!) {\n    done: dropSpool(ids: $ids)\n  }\n": types.DropSpoolDocument,
    "\n  mutation ReturnSpool($ids: [ID!]!) {\n    done: returnSpool(ids: $ids)\n  }\n": types.ReturnSpoolDocument,
    "\n  mutation PrioritizeSpool($ids: [ID!]!, $priority: Int!) {\n    done: prioritizeSpool(ids: $ids, priority: $priority)\n  }\n": types.PrioritizeSpoolDocument,
    "\n  mutation RerouteSpool($ids: [ID!]!, $to: SpoolDetour!) {\n    done: rerouteSpool(ids: $ids, to: $to)\n  }\n": types.RerouteSpoolDocument,
    "\n  mutation ResetSpoolRoute($ids: [ID!]!) {\n    done: resetSpoolRoute(ids: $ids)\n  }\n": types.ResetSpoolRouteDocument,
    "\n  mutation ActOnSpool(\n    $act: SpoolAct!\n    $search: String\n    $domain: String\n    $state: SpoolState\n    $before: ID\n    $to: SpoolDetour\n  ) {\n    actOnSpool(act: $act, search: $search, domain: $domain, state: $state, before: $before, to: $to) {\n      changed\n      lookedAt\n      before\n    }\n  }\n": types.ActOnSpoolDocument,
    "\n  query AdminSpoolDestinations {\n    spoolDestinations { domain queued held nextAttemptAt mostAttempts }\n    spoolPauses { domain pausedAt actor }\n  }\n": types.AdminSpoolDestinationsDocument,
    "\n  query AdminSpoolPauses {\n    spoolPauses { domain pausedAt actor }\n  }\n": types.AdminSpoolPausesDocument,
    "\n  mutation PauseSending($domain: String!) {\n    pauseSending(domain: $domain) { domain pausedAt actor }\n  }\n": types.PauseSendingDocument,
    "\n  mutation ResumeSending($domain: String!) {\n    resumeSending(domain: $domain)\n  }\n": types.ResumeSendingDocument,
    "\n  query AdminDomainAliases($domainId: ID!) {\n    domainAliases(domainId: $domainId) {\n      id\n      name\n      displayName\n      dkimSelectors\n      dnsRecords { name type value purpose }\n    }\n  }\n": types.AdminDomainAliasesDocument,
    "\n  mutation AddDomainAlias($domainId: ID!, $name: String!) {\n    addDomainAlias(domainId: $domainId, name: $name) { id displayName }\n  }\n": types.AddDomainAliasDocument,
    "\n  mutation RemoveDomainAlias($id: ID!) {\n    removeDomainAlias(id: $id)\n  }\n": types.RemoveDomainAliasDocument,
    "\n  query AdminDomainRoute($domainId: ID!) {\n    domainRoute(domainId: $domainId) { domainId host port tls accepts }\n  }\n": types.AdminDomainRouteDocument,
    "\n  mutation SetDomainRoute($domainId: ID!, $input: DomainRouteInput!) {\n    setDomainRoute(domainId: $domainId, input: $input) { domainId }\n  }\n": types.SetDomainRouteDocument,
    "\n  mutation RemoveDomainRoute($domainId: ID!) {\n    removeDomainRoute(domainId: $domainId)\n  }\n": types.RemoveDomainRouteDocument,
    "\n  query AdminRoutedRecipients($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    routedRecipients(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node }\n    }\n  }\n": types.AdminRoutedRecipientsDocument,
    "\n  mutation AddRoutedRecipients($domainId: ID!, $localparts: [String!]!) {\n    addRoutedRecipients(domainId: $domainId, localparts: $localparts)\n  }\n": types.AddRoutedRecipientsDocument,
    "\n  mutation RemoveRoutedRecipients($domainId: ID!, $localparts: [String!]!) {\n    removeRoutedRecipients(domainId: $domainId, localparts: $localparts)\n  }\n": types.RemoveRoutedRecipientsDocument,
    "\n  query AdminSuppressions($domainId: ID, $first: Int!, $after: String, $search: String) {\n    suppressions(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id address reason detail bounces createdAt expiresAt actor } }\n    }\n  }\n": types.AdminSuppressionsDocument,
    "\n  mutation AddSuppression(\n    $address: String!\n    $domainId: ID\n    $reason: SuppressionReason!\n    $detail: String!\n    $days: Int\n  ) {\n    addSuppression(address: $address, domainId: $domainId, reason: $reason, detail: $detail, days: $days) {\n      id\n    }\n  }\n": types.AddSuppressionDocument,
    "\n  mutation RemoveSuppressions($ids: [ID!]!) {\n    removeSuppressions(ids: $ids)\n  }\n": types.RemoveSuppressionsDocument,
    "\n  query AdminTlsReports($domainId: ID!, $first: Int!, $after: String) {\n    tlsReports(domainId: $domainId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          organization\n          sender\n          policyType\n          beginsAt\n          successes\n          failures\n          details { result sessions mxHost mxAddress information }\n        }\n      }\n    }\n  }\n": types.AdminTlsReportsDocument,
    "\n  mutation SetPreferences($entries: [PreferenceInput!]!) {\n    setPreferences(entries: $entries)\n  }\n": types.SetPreferencesDocument,
    "\n  query Shortcuts {\n    shortcuts { isOn keys { command keys } }\n  }\n": types.ShortcutsDocument,
    "\n  mutation SetShortcuts($isOn: Boolean!, $keys: [CommandKeysInput!]!) {\n    setShortcuts(isOn: $isOn, keys: $keys) { isOn }\n  }\n": types.SetShortcutsDocument,
    "\n  query PalettePeople($text: String!) {\n    suggestions(text: $text, limit: 5) { name address }\n  }\n": types.PalettePeopleDocument,
    "\n  query PaletteDomains($text: String!) {\n    domains(first: 5, search: $text) { edges { node { id displayName } } }\n  }\n": types.PaletteDomainsDocument,
    "\n  query Push {\n    push {\n      serverKey\n      sessionId\n      devices { id isCurrent userAgent createdAt pushedAt endpoint }\n    }\n  }\n": types.PushDocument,
    "\n  mutation AddPushDevice($input: PushSubscriptionInput!) {\n    push: addPushDevice(input: $input) { devices { id isCurrent } }\n  }\n": types.AddPushDeviceDocument,
    "\n  mutation RemovePushDevice($id: ID!) {\n    push: removePushDevice(id: $id) { devices { id } }\n  }\n": types.RemovePushDeviceDocument,
    "\n  mutation TestPushDevice($id: ID!) {\n    testPushDevice(id: $id)\n  }\n": types.TestPushDeviceDocument,
    "\n  fragment ViewerFields on Viewer {\n    id\n    name\n    address\n    role\n    permissions\n    domain { id name }\n    quota { usedBytes limitBytes }\n    identities { name address mode ownName replyTo isDefault signatureId replySignatureId }\n    undoSeconds\n    writesPlainText\n    maxMessageBytes\n    maxRecipients\n    moderatesLists\n    mustSetUpTwoStep\n    preferences { name value }\n  }\n": types.ViewerFieldsFragmentDoc,
    "\n  query Session {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n  }\n": types.SessionDocument,
    "\n  mutation SignIn($login: String!, $password: String!) {\n    signIn(login: $login, password: $password) {\n      viewer { ...ViewerFields }\n      secondStep { ticket methods passkeyOptions }\n    }\n  }\n": types.SignInDocument,
    "\n  mutation FinishSignIn($ticket: String!, $code: String, $passkey: String) {\n    finishSignIn(ticket: $ticket, code: $code, passkey: $passkey) { viewer { ...ViewerFields } }\n  }\n": types.FinishSignInDocument,
    "\n  mutation BeginPasskeySignIn {\n    beginPasskeySignIn { ticket options }\n  }\n": types.BeginPasskeySignInDocument,
    "\n  mutation SignOut {\n    signOut\n  }\n": types.SignOutDocument,
    "\n  fragment DeliveryFields on Delivery {\n    id\n    sender\n    subject\n    sizeBytes\n    at\n    isOutgoing\n    remoteAddress\n    helo\n    protocol\n    times\n    recipientCount\n    recipients {\n      id\n      address\n      via\n      state\n      isHeld\n      isGroup\n      attempts\n      nextAttemptAt\n      lastAttemptAt\n      lastStatus\n      lastReply\n      trace {\n        at event host tls status reply nextAttemptAt isClaim source\n        checks { name outcome detail }\n      }\n    }\n  }\n": types.DeliveryFieldsFragmentDoc,
    "\n  query DomainDeliveries(\n    $domainId: ID!\n    $first: Int!\n    $after: String\n    $search: String\n    $state: DeliveryState\n    $since: DateTime\n    $until: DateTime\n  ) {\n    found: domainDeliveries(\n      domainId: $domainId\n      first: $first\n      after: $after\n      search: $search\n      state: $state\n      since: $since\n      until: $until\n    ) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n": types.DomainDeliveriesDocument,
    "\n  query DomainDelivery($domainId: ID!, $id: ID!) {\n    found: domainDelivery(domainId: $domainId, id: $id) { ...DeliveryFields }\n  }\n": types.DomainDeliveryDocument,
    "\n  query SentDeliveries($first: Int!, $after: String, $search: String) {\n    found: sentDeliveries(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n": types.SentDeliveriesDocument,
    "\n  query IncomingDeliveries($first: Int!, $after: String, $search: String) {\n    found: incomingDeliveries(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n": types.IncomingDeliveriesDocument,
    "\n  query RefusedMail($first: Int!, $after: String, $search: String) {\n    found: refusedMail(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n": types.RefusedMailDocument,
    "\n  query MessageDelivery($id: ID!) {\n    found: messageDelivery(messageId: $id) { ...DeliveryFields }\n  }\n": types.MessageDeliveryDocument,
    "\n  query Forward($userId: ID) {\n    forward(userId: $userId) { userId targets keepsCopy isAllowed mayLeaveDomain maxTargets }\n  }\n": types.ForwardDocument,
    "\n  mutation SetForward($userId: ID, $targets: [String!]!, $keepsCopy: Boolean!) {\n    setForward(userId: $userId, targets: $targets, keepsCopy: $keepsCopy) { userId }\n  }\n": types.SetForwardDocument,
    "\n  fragment BulkActFields on BulkAct {\n    id\n    state\n    label\n    undoOf\n    destroy\n    total\n    done\n    skipped\n    error\n    beginsAt\n    createdAt\n  }\n": types.BulkActFieldsFragmentDoc,
    "\n  query BulkActs {\n    bulkActs { ...BulkActFields }\n  }\n": types.BulkActsDocument,
    "\n  mutation BeginBulkAct($input: BeginBulkActInput!) {\n    beginBulkAct(input: $input) { ...BulkActFields }\n  }\n": types.BeginBulkActDocument,
    "\n  mutation CancelBulkAct($id: ID!) {\n    cancelBulkAct(id: $id) { ...BulkActFields }\n  }\n": types.CancelBulkActDocument,
    "\n  mutation UndoBulkAct($id: ID!) {\n    undoBulkAct(id: $id) { ...BulkActFields }\n  }\n": types.UndoBulkActDocument,
    "\n  fragment DraftFields on Draft {\n    id\n    from { name address }\n    to { name address }\n    cc { name address }\n    bcc { name address }\n    subject\n    html\n    text\n    attachments { id name contentType sizeBytes contentId }\n    inReplyTo\n    forwardOf\n    savedAt\n    key\n    writer\n  }\n": types.DraftFieldsFragmentDoc,
    "\n  mutation SaveDraft($input: DraftInput!) {\n    saveDraft(input: $input) { id attachments { id name contentType sizeBytes contentId } savedAt }\n  }\n": types.SaveDraftDocument,
    "\n  query DraftFate($key: String!) {\n    draftFate(key: $key) { draft { ...DraftFields } sendAt sentAt }\n  }\n": types.DraftFateDocument,
    "\n  query DraftStands($id: ID!) {\n    message(id: $id) { id row { id timer { dueAt } } }\n  }\n": types.DraftStandsDocument,
    "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n": types.DiscardDraftDocument,
    "\n  mutation SubmitDraft($id: ID!, $remindDays: Int) {\n    submitDraft(id: $id, remindDays: $remindDays) { id releaseAt state }\n  }\n": types.SubmitDraftDocument,
    "\n  mutation CancelSubmission($id: ID!) {\n    cancelSubmission(id: $id) { ...DraftFields }\n  }\n": types.CancelSubmissionDocument,
    "\n  query DraftToEdit($id: ID!) {\n    message(id: $id) { id draft { ...DraftFields } }\n  }\n": types.DraftToEditDocument,
    "\n  query OriginalToAnswer($id: ID!, $isPlain: Boolean! = false) {\n    message(id: $id) {\n      id\n      row { subject receivedAt }\n      from { name address }\n      to { name address }\n      cc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: false) { html text @include(if: $isPlain) }\n      attachments { part name contentType sizeBytes isInline }\n    }\n  }\n": types.OriginalToAnswerDocument,
    "\n  query ShownPictures($id: ID!) {\n    message(id: $id) {\n      id\n      held: body(showImages: false) { html }\n      shown: body { html }\n    }\n  }\n": types.ShownPicturesDocument,
    "\n  query MessageToAttach($id: ID!) {\n    message(id: $id) { id row { subject sizeBytes } }\n  }\n": types.MessageToAttachDocument,
    "\n  query Suggestions($text: String!) {\n    suggestions(text: $text, limit: 8) { name address source }\n  }\n": types.SuggestionsDocument,
    "\n  query SignaturesToUse {\n    signatures { id name html }\n  }\n": types.SignaturesToUseDocument,
    "\n  query TemplatesToUse {\n    templates { id name subject html }\n  }\n": types.TemplatesToUseDocument,
    "\n  mutation SaveAsTemplate($input: TemplateInput!) {\n    createTemplate(input: $input) { id name }\n  }\n": types.SaveAsTemplateDocument,
    "\n  mutation HideSuggestion($address: String!) {\n    hideSuggestion(address: $address)\n  }\n": types.HideSuggestionDocument,
    "\n  query FileLinkLimits {\n    fileLinkLimits { maxBytes offerBytes maxDays }\n  }\n": types.FileLinkLimitsDocument,
    "\n  mutation SetFileLinkPassword($id: ID!, $password: String!) {\n    setFileLinkPassword(id: $id, password: $password)\n  }\n": types.SetFileLinkPasswordDocument,
    "\n  query MailboxShares($id: ID!) {\n    shares: mailboxShares(mailboxId: $id) { holder kind isNegative rights }\n  }\n": types.MailboxSharesDocument,
    "\n  mutation SetMailboxShare($input: SetMailboxShareInput!) {\n    shares: setMailboxShare(input: $input) { holder kind isNegative rights }\n  }\n": types.SetMailboxShareDocument,
    "\n  query ShareHolders($search: String!) {\n    holders: shareHolders(search: $search) { holder kind name }\n  }\n": types.ShareHoldersDocument,
    "\n  mutation ScheduleDraft($id: ID!, $sendAt: DateTime!, $remindDays: Int) {\n    scheduleDraft(id: $id, sendAt: $sendAt, remindDays: $remindDays) { id sendAt }\n  }\n": types.ScheduleDraftDocument,
    "\n  mutation CancelScheduled($id: ID!) {\n    cancelScheduled(id: $id) { id attachments { id name contentType sizeBytes contentId } }\n  }\n": types.CancelScheduledDocument,
    "\n  mutation SendScheduledNow($id: ID!) {\n    sendScheduledNow(id: $id) { id releaseAt }\n  }\n": types.SendScheduledNowDocument,
    "\n  mutation RemindOfMessage($id: ID!, $at: DateTime) {\n    remindOfMessage(id: $id, at: $at)\n  }\n": types.RemindOfMessageDocument,
    "\n  query News($after: ID, $zone: String!) {\n    news(after: $after, zone: $zone) {\n      end\n      messages { id sender subject }\n    }\n  }\n": types.NewsDocument,
    "\n  query MessageOrigin($id: ID!) {\n    message(id: $id) {\n      id\n      headers\n      messageId\n      origin {\n        standing\n        fromDomain\n        isSignedByDomain\n        isSentByDomain\n        signers\n        returnPath\n        listId\n        checks { method result reason domain }\n        path { fromName fromAddress by protocol tls isEncrypted at delaySeconds }\n      }\n    }\n  }\n": types.MessageOriginDocument,
    "\n  query AttachmentPreview($messageId: ID!, $part: String!, $showImages: Boolean) {\n    attachmentPreview(messageId: $messageId, part: $part, showImages: $showImages) {\n      text\n      isTruncated\n      contacts {\n        name\n        organisation\n        title\n        birthday\n        note\n        emails { value kind }\n        phones { value kind }\n        addresses { value kind }\n        urls { value kind }\n      }\n      message {\n        subject\n        from { name address }\n        to { name address }\n        cc { name address }\n        sentAt\n        html\n        blockedImages\n        offersImages\n        isTruncated\n        isDarkFriendly\n        attachmentCount\n        attachments { part name contentType sizeBytes isInline url preview }\n      }\n      invitation { ...InvitationFields }\n    }\n  }\n": types.AttachmentPreviewDocument,
    "\n  fragment InvitationFields on Invitation {\n    method\n    summary\n    description\n    location\n    status\n    starts { at local zone isDay }\n    ends { at local zone isDay }\n    rule\n    organizer { name address }\n    attendees { name address status isOptional }\n    eventCount\n    canAnswer\n    answer\n  }\n": types.InvitationFieldsFragmentDoc,
    "\n  mutation AnswerInvitation($messageId: ID!, $part: String!, $answer: InvitationAnswer!, $comment: String!) {\n    answerInvitation(messageId: $messageId, part: $part, answer: $answer, comment: $comment) {\n      ...InvitationFields\n    }\n  }\n": types.AnswerInvitationDocument,
    "\n  query Attachments($messageId: ID!, $offset: Int!, $limit: Int!) {\n    attachments(messageId: $messageId, offset: $offset, limit: $limit) {\n      part\n      name\n      contentType\n      sizeBytes\n      isInline\n      url\n      preview\n    }\n  }\n": types.AttachmentsDocument,
    "\n  mutation Unsubscribe($messageId: ID!) {\n    unsubscribe(messageId: $messageId) { way target leftAt }\n  }\n": types.UnsubscribeDocument,
    "\n  mutation SetSenderLook($address: String!, $ownColours: Boolean!, $hideImages: Boolean!) {\n    setSenderLook(address: $address, ownColours: $ownColours, hideImages: $hideImages)\n  }\n": types.SetSenderLookDocument,
    "\n  mutation SplitConversation($messageId: ID!) {\n    splitConversation(messageId: $messageId)\n  }\n": types.SplitConversationDocument,
    "\n  mutation JoinConversations($messageIds: [ID!]!) {\n    joinConversations(messageIds: $messageIds) { threadId brought }\n  }\n": types.JoinConversationsDocument,
    "\n  mutation PartMessages($messageIds: [ID!]!) {\n    partMessages(messageIds: $messageIds)\n  }\n": types.PartMessagesDocument,
    "\n  query SearchSuggestions($text: String!) {\n    searchSuggestions(text: $text) { people { name address } tags files }\n  }\n": types.SearchSuggestionsDocument,
    "\n  query SavedSearches {\n    savedSearches { id name query }\n  }\n": types.SavedSearchesDocument,
    "\n  mutation SaveSearch($id: ID, $name: String!, $query: String!) {\n    saveSearch(id: $id, name: $name, query: $query) { id name query }\n  }\n": types.SaveSearchDocument,
    "\n  mutation DeleteSavedSearch($id: ID!) {\n    deleteSavedSearch(id: $id)\n  }\n": types.DeleteSavedSearchDocument,
    "\n  fragment RowFields on MessageRow {\n    id\n    mailboxId\n    threadId\n    threadCount\n    from { name address }\n    toText\n    subject\n    preview\n    receivedAt\n    sizeBytes\n    isSeen\n    isFlagged\n    isAnswered\n    isForwarded\n    isDraft\n    keywords\n    hasAttachments\n    isMuted\n    isReminder\n    timer { kind dueAt returnTo error }\n    conversation { members { id isSeen isFlagged } tags { keyword ids } people { name address } }\n  }\n": types.RowFieldsFragmentDoc,
    "\n  fragment MailboxFields on Mailbox {\n    id\n    path\n    name\n    parentId\n    specialUse\n    total\n    unread\n    modseq\n    rights\n  }\n": types.MailboxFieldsFragmentDoc,
    "\n  query Mailboxes {\n    mailboxes { ...MailboxFields }\n  }\n": types.MailboxesDocument,
    "\n  query View($mailboxId: ID, $search: String, $sort: MessageSort!, $filter: MessageFilter, $offset: Int!, $limit: Int!, $timeZone: String, $byConversation: Boolean!) {\n    view(mailboxId: $mailboxId, search: $search, sort: $sort, filter: $filter, offset: $offset, limit: $limit, timeZone: $timeZone, byConversation: $byConversation) {\n      total\n      messageTotal\n      state\n      offset\n      rows { ...RowFields }\n      terms { start length operator value isExcluded doubt }\n    }\n  }\n": types.ViewDocument,
    "\n  query ViewChanges(\n    $mailboxId: ID!, $since: Long!, $sort: MessageSort!, $filter: MessageFilter, $byConversation: Boolean!\n  ) {\n    viewChanges(\n      mailboxId: $mailboxId, since: $since, sort: $sort, filter: $filter, byConversation: $byConversation\n    ) {\n      state\n      total\n      messageTotal\n      isReset\n      removed\n      added { index row { ...RowFields } }\n      updated { ...RowFields }\n      mailboxes { ...MailboxFields }\n    }\n  }\n": types.ViewChangesDocument,
    "\n  mutation UpdateMessages($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) {\n      state\n      failed { id message }\n      mailboxes { ...MailboxFields }\n    }\n  }\n": types.UpdateMessagesDocument,
    "\n  query MessageDetail($id: ID!, $showImages: Boolean) {\n    message(id: $id) {\n      id\n      row { ...RowFields }\n      messageId\n      from { name address }\n      sender { name address }\n      to { name address }\n      cc { name address }\n      bcc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: $showImages) { html text blockedImages offersImages hasQuote isTruncated isDarkFriendly }\n      attachments { part name contentType sizeBytes isInline url preview }\n      attachmentCount\n      origin { standing fromDomain isSignedByDomain isSentByDomain signers }\n      unsubscribe { way target leftAt }\n      senderLook { ownColours hideImages }\n      thread { ...RowFields }\n      deliveryReports { address action status reporter diagnostic isVerified reportedAt }\n    }\n  }\n": types.MessageDetailDocument,
    "\n  query Conversation($messageId: ID!) {\n    conversation(messageId: $messageId) { ...RowFields }\n  }\n": types.ConversationDocument,
    "\n  subscription AccountChanged {\n    accountChanged {\n      modseq\n      mailboxIds\n      mailboxes { ...MailboxFields }\n      isMailboxListChanged\n      submissions { id state releaseAt subject toText error }\n      bulkActs { ...BulkActFields }\n    }\n  }\n": types.AccountChangedDocument,
    "\n  mutation TrustSender($address: String!, $trusted: Boolean!) {\n    trustSender(address: $address, trusted: $trusted)\n  }\n": types.TrustSenderDocument,
    "\n  mutation CreateMailbox($path: String!) {\n    createMailbox(path: $path) { ...MailboxFields }\n  }\n": types.CreateMailboxDocument,
    "\n  mutation RenameMailbox($id: ID!, $path: String!) {\n    renameMailbox(id: $id, path: $path) { ...MailboxFields }\n  }\n": types.RenameMailboxDocument,
    "\n  mutation DeleteMailbox($id: ID!) {\n    deleteMailbox(id: $id)\n  }\n": types.DeleteMailboxDocument,
    "\n  query Tags {\n    tags\n  }\n": types.TagsDocument,
    "\n  query VacationStand {\n    vacation { isOn endsAt }\n  }\n": types.VacationStandDocument,
    "\n  mutation EndVacation {\n    endVacation { isOn }\n  }\n": types.EndVacationDocument,
    "\n  fragment FilterFields on MailFilter {\n    id\n    name\n    isEnabled\n    match\n    stops\n    trouble\n    conditions { field relation value header isNegated }\n    actions { act mailboxId path keyword addresses }\n  }\n": types.FilterFieldsFragmentDoc,
    "\n  query Filters {\n    filters { ...FilterFields }\n  }\n": types.FiltersDocument,
    "\n  query FilterFolders {\n    mailboxes { id path name specialUse total owner parentId }\n  }\n": types.FilterFoldersDocument,
    "\n  query FilterSuggestion($messageId: ID!) {\n    filterSuggestion(messageId: $messageId) {\n      sender senderName senderDomain listId subject detailAddress\n    }\n  }\n": types.FilterSuggestionDocument,
    "\n  query FilterPreview(\n    $conditions: [FilterConditionInput!]!, $match: FilterMatch!, $everywhere: Boolean!, $first: Int!\n  ) {\n    filterPreview(conditions: $conditions, match: $match, everywhere: $everywhere, first: $first) {\n      lookedAt\n      matched\n      rows { id from { name address } subject receivedAt }\n    }\n  }\n": types.FilterPreviewDocument,
    "\n  mutation CreateFilter($input: FilterInput!, $position: Int) {\n    filter: createFilter(input: $input, position: $position) { ...FilterFields }\n  }\n": types.CreateFilterDocument,
    "\n  mutation UpdateFilter($id: ID!, $input: FilterInput!) {\n    filter: updateFilter(id: $id, input: $input) { ...FilterFields }\n  }\n": types.UpdateFilterDocument,
    "\n  mutation SetFilterEnabled($id: ID!, $isEnabled: Boolean!) {\n    setFilterEnabled(id: $id, isEnabled: $isEnabled) { id isEnabled }\n  }\n": types.SetFilterEnabledDocument,
    "\n  mutation ReorderFilters($ids: [ID!]!) {\n    reorderFilters(ids: $ids) { id }\n  }\n": types.ReorderFiltersDocument,
    "\n  mutation RemoveFilter($id: ID!) {\n    removeFilter(id: $id)\n  }\n": types.RemoveFilterDocument,
    "\n  mutation ApplyFilter($id: ID!, $mailboxId: ID!, $after: String) {\n    step: applyFilter(id: $id, mailboxId: $mailboxId, after: $after) {\n      lookedAt\n      matched\n      next\n      moved { mailboxId ids }\n      marked { flag ids }\n      copied\n    }\n  }\n": types.ApplyFilterDocument,
    "\n  mutation UndoFilter($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) { failed { id } }\n  }\n": types.UndoFilterDocument,
    "\n  query SenderLists {\n    senderLists { trusted blocked }\n  }\n": types.SenderListsDocument,
    "\n  mutation AddSender($kind: SenderListKind!, $address: String!) {\n    addSender(kind: $kind, address: $address) { trusted blocked }\n  }\n": types.AddSenderDocument,
    "\n  mutation RemoveSender($kind: SenderListKind!, $address: String!) {\n    removeSender(kind: $kind, address: $address) { trusted blocked }\n  }\n": types.RemoveSenderDocument,
    "\n  query FolderCleanups {\n    folderCleanups { mailboxId maxAgeDays keepNewest isForever }\n  }\n": types.FolderCleanupsDocument,
    "\n  query CleanupPreview($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int) {\n    cleanupPreview(mailboxId: $mailboxId, maxAgeDays: $maxAgeDays, keepNewest: $keepNewest)\n  }\n": types.CleanupPreviewDocument,
    "\n  mutation SetFolderCleanup($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int, $isForever: Boolean!) {\n    setFolderCleanup(\n      mailboxId: $mailboxId, maxAgeDays: $maxAgeDays, keepNewest: $keepNewest, isForever: $isForever\n    ) { mailboxId }\n  }\n": types.SetFolderCleanupDocument,
    "\n  mutation RemoveFolderCleanup($mailboxId: ID!) {\n    removeFolderCleanup(mailboxId: $mailboxId) { mailboxId }\n  }\n": types.RemoveFolderCleanupDocument,
    "\n  query OwnSessions {\n    viewer {\n      sessions { id isCurrent createdAt seenAt remoteAddress userAgent }\n    }\n  }\n": types.OwnSessionsDocument,
    "\n  mutation RevokeSession($id: ID!) {\n    revokeSession(id: $id)\n  }\n": types.RevokeSessionDocument,
    "\n  mutation RevokeOtherSessions {\n    count: revokeOtherSessions\n  }\n": types.RevokeOtherSessionsDocument,
    "\n  mutation ChangePassword($current: String!, $new: String!) {\n    changePassword(current: $current, new: $new)\n  }\n": types.ChangePasswordDocument,
    "\n  query AppPasswords {\n    appPasswords { id label protocols createdAt usedAt usedFrom }\n    mailServers { protocol host port security }\n  }\n": types.AppPasswordsDocument,
    "\n  mutation CreateAppPassword($label: String!, $protocols: [MailProtocol!]) {\n    created: createAppPassword(label: $label, protocols: $protocols) {\n      password\n      appPassword { id label protocols }\n    }\n  }\n": types.CreateAppPasswordDocument,
    "\n  mutation RevokeAppPassword($id: ID!) {\n    revokeAppPassword(id: $id)\n  }\n": types.RevokeAppPasswordDocument,
    "\n  query PersonalSettings($id: ID!) {\n    settings(level: USER, targetId: $id) {\n      key value ownValue inheritedValue isEditable ceilingKind ceiling\n      choices { value label help }\n      origin { level name setBy isDefault }\n      inheritedFrom { level name setBy isDefault }\n      ceilingOrigin { level name isDefault }\n    }\n  }\n": types.PersonalSettingsDocument,
    "\n  mutation SetPersonalSetting($id: ID!, $key: String!, $value: SettingScalar) {\n    setSetting(level: USER, targetId: $id, key: $key, value: $value) { key value }\n  }\n": types.SetPersonalSettingDocument,
    "\n  query OwnSignatures {\n    signatures { id name html }\n  }\n": types.OwnSignaturesDocument,
    "\n  mutation CreateSignature($input: SignatureInput!) {\n    createSignature(input: $input) { id }\n  }\n": types.CreateSignatureDocument,
    "\n  mutation UpdateSignature($id: ID!, $input: SignatureInput!) {\n    updateSignature(id: $id, input: $input) { id }\n  }\n": types.UpdateSignatureDocument,
    "\n  mutation RemoveSignature($id: ID!) {\n    removeSignature(id: $id)\n  }\n": types.RemoveSignatureDocument,
    "\n  query OwnTemplates {\n    templates { id name subject html }\n  }\n": types.OwnTemplatesDocument,
    "\n  mutation CreateTemplate($input: TemplateInput!) {\n    createTemplate(input: $input) { id }\n  }\n": types.CreateTemplateDocument,
    "\n  mutation UpdateTemplate($id: ID!, $input: TemplateInput!) {\n    updateTemplate(id: $id, input: $input) { id }\n  }\n": types.UpdateTemplateDocument,
    "\n  mutation RemoveTemplate($id: ID!) {\n    removeTemplate(id: $id)\n  }\n": types.RemoveTemplateDocument,
    "\n  mutation SetSender($address: String!, $input: SenderInput!) {\n    setSender(address: $address, input: $input)\n  }\n": types.SetSenderDocument,
    "\n  query OwnFileLinks {\n    fileLinks { id name sizeBytes hasPassword downloads createdAt expiresAt }\n    fileLinkLimits { maxBytes }\n  }\n": types.OwnFileLinksDocument,
    "\n  mutation RevokeFileLink($id: ID!) {\n    revokeFileLink(id: $id)\n  }\n": types.RevokeFileLinkDocument,
    "\n  query OwnTwoStep {\n    viewer {\n      twoStep {\n        isOn\n        isRequired\n        hasApp\n        recoveryCodesLeft\n        passkeys { id label createdAt usedAt }\n      }\n    }\n  }\n": types.OwnTwoStepDocument,
    "\n  mutation BeginTotp($password: String!) {\n    begun: beginTotp(password: $password) { secret uri }\n  }\n": types.BeginTotpDocument,
    "\n  mutation ConfirmTotp($code: String!) {\n    codes: confirmTotp(code: $code)\n  }\n": types.ConfirmTotpDocument,
    "\n  mutation RemoveTotp($password: String!) {\n    removeTotp(password: $password)\n  }\n": types.RemoveTotpDocument,
    "\n  mutation SetTwoStep($password: String!, $isOn: Boolean!) {\n    codes: setTwoStep(password: $password, isOn: $isOn)\n  }\n": types.SetTwoStepDocument,
    "\n  mutation RenewRecoveryCodes($password: String!) {\n    codes: renewRecoveryCodes(password: $password)\n  }\n": types.RenewRecoveryCodesDocument,
    "\n  mutation BeginPasskey($password: String!) {\n    begun: beginPasskey(password: $password) { ticket options }\n  }\n": types.BeginPasskeyDocument,
    "\n  mutation AddPasskey($ticket: String!, $credential: String!, $label: String!) {\n    added: addPasskey(ticket: $ticket, credential: $credential, label: $label) { id label }\n  }\n": types.AddPasskeyDocument,
    "\n  mutation RenamePasskey($id: ID!, $label: String!) {\n    renamed: renamePasskey(id: $id, label: $label) { id label }\n  }\n": types.RenamePasskeyDocument,
    "\n  mutation RemovePasskey($id: ID!, $password: String!) {\n    removePasskey(id: $id, password: $password)\n  }\n": types.RemovePasskeyDocument,
    "\n  query Vacation {\n    vacation {\n      isEnabled isOn subject text outside outsideText audience startsAt endsAt everyDays\n    }\n  }\n": types.VacationDocument,
    "\n  mutation SetVacation($input: VacationInput!) {\n    setVacation(input: $input) { isEnabled isOn }\n  }\n": types.SetVacationDocument,
    "\n  mutation SetUp($input: SetUpInput!) {\n    setUp(input: $input) {\n      viewer { address }\n      domain { id name displayName dnsRecords { name type value purpose } }\n    }\n  }\n": types.SetUpDocument,
    "\n  query Start($withMail: Boolean!, $withRows: Boolean!, $mailboxId: ID, $limit: Int!) {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n    mailboxes @include(if: $withMail) { ...MailboxFields }\n    view(mailboxId: $mailboxId, limit: $limit, byConversation: true) @include(if: $withRows) {\n      total\n      messageTotal\n      state\n      offset\n      rows { ...RowFields }\n    }\n  }\n": types.StartDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SystemOverview {\n    systemOverview { version startedAt domainCount userCount usedBytes spoolCount oldestSpoolAt }\n  }\n"): typeof import('./graphql').SystemOverviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SettingFields on SettingValue {\n    key\n    subject\n    label\n    help\n    kind\n    isMultiline\n    choices { value label help }\n    zeroIsUnlimited\n    level\n    value\n    ownValue\n    inheritedValue\n    origin { level name setBy isDefault }\n    inheritedFrom { level name setBy isDefault }\n    ceilingKind\n    ceiling\n    ceilingOrigin { level name setBy isDefault }\n    isEditable\n    ownCeiling\n    isCeilingEditable\n  }\n"): typeof import('./graphql').SettingFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminDomains($first: Int!, $after: String, $search: String) {\n    domains(first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          name\n          displayName\n          isEnabled\n          userCount\n          aliasCount\n          usedBytes\n          maxUsers { value }\n          diskBytes { value }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').AdminDomainsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminDomain($id: ID!) {\n    domain(id: $id) {\n      id\n      name\n      displayName\n      isEnabled\n      createdAt\n      userCount\n      aliasCount\n      usedBytes\n      maxUsers { value }\n      diskBytes { value }\n      dnsRecords { name type value purpose }\n    }\n  }\n"): typeof import('./graphql').AdminDomainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserFields on User {\n    id\n    domainId\n    address\n    localpart\n    name\n    isEnabled\n    role\n    isPrimary\n    createdAt\n    lastSignInAt\n    usedBytes\n    messageCount\n    quota { value }\n  }\n"): typeof import('./graphql').UserFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminUsers($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    users(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...UserFields } }\n    }\n  }\n"): typeof import('./graphql').AdminUsersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminUser($id: ID!) {\n    user(id: $id) { ...UserFields }\n  }\n"): typeof import('./graphql').AdminUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminAliases($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    aliases(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id localpart address targets isEnabled } }\n    }\n  }\n"): typeof import('./graphql').AdminAliasesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminSettings($level: SettingLevel!, $targetId: ID) {\n    settings(level: $level, targetId: $targetId) { ...SettingFields }\n  }\n"): typeof import('./graphql').AdminSettingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AuditEntries($domainId: ID, $first: Int!, $after: String) {\n    auditEntries(domainId: $domainId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id at actor action subject remoteAddress detail } }\n    }\n  }\n"): typeof import('./graphql').AuditEntriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateDomain($name: String!) {\n    createDomain(name: $name) { id displayName }\n  }\n"): typeof import('./graphql').CreateDomainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateDomain($id: ID!, $isEnabled: Boolean!) {\n    updateDomain(id: $id, isEnabled: $isEnabled) { id isEnabled }\n  }\n"): typeof import('./graphql').UpdateDomainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveDomain($id: ID!) {\n    removeDomain(id: $id)\n  }\n"): typeof import('./graphql').RemoveDomainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUser(\n    $domainId: ID!\n    $localpart: String!\n    $name: String!\n    $password: String!\n    $role: Role!\n  ) {\n    createUser(\n      domainId: $domainId\n      localpart: $localpart\n      name: $name\n      password: $password\n      role: $role\n    ) { id address }\n  }\n"): typeof import('./graphql').CreateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateUser($id: ID!, $name: String, $isEnabled: Boolean, $role: Role) {\n    updateUser(id: $id, name: $name, isEnabled: $isEnabled, role: $role) { ...UserFields }\n  }\n"): typeof import('./graphql').UpdateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetPassword($userId: ID!, $password: String!) {\n    setPassword(userId: $userId, password: $password) { id }\n  }\n"): typeof import('./graphql').SetPasswordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveUser($id: ID!) {\n    removeUser(id: $id)\n  }\n"): typeof import('./graphql').RemoveUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAlias($domainId: ID!, $localpart: String!, $targets: [String!]!) {\n    createAlias(domainId: $domainId, localpart: $localpart, targets: $targets) { id }\n  }\n"): typeof import('./graphql').CreateAliasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateAlias($id: ID!, $targets: [String!], $isEnabled: Boolean) {\n    updateAlias(id: $id, targets: $targets, isEnabled: $isEnabled) { id }\n  }\n"): typeof import('./graphql').UpdateAliasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveAlias($id: ID!) {\n    removeAlias(id: $id)\n  }\n"): typeof import('./graphql').RemoveAliasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetSetting($level: SettingLevel!, $targetId: ID, $key: String!, $value: SettingScalar) {\n    setSetting(level: $level, targetId: $targetId, key: $key, value: $value) { ...SettingFields }\n  }\n"): typeof import('./graphql').SetSettingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SendGrants($userId: ID!) {\n    sendGrants(userId: $userId) { holder kind mode }\n  }\n"): typeof import('./graphql').SendGrantsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetSendGrant($userId: ID!, $holder: String!, $mode: SendMode) {\n    setSendGrant(userId: $userId, holder: $holder, mode: $mode) { holder kind mode }\n  }\n"): typeof import('./graphql').SetSendGrantDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetCeiling($level: SettingLevel!, $targetId: ID, $key: String!, $ceiling: SettingScalar) {\n    setCeiling(level: $level, targetId: $targetId, key: $key, ceiling: $ceiling) { ...SettingFields }\n  }\n"): typeof import('./graphql').SetCeilingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminDkimKeys($domainId: ID!) {\n    dkimKeys(domainId: $domainId) {\n      id\n      selector\n      algorithm\n      state\n      recordName\n      recordValue\n      createdAt\n      changedAt\n    }\n  }\n"): typeof import('./graphql').AdminDkimKeysDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateDkimKey($domainId: ID!, $algorithm: String!) {\n    createDkimKey(domainId: $domainId, algorithm: $algorithm) { id selector }\n  }\n"): typeof import('./graphql').CreateDkimKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ActivateDkimKey($id: ID!) {\n    activateDkimKey(id: $id) { id state }\n  }\n"): typeof import('./graphql').ActivateDkimKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveDkimKey($id: ID!) {\n    removeDkimKey(id: $id)\n  }\n"): typeof import('./graphql').RemoveDkimKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminGateways {\n    gateways {\n      id\n      name\n      host\n      port\n      tls\n      username\n      hasPassword\n      senderDomain\n      recipientDomain\n      priority\n      isEnabled\n    }\n  }\n"): typeof import('./graphql').AdminGatewaysDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateGateway($input: GatewayInput!) {\n    createGateway(input: $input) { id }\n  }\n"): typeof import('./graphql').CreateGatewayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateGateway($id: ID!, $input: GatewayInput!) {\n    updateGateway(id: $id, input: $input) { id }\n  }\n"): typeof import('./graphql').UpdateGatewayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveGateway($id: ID!) {\n    removeGateway(id: $id)\n  }\n"): typeof import('./graphql').RemoveGatewayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MailingListFields on MailingList {\n    id\n    domainId\n    address\n    localpart\n    name\n    description\n    isEnabled\n    posting\n    isModerated\n    unentitled\n    unverified\n    replyTo\n    fromRewriting\n    subjectPrefix\n    footer\n    maxBytes\n    memberView\n    subscription\n    memberCount\n    heldCount\n    standing\n  }\n"): typeof import('./graphql').MailingListFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MailingLists($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    mailingLists(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...MailingListFields } }\n    }\n  }\n"): typeof import('./graphql').MailingListsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MailingListPage($id: ID!) {\n    mailingList(id: $id) { ...MailingListFields }\n  }\n"): typeof import('./graphql').MailingListPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ModeratedLists {\n    moderatedLists { ...MailingListFields }\n  }\n"): typeof import('./graphql').ModeratedListsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListMembers($listId: ID!, $first: Int!, $after: String, $search: String) {\n    listMembers(listId: $listId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id address name role delivery bounces suspendedAt } }\n    }\n  }\n"): typeof import('./graphql').ListMembersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HeldListPosts($listId: ID!, $first: Int!, $after: String) {\n    heldListPosts(listId: $listId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id sender author subject reason sizeBytes heldAt expiresAt } }\n    }\n  }\n"): typeof import('./graphql').HeldListPostsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HeldListPostText($listId: ID!, $postId: ID!) {\n    heldListPostText(listId: $listId, postId: $postId)\n  }\n"): typeof import('./graphql').HeldListPostTextDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListRequests($listId: ID!) {\n    listRequests(listId: $listId) { id address createdAt }\n  }\n"): typeof import('./graphql').ListRequestsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListAddresses($listId: ID!) {\n    posters: listAddresses(listId: $listId, kind: POSTER)\n    banned: listAddresses(listId: $listId, kind: BANNED)\n  }\n"): typeof import('./graphql').ListAddressesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateMailingList($domainId: ID!, $localpart: String!, $options: MailingListOptions!) {\n    createMailingList(domainId: $domainId, localpart: $localpart, options: $options) { id address }\n  }\n"): typeof import('./graphql').CreateMailingListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateMailingList($id: ID!, $options: MailingListOptions!) {\n    updateMailingList(id: $id, options: $options) { id }\n  }\n"): typeof import('./graphql').UpdateMailingListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveMailingList($id: ID!) {\n    removeMailingList(id: $id)\n  }\n"): typeof import('./graphql').RemoveMailingListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddListMembers($listId: ID!, $members: [NewListMember!]!, $role: ListStanding!) {\n    addListMembers(listId: $listId, members: $members, role: $role) { added known refused }\n  }\n"): typeof import('./graphql').AddListMembersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateListMember(\n    $listId: ID!\n    $id: ID!\n    $role: ListStanding\n    $delivery: ListDelivery\n    $isSuspended: Boolean\n  ) {\n    updateListMember(\n      listId: $listId\n      id: $id\n      role: $role\n      delivery: $delivery\n      isSuspended: $isSuspended\n    ) { id }\n  }\n"): typeof import('./graphql').UpdateListMemberDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveListMembers($listId: ID!, $ids: [ID!]!) {\n    removeListMembers(listId: $listId, ids: $ids)\n  }\n"): typeof import('./graphql').RemoveListMembersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetListAddresses($listId: ID!, $kind: ListAddressKind!, $addresses: [String!]!) {\n    setListAddresses(listId: $listId, kind: $kind, addresses: $addresses)\n  }\n"): typeof import('./graphql').SetListAddressesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DecideListPosts($listId: ID!, $ids: [ID!]!, $decision: ListDecision!, $reason: String!) {\n    decideListPosts(listId: $listId, ids: $ids, decision: $decision, reason: $reason)\n  }\n"): typeof import('./graphql').DecideListPostsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DecideListRequests($listId: ID!, $ids: [ID!]!, $isGranted: Boolean!) {\n    decideListRequests(listId: $listId, ids: $ids, isGranted: $isGranted)\n  }\n"): typeof import('./graphql').DecideListRequestsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SpoolRecipientFields on SpoolRecipient {\n    id\n    address\n    via\n    state\n    isInHand\n    attempts\n    nextAttemptAt\n    lastAttemptAt\n    lastStatus\n    lastReply\n    lastHost\n    priority\n    isPaused\n    isToBeReturned\n    route\n    named\n  }\n"): typeof import('./graphql').SpoolRecipientFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminQueue($first: Int!, $after: String, $search: String, $domain: String, $state: SpoolState) {\n    spool(first: $first, after: $after, search: $search, domain: $domain, state: $state) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          sender\n          subject\n          createdAt\n          finishedAt\n          isHeld\n          openCount\n          recipientCount\n          recipients { ...SpoolRecipientFields }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').AdminQueueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminQueuedMessage($id: ID!) {\n    spoolMessage(id: $id) {\n      id\n      sender\n      subject\n      messageId\n      sizeBytes\n      createdAt\n      finishedAt\n      isHeld\n      openCount\n      recipientCount\n      remoteAddress\n      helo\n      protocol\n      recipients {\n        ...SpoolRecipientFields\n        trace {\n        at event host tls status reply nextAttemptAt isClaim source\n        checks { name outcome detail }\n      }\n      }\n    }\n  }\n"): typeof import('./graphql').AdminQueuedMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetrySpool($ids: [ID!]!) {\n    done: retrySpool(ids: $ids)\n  }\n"): typeof import('./graphql').RetrySpoolDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation HoldSpool($ids: [ID!]!) {\n    done: holdSpool(ids: $ids)\n  }\n"): typeof import('./graphql').HoldSpoolDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReleaseSpool($ids: [ID!]!) {\n    done: releaseSpool(ids: $ids)\n  }\n"): typeof import('./graphql').ReleaseSpoolDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DropSpool($ids: [ID!]!) {\n    done: dropSpool(ids: $ids)\n  }\n"): typeof import('./graphql').DropSpoolDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReturnSpool($ids: [ID!]!) {\n    done: returnSpool(ids: $ids)\n  }\n"): typeof import('./graphql').ReturnSpoolDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PrioritizeSpool($ids: [ID!]!, $priority: Int!) {\n    done: prioritizeSpool(ids: $ids, priority: $priority)\n  }\n"): typeof import('./graphql').PrioritizeSpoolDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RerouteSpool($ids: [ID!]!, $to: SpoolDetour!) {\n    done: rerouteSpool(ids: $ids, to: $to)\n  }\n"): typeof import('./graphql').RerouteSpoolDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetSpoolRoute($ids: [ID!]!) {\n    done: resetSpoolRoute(ids: $ids)\n  }\n"): typeof import('./graphql').ResetSpoolRouteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ActOnSpool(\n    $act: SpoolAct!\n    $search: String\n    $domain: String\n    $state: SpoolState\n    $before: ID\n    $to: SpoolDetour\n  ) {\n    actOnSpool(act: $act, search: $search, domain: $domain, state: $state, before: $before, to: $to) {\n      changed\n      lookedAt\n      before\n    }\n  }\n"): typeof import('./graphql').ActOnSpoolDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminSpoolDestinations {\n    spoolDestinations { domain queued held nextAttemptAt mostAttempts }\n    spoolPauses { domain pausedAt actor }\n  }\n"): typeof import('./graphql').AdminSpoolDestinationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminSpoolPauses {\n    spoolPauses { domain pausedAt actor }\n  }\n"): typeof import('./graphql').AdminSpoolPausesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseSending($domain: String!) {\n    pauseSending(domain: $domain) { domain pausedAt actor }\n  }\n"): typeof import('./graphql').PauseSendingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeSending($domain: String!) {\n    resumeSending(domain: $domain)\n  }\n"): typeof import('./graphql').ResumeSendingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminDomainAliases($domainId: ID!) {\n    domainAliases(domainId: $domainId) {\n      id\n      name\n      displayName\n      dkimSelectors\n      dnsRecords { name type value purpose }\n    }\n  }\n"): typeof import('./graphql').AdminDomainAliasesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddDomainAlias($domainId: ID!, $name: String!) {\n    addDomainAlias(domainId: $domainId, name: $name) { id displayName }\n  }\n"): typeof import('./graphql').AddDomainAliasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveDomainAlias($id: ID!) {\n    removeDomainAlias(id: $id)\n  }\n"): typeof import('./graphql').RemoveDomainAliasDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminDomainRoute($domainId: ID!) {\n    domainRoute(domainId: $domainId) { domainId host port tls accepts }\n  }\n"): typeof import('./graphql').AdminDomainRouteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetDomainRoute($domainId: ID!, $input: DomainRouteInput!) {\n    setDomainRoute(domainId: $domainId, input: $input) { domainId }\n  }\n"): typeof import('./graphql').SetDomainRouteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveDomainRoute($domainId: ID!) {\n    removeDomainRoute(domainId: $domainId)\n  }\n"): typeof import('./graphql').RemoveDomainRouteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminRoutedRecipients($domainId: ID!, $first: Int!, $after: String, $search: String) {\n    routedRecipients(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node }\n    }\n  }\n"): typeof import('./graphql').AdminRoutedRecipientsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddRoutedRecipients($domainId: ID!, $localparts: [String!]!) {\n    addRoutedRecipients(domainId: $domainId, localparts: $localparts)\n  }\n"): typeof import('./graphql').AddRoutedRecipientsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveRoutedRecipients($domainId: ID!, $localparts: [String!]!) {\n    removeRoutedRecipients(domainId: $domainId, localparts: $localparts)\n  }\n"): typeof import('./graphql').RemoveRoutedRecipientsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminSuppressions($domainId: ID, $first: Int!, $after: String, $search: String) {\n    suppressions(domainId: $domainId, first: $first, after: $after, search: $search) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id address reason detail bounces createdAt expiresAt actor } }\n    }\n  }\n"): typeof import('./graphql').AdminSuppressionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddSuppression(\n    $address: String!\n    $domainId: ID\n    $reason: SuppressionReason!\n    $detail: String!\n    $days: Int\n  ) {\n    addSuppression(address: $address, domainId: $domainId, reason: $reason, detail: $detail, days: $days) {\n      id\n    }\n  }\n"): typeof import('./graphql').AddSuppressionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveSuppressions($ids: [ID!]!) {\n    removeSuppressions(ids: $ids)\n  }\n"): typeof import('./graphql').RemoveSuppressionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AdminTlsReports($domainId: ID!, $first: Int!, $after: String) {\n    tlsReports(domainId: $domainId, first: $first, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges {\n        node {\n          id\n          organization\n          sender\n          policyType\n          beginsAt\n          successes\n          failures\n          details { result sessions mxHost mxAddress information }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').AdminTlsReportsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetPreferences($entries: [PreferenceInput!]!) {\n    setPreferences(entries: $entries)\n  }\n"): typeof import('./graphql').SetPreferencesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Shortcuts {\n    shortcuts { isOn keys { command keys } }\n  }\n"): typeof import('./graphql').ShortcutsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetShortcuts($isOn: Boolean!, $keys: [CommandKeysInput!]!) {\n    setShortcuts(isOn: $isOn, keys: $keys) { isOn }\n  }\n"): typeof import('./graphql').SetShortcutsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PalettePeople($text: String!) {\n    suggestions(text: $text, limit: 5) { name address }\n  }\n"): typeof import('./graphql').PalettePeopleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PaletteDomains($text: String!) {\n    domains(first: 5, search: $text) { edges { node { id displayName } } }\n  }\n"): typeof import('./graphql').PaletteDomainsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Push {\n    push {\n      serverKey\n      sessionId\n      devices { id isCurrent userAgent createdAt pushedAt endpoint }\n    }\n  }\n"): typeof import('./graphql').PushDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddPushDevice($input: PushSubscriptionInput!) {\n    push: addPushDevice(input: $input) { devices { id isCurrent } }\n  }\n"): typeof import('./graphql').AddPushDeviceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemovePushDevice($id: ID!) {\n    push: removePushDevice(id: $id) { devices { id } }\n  }\n"): typeof import('./graphql').RemovePushDeviceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TestPushDevice($id: ID!) {\n    testPushDevice(id: $id)\n  }\n"): typeof import('./graphql').TestPushDeviceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ViewerFields on Viewer {\n    id\n    name\n    address\n    role\n    permissions\n    domain { id name }\n    quota { usedBytes limitBytes }\n    identities { name address mode ownName replyTo isDefault signatureId replySignatureId }\n    undoSeconds\n    writesPlainText\n    maxMessageBytes\n    maxRecipients\n    moderatesLists\n    mustSetUpTwoStep\n    preferences { name value }\n  }\n"): typeof import('./graphql').ViewerFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Session {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n  }\n"): typeof import('./graphql').SessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($login: String!, $password: String!) {\n    signIn(login: $login, password: $password) {\n      viewer { ...ViewerFields }\n      secondStep { ticket methods passkeyOptions }\n    }\n  }\n"): typeof import('./graphql').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FinishSignIn($ticket: String!, $code: String, $passkey: String) {\n    finishSignIn(ticket: $ticket, code: $code, passkey: $passkey) { viewer { ...ViewerFields } }\n  }\n"): typeof import('./graphql').FinishSignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BeginPasskeySignIn {\n    beginPasskeySignIn { ticket options }\n  }\n"): typeof import('./graphql').BeginPasskeySignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    signOut\n  }\n"): typeof import('./graphql').SignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DeliveryFields on Delivery {\n    id\n    sender\n    subject\n    sizeBytes\n    at\n    isOutgoing\n    remoteAddress\n    helo\n    protocol\n    times\n    recipientCount\n    recipients {\n      id\n      address\n      via\n      state\n      isHeld\n      isGroup\n      attempts\n      nextAttemptAt\n      lastAttemptAt\n      lastStatus\n      lastReply\n      trace {\n        at event host tls status reply nextAttemptAt isClaim source\n        checks { name outcome detail }\n      }\n    }\n  }\n"): typeof import('./graphql').DeliveryFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DomainDeliveries(\n    $domainId: ID!\n    $first: Int!\n    $after: String\n    $search: String\n    $state: DeliveryState\n    $since: DateTime\n    $until: DateTime\n  ) {\n    found: domainDeliveries(\n      domainId: $domainId\n      first: $first\n      after: $after\n      search: $search\n      state: $state\n      since: $since\n      until: $until\n    ) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n"): typeof import('./graphql').DomainDeliveriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DomainDelivery($domainId: ID!, $id: ID!) {\n    found: domainDelivery(domainId: $domainId, id: $id) { ...DeliveryFields }\n  }\n"): typeof import('./graphql').DomainDeliveryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SentDeliveries($first: Int!, $after: String, $search: String) {\n    found: sentDeliveries(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n"): typeof import('./graphql').SentDeliveriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query IncomingDeliveries($first: Int!, $after: String, $search: String) {\n    found: incomingDeliveries(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n"): typeof import('./graphql').IncomingDeliveriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RefusedMail($first: Int!, $after: String, $search: String) {\n    found: refusedMail(first: $first, after: $after, search: $search) {\n      lookedBackTo\n      pageInfo { hasNextPage endCursor }\n      edges { node { ...DeliveryFields } }\n    }\n  }\n"): typeof import('./graphql').RefusedMailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MessageDelivery($id: ID!) {\n    found: messageDelivery(messageId: $id) { ...DeliveryFields }\n  }\n"): typeof import('./graphql').MessageDeliveryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Forward($userId: ID) {\n    forward(userId: $userId) { userId targets keepsCopy isAllowed mayLeaveDomain maxTargets }\n  }\n"): typeof import('./graphql').ForwardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetForward($userId: ID, $targets: [String!]!, $keepsCopy: Boolean!) {\n    setForward(userId: $userId, targets: $targets, keepsCopy: $keepsCopy) { userId }\n  }\n"): typeof import('./graphql').SetForwardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BulkActFields on BulkAct {\n    id\n    state\n    label\n    undoOf\n    destroy\n    total\n    done\n    skipped\n    error\n    beginsAt\n    createdAt\n  }\n"): typeof import('./graphql').BulkActFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BulkActs {\n    bulkActs { ...BulkActFields }\n  }\n"): typeof import('./graphql').BulkActsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BeginBulkAct($input: BeginBulkActInput!) {\n    beginBulkAct(input: $input) { ...BulkActFields }\n  }\n"): typeof import('./graphql').BeginBulkActDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelBulkAct($id: ID!) {\n    cancelBulkAct(id: $id) { ...BulkActFields }\n  }\n"): typeof import('./graphql').CancelBulkActDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoBulkAct($id: ID!) {\n    undoBulkAct(id: $id) { ...BulkActFields }\n  }\n"): typeof import('./graphql').UndoBulkActDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DraftFields on Draft {\n    id\n    from { name address }\n    to { name address }\n    cc { name address }\n    bcc { name address }\n    subject\n    html\n    text\n    attachments { id name contentType sizeBytes contentId }\n    inReplyTo\n    forwardOf\n    savedAt\n    key\n    writer\n  }\n"): typeof import('./graphql').DraftFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveDraft($input: DraftInput!) {\n    saveDraft(input: $input) { id attachments { id name contentType sizeBytes contentId } savedAt }\n  }\n"): typeof import('./graphql').SaveDraftDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DraftFate($key: String!) {\n    draftFate(key: $key) { draft { ...DraftFields } sendAt sentAt }\n  }\n"): typeof import('./graphql').DraftFateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DraftStands($id: ID!) {\n    message(id: $id) { id row { id timer { dueAt } } }\n  }\n"): typeof import('./graphql').DraftStandsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n"): typeof import('./graphql').DiscardDraftDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubmitDraft($id: ID!, $remindDays: Int) {\n    submitDraft(id: $id, remindDays: $remindDays) { id releaseAt state }\n  }\n"): typeof import('./graphql').SubmitDraftDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelSubmission($id: ID!) {\n    cancelSubmission(id: $id) { ...DraftFields }\n  }\n"): typeof import('./graphql').CancelSubmissionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DraftToEdit($id: ID!) {\n    message(id: $id) { id draft { ...DraftFields } }\n  }\n"): typeof import('./graphql').DraftToEditDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OriginalToAnswer($id: ID!, $isPlain: Boolean! = false) {\n    message(id: $id) {\n      id\n      row { subject receivedAt }\n      from { name address }\n      to { name address }\n      cc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: false) { html text @include(if: $isPlain) }\n      attachments { part name contentType sizeBytes isInline }\n    }\n  }\n"): typeof import('./graphql').OriginalToAnswerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShownPictures($id: ID!) {\n    message(id: $id) {\n      id\n      held: body(showImages: false) { html }\n      shown: body { html }\n    }\n  }\n"): typeof import('./graphql').ShownPicturesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MessageToAttach($id: ID!) {\n    message(id: $id) { id row { subject sizeBytes } }\n  }\n"): typeof import('./graphql').MessageToAttachDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Suggestions($text: String!) {\n    suggestions(text: $text, limit: 8) { name address source }\n  }\n"): typeof import('./graphql').SuggestionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SignaturesToUse {\n    signatures { id name html }\n  }\n"): typeof import('./graphql').SignaturesToUseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TemplatesToUse {\n    templates { id name subject html }\n  }\n"): typeof import('./graphql').TemplatesToUseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveAsTemplate($input: TemplateInput!) {\n    createTemplate(input: $input) { id name }\n  }\n"): typeof import('./graphql').SaveAsTemplateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation HideSuggestion($address: String!) {\n    hideSuggestion(address: $address)\n  }\n"): typeof import('./graphql').HideSuggestionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FileLinkLimits {\n    fileLinkLimits { maxBytes offerBytes maxDays }\n  }\n"): typeof import('./graphql').FileLinkLimitsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetFileLinkPassword($id: ID!, $password: String!) {\n    setFileLinkPassword(id: $id, password: $password)\n  }\n"): typeof import('./graphql').SetFileLinkPasswordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MailboxShares($id: ID!) {\n    shares: mailboxShares(mailboxId: $id) { holder kind isNegative rights }\n  }\n"): typeof import('./graphql').MailboxSharesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetMailboxShare($input: SetMailboxShareInput!) {\n    shares: setMailboxShare(input: $input) { holder kind isNegative rights }\n  }\n"): typeof import('./graphql').SetMailboxShareDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShareHolders($search: String!) {\n    holders: shareHolders(search: $search) { holder kind name }\n  }\n"): typeof import('./graphql').ShareHoldersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ScheduleDraft($id: ID!, $sendAt: DateTime!, $remindDays: Int) {\n    scheduleDraft(id: $id, sendAt: $sendAt, remindDays: $remindDays) { id sendAt }\n  }\n"): typeof import('./graphql').ScheduleDraftDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelScheduled($id: ID!) {\n    cancelScheduled(id: $id) { id attachments { id name contentType sizeBytes contentId } }\n  }\n"): typeof import('./graphql').CancelScheduledDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendScheduledNow($id: ID!) {\n    sendScheduledNow(id: $id) { id releaseAt }\n  }\n"): typeof import('./graphql').SendScheduledNowDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemindOfMessage($id: ID!, $at: DateTime) {\n    remindOfMessage(id: $id, at: $at)\n  }\n"): typeof import('./graphql').RemindOfMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query News($after: ID, $zone: String!) {\n    news(after: $after, zone: $zone) {\n      end\n      messages { id sender subject }\n    }\n  }\n"): typeof import('./graphql').NewsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MessageOrigin($id: ID!) {\n    message(id: $id) {\n      id\n      headers\n      messageId\n      origin {\n        standing\n        fromDomain\n        isSignedByDomain\n        isSentByDomain\n        signers\n        returnPath\n        listId\n        checks { method result reason domain }\n        path { fromName fromAddress by protocol tls isEncrypted at delaySeconds }\n      }\n    }\n  }\n"): typeof import('./graphql').MessageOriginDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AttachmentPreview($messageId: ID!, $part: String!, $showImages: Boolean) {\n    attachmentPreview(messageId: $messageId, part: $part, showImages: $showImages) {\n      text\n      isTruncated\n      contacts {\n        name\n        organisation\n        title\n        birthday\n        note\n        emails { value kind }\n        phones { value kind }\n        addresses { value kind }\n        urls { value kind }\n      }\n      message {\n        subject\n        from { name address }\n        to { name address }\n        cc { name address }\n        sentAt\n        html\n        blockedImages\n        offersImages\n        isTruncated\n        isDarkFriendly\n        attachmentCount\n        attachments { part name contentType sizeBytes isInline url preview }\n      }\n      invitation { ...InvitationFields }\n    }\n  }\n"): typeof import('./graphql').AttachmentPreviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment InvitationFields on Invitation {\n    method\n    summary\n    description\n    location\n    status\n    starts { at local zone isDay }\n    ends { at local zone isDay }\n    rule\n    organizer { name address }\n    attendees { name address status isOptional }\n    eventCount\n    canAnswer\n    answer\n  }\n"): typeof import('./graphql').InvitationFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnswerInvitation($messageId: ID!, $part: String!, $answer: InvitationAnswer!, $comment: String!) {\n    answerInvitation(messageId: $messageId, part: $part, answer: $answer, comment: $comment) {\n      ...InvitationFields\n    }\n  }\n"): typeof import('./graphql').AnswerInvitationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Attachments($messageId: ID!, $offset: Int!, $limit: Int!) {\n    attachments(messageId: $messageId, offset: $offset, limit: $limit) {\n      part\n      name\n      contentType\n      sizeBytes\n      isInline\n      url\n      preview\n    }\n  }\n"): typeof import('./graphql').AttachmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Unsubscribe($messageId: ID!) {\n    unsubscribe(messageId: $messageId) { way target leftAt }\n  }\n"): typeof import('./graphql').UnsubscribeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetSenderLook($address: String!, $ownColours: Boolean!, $hideImages: Boolean!) {\n    setSenderLook(address: $address, ownColours: $ownColours, hideImages: $hideImages)\n  }\n"): typeof import('./graphql').SetSenderLookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SplitConversation($messageId: ID!) {\n    splitConversation(messageId: $messageId)\n  }\n"): typeof import('./graphql').SplitConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinConversations($messageIds: [ID!]!) {\n    joinConversations(messageIds: $messageIds) { threadId brought }\n  }\n"): typeof import('./graphql').JoinConversationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PartMessages($messageIds: [ID!]!) {\n    partMessages(messageIds: $messageIds)\n  }\n"): typeof import('./graphql').PartMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchSuggestions($text: String!) {\n    searchSuggestions(text: $text) { people { name address } tags files }\n  }\n"): typeof import('./graphql').SearchSuggestionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SavedSearches {\n    savedSearches { id name query }\n  }\n"): typeof import('./graphql').SavedSearchesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveSearch($id: ID, $name: String!, $query: String!) {\n    saveSearch(id: $id, name: $name, query: $query) { id name query }\n  }\n"): typeof import('./graphql').SaveSearchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteSavedSearch($id: ID!) {\n    deleteSavedSearch(id: $id)\n  }\n"): typeof import('./graphql').DeleteSavedSearchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RowFields on MessageRow {\n    id\n    mailboxId\n    threadId\n    threadCount\n    from { name address }\n    toText\n    subject\n    preview\n    receivedAt\n    sizeBytes\n    isSeen\n    isFlagged\n    isAnswered\n    isForwarded\n    isDraft\n    keywords\n    hasAttachments\n    isMuted\n    isReminder\n    timer { kind dueAt returnTo error }\n    conversation { members { id isSeen isFlagged } tags { keyword ids } people { name address } }\n  }\n"): typeof import('./graphql').RowFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MailboxFields on Mailbox {\n    id\n    path\n    name\n    parentId\n    specialUse\n    total\n    unread\n    modseq\n    rights\n  }\n"): typeof import('./graphql').MailboxFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Mailboxes {\n    mailboxes { ...MailboxFields }\n  }\n"): typeof import('./graphql').MailboxesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query View($mailboxId: ID, $search: String, $sort: MessageSort!, $filter: MessageFilter, $offset: Int!, $limit: Int!, $timeZone: String, $byConversation: Boolean!) {\n    view(mailboxId: $mailboxId, search: $search, sort: $sort, filter: $filter, offset: $offset, limit: $limit, timeZone: $timeZone, byConversation: $byConversation) {\n      total\n      messageTotal\n      state\n      offset\n      rows { ...RowFields }\n      terms { start length operator value isExcluded doubt }\n    }\n  }\n"): typeof import('./graphql').ViewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ViewChanges(\n    $mailboxId: ID!, $since: Long!, $sort: MessageSort!, $filter: MessageFilter, $byConversation: Boolean!\n  ) {\n    viewChanges(\n      mailboxId: $mailboxId, since: $since, sort: $sort, filter: $filter, byConversation: $byConversation\n    ) {\n      state\n      total\n      messageTotal\n      isReset\n      removed\n      added { index row { ...RowFields } }\n      updated { ...RowFields }\n      mailboxes { ...MailboxFields }\n    }\n  }\n"): typeof import('./graphql').ViewChangesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateMessages($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) {\n      state\n      failed { id message }\n      mailboxes { ...MailboxFields }\n    }\n  }\n"): typeof import('./graphql').UpdateMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MessageDetail($id: ID!, $showImages: Boolean) {\n    message(id: $id) {\n      id\n      row { ...RowFields }\n      messageId\n      from { name address }\n      sender { name address }\n      to { name address }\n      cc { name address }\n      bcc { name address }\n      replyTo { name address }\n      sentAt\n      body(showImages: $showImages) { html text blockedImages offersImages hasQuote isTruncated isDarkFriendly }\n      attachments { part name contentType sizeBytes isInline url preview }\n      attachmentCount\n      origin { standing fromDomain isSignedByDomain isSentByDomain signers }\n      unsubscribe { way target leftAt }\n      senderLook { ownColours hideImages }\n      thread { ...RowFields }\n      deliveryReports { address action status reporter diagnostic isVerified reportedAt }\n    }\n  }\n"): typeof import('./graphql').MessageDetailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversation($messageId: ID!) {\n    conversation(messageId: $messageId) { ...RowFields }\n  }\n"): typeof import('./graphql').ConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription AccountChanged {\n    accountChanged {\n      modseq\n      mailboxIds\n      mailboxes { ...MailboxFields }\n      isMailboxListChanged\n      submissions { id state releaseAt subject toText error }\n      bulkActs { ...BulkActFields }\n    }\n  }\n"): typeof import('./graphql').AccountChangedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TrustSender($address: String!, $trusted: Boolean!) {\n    trustSender(address: $address, trusted: $trusted)\n  }\n"): typeof import('./graphql').TrustSenderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateMailbox($path: String!) {\n    createMailbox(path: $path) { ...MailboxFields }\n  }\n"): typeof import('./graphql').CreateMailboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameMailbox($id: ID!, $path: String!) {\n    renameMailbox(id: $id, path: $path) { ...MailboxFields }\n  }\n"): typeof import('./graphql').RenameMailboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteMailbox($id: ID!) {\n    deleteMailbox(id: $id)\n  }\n"): typeof import('./graphql').DeleteMailboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tags {\n    tags\n  }\n"): typeof import('./graphql').TagsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VacationStand {\n    vacation { isOn endsAt }\n  }\n"): typeof import('./graphql').VacationStandDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndVacation {\n    endVacation { isOn }\n  }\n"): typeof import('./graphql').EndVacationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FilterFields on MailFilter {\n    id\n    name\n    isEnabled\n    match\n    stops\n    trouble\n    conditions { field relation value header isNegated }\n    actions { act mailboxId path keyword addresses }\n  }\n"): typeof import('./graphql').FilterFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Filters {\n    filters { ...FilterFields }\n  }\n"): typeof import('./graphql').FiltersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterFolders {\n    mailboxes { id path name specialUse total owner parentId }\n  }\n"): typeof import('./graphql').FilterFoldersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterSuggestion($messageId: ID!) {\n    filterSuggestion(messageId: $messageId) {\n      sender senderName senderDomain listId subject detailAddress\n    }\n  }\n"): typeof import('./graphql').FilterSuggestionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterPreview(\n    $conditions: [FilterConditionInput!]!, $match: FilterMatch!, $everywhere: Boolean!, $first: Int!\n  ) {\n    filterPreview(conditions: $conditions, match: $match, everywhere: $everywhere, first: $first) {\n      lookedAt\n      matched\n      rows { id from { name address } subject receivedAt }\n    }\n  }\n"): typeof import('./graphql').FilterPreviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateFilter($input: FilterInput!, $position: Int) {\n    filter: createFilter(input: $input, position: $position) { ...FilterFields }\n  }\n"): typeof import('./graphql').CreateFilterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateFilter($id: ID!, $input: FilterInput!) {\n    filter: updateFilter(id: $id, input: $input) { ...FilterFields }\n  }\n"): typeof import('./graphql').UpdateFilterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetFilterEnabled($id: ID!, $isEnabled: Boolean!) {\n    setFilterEnabled(id: $id, isEnabled: $isEnabled) { id isEnabled }\n  }\n"): typeof import('./graphql').SetFilterEnabledDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReorderFilters($ids: [ID!]!) {\n    reorderFilters(ids: $ids) { id }\n  }\n"): typeof import('./graphql').ReorderFiltersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveFilter($id: ID!) {\n    removeFilter(id: $id)\n  }\n"): typeof import('./graphql').RemoveFilterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ApplyFilter($id: ID!, $mailboxId: ID!, $after: String) {\n    step: applyFilter(id: $id, mailboxId: $mailboxId, after: $after) {\n      lookedAt\n      matched\n      next\n      moved { mailboxId ids }\n      marked { flag ids }\n      copied\n    }\n  }\n"): typeof import('./graphql').ApplyFilterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoFilter($input: UpdateMessagesInput!) {\n    updateMessages(input: $input) { failed { id } }\n  }\n"): typeof import('./graphql').UndoFilterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SenderLists {\n    senderLists { trusted blocked }\n  }\n"): typeof import('./graphql').SenderListsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddSender($kind: SenderListKind!, $address: String!) {\n    addSender(kind: $kind, address: $address) { trusted blocked }\n  }\n"): typeof import('./graphql').AddSenderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveSender($kind: SenderListKind!, $address: String!) {\n    removeSender(kind: $kind, address: $address) { trusted blocked }\n  }\n"): typeof import('./graphql').RemoveSenderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FolderCleanups {\n    folderCleanups { mailboxId maxAgeDays keepNewest isForever }\n  }\n"): typeof import('./graphql').FolderCleanupsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CleanupPreview($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int) {\n    cleanupPreview(mailboxId: $mailboxId, maxAgeDays: $maxAgeDays, keepNewest: $keepNewest)\n  }\n"): typeof import('./graphql').CleanupPreviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetFolderCleanup($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int, $isForever: Boolean!) {\n    setFolderCleanup(\n      mailboxId: $mailboxId, maxAgeDays: $maxAgeDays, keepNewest: $keepNewest, isForever: $isForever\n    ) { mailboxId }\n  }\n"): typeof import('./graphql').SetFolderCleanupDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveFolderCleanup($mailboxId: ID!) {\n    removeFolderCleanup(mailboxId: $mailboxId) { mailboxId }\n  }\n"): typeof import('./graphql').RemoveFolderCleanupDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnSessions {\n    viewer {\n      sessions { id isCurrent createdAt seenAt remoteAddress userAgent }\n    }\n  }\n"): typeof import('./graphql').OwnSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeSession($id: ID!) {\n    revokeSession(id: $id)\n  }\n"): typeof import('./graphql').RevokeSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeOtherSessions {\n    count: revokeOtherSessions\n  }\n"): typeof import('./graphql').RevokeOtherSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($current: String!, $new: String!) {\n    changePassword(current: $current, new: $new)\n  }\n"): typeof import('./graphql').ChangePasswordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AppPasswords {\n    appPasswords { id label protocols createdAt usedAt usedFrom }\n    mailServers { protocol host port security }\n  }\n"): typeof import('./graphql').AppPasswordsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAppPassword($label: String!, $protocols: [MailProtocol!]) {\n    created: createAppPassword(label: $label, protocols: $protocols) {\n      password\n      appPassword { id label protocols }\n    }\n  }\n"): typeof import('./graphql').CreateAppPasswordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeAppPassword($id: ID!) {\n    revokeAppPassword(id: $id)\n  }\n"): typeof import('./graphql').RevokeAppPasswordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PersonalSettings($id: ID!) {\n    settings(level: USER, targetId: $id) {\n      key value ownValue inheritedValue isEditable ceilingKind ceiling\n      choices { value label help }\n      origin { level name setBy isDefault }\n      inheritedFrom { level name setBy isDefault }\n      ceilingOrigin { level name isDefault }\n    }\n  }\n"): typeof import('./graphql').PersonalSettingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetPersonalSetting($id: ID!, $key: String!, $value: SettingScalar) {\n    setSetting(level: USER, targetId: $id, key: $key, value: $value) { key value }\n  }\n"): typeof import('./graphql').SetPersonalSettingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnSignatures {\n    signatures { id name html }\n  }\n"): typeof import('./graphql').OwnSignaturesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateSignature($input: SignatureInput!) {\n    createSignature(input: $input) { id }\n  }\n"): typeof import('./graphql').CreateSignatureDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateSignature($id: ID!, $input: SignatureInput!) {\n    updateSignature(id: $id, input: $input) { id }\n  }\n"): typeof import('./graphql').UpdateSignatureDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveSignature($id: ID!) {\n    removeSignature(id: $id)\n  }\n"): typeof import('./graphql').RemoveSignatureDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnTemplates {\n    templates { id name subject html }\n  }\n"): typeof import('./graphql').OwnTemplatesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateTemplate($input: TemplateInput!) {\n    createTemplate(input: $input) { id }\n  }\n"): typeof import('./graphql').CreateTemplateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateTemplate($id: ID!, $input: TemplateInput!) {\n    updateTemplate(id: $id, input: $input) { id }\n  }\n"): typeof import('./graphql').UpdateTemplateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveTemplate($id: ID!) {\n    removeTemplate(id: $id)\n  }\n"): typeof import('./graphql').RemoveTemplateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetSender($address: String!, $input: SenderInput!) {\n    setSender(address: $address, input: $input)\n  }\n"): typeof import('./graphql').SetSenderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnFileLinks {\n    fileLinks { id name sizeBytes hasPassword downloads createdAt expiresAt }\n    fileLinkLimits { maxBytes }\n  }\n"): typeof import('./graphql').OwnFileLinksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeFileLink($id: ID!) {\n    revokeFileLink(id: $id)\n  }\n"): typeof import('./graphql').RevokeFileLinkDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnTwoStep {\n    viewer {\n      twoStep {\n        isOn\n        isRequired\n        hasApp\n        recoveryCodesLeft\n        passkeys { id label createdAt usedAt }\n      }\n    }\n  }\n"): typeof import('./graphql').OwnTwoStepDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BeginTotp($password: String!) {\n    begun: beginTotp(password: $password) { secret uri }\n  }\n"): typeof import('./graphql').BeginTotpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmTotp($code: String!) {\n    codes: confirmTotp(code: $code)\n  }\n"): typeof import('./graphql').ConfirmTotpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveTotp($password: String!) {\n    removeTotp(password: $password)\n  }\n"): typeof import('./graphql').RemoveTotpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetTwoStep($password: String!, $isOn: Boolean!) {\n    codes: setTwoStep(password: $password, isOn: $isOn)\n  }\n"): typeof import('./graphql').SetTwoStepDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenewRecoveryCodes($password: String!) {\n    codes: renewRecoveryCodes(password: $password)\n  }\n"): typeof import('./graphql').RenewRecoveryCodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BeginPasskey($password: String!) {\n    begun: beginPasskey(password: $password) { ticket options }\n  }\n"): typeof import('./graphql').BeginPasskeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddPasskey($ticket: String!, $credential: String!, $label: String!) {\n    added: addPasskey(ticket: $ticket, credential: $credential, label: $label) { id label }\n  }\n"): typeof import('./graphql').AddPasskeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenamePasskey($id: ID!, $label: String!) {\n    renamed: renamePasskey(id: $id, label: $label) { id label }\n  }\n"): typeof import('./graphql').RenamePasskeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemovePasskey($id: ID!, $password: String!) {\n    removePasskey(id: $id, password: $password)\n  }\n"): typeof import('./graphql').RemovePasskeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Vacation {\n    vacation {\n      isEnabled isOn subject text outside outsideText audience startsAt endsAt everyDays\n    }\n  }\n"): typeof import('./graphql').VacationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetVacation($input: VacationInput!) {\n    setVacation(input: $input) { isEnabled isOn }\n  }\n"): typeof import('./graphql').SetVacationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetUp($input: SetUpInput!) {\n    setUp(input: $input) {\n      viewer { address }\n      domain { id name displayName dnsRecords { name type value purpose } }\n    }\n  }\n"): typeof import('./graphql').SetUpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Start($withMail: Boolean!, $withRows: Boolean!, $mailboxId: ID, $limit: Int!) {\n    instance { isSetUp hostname version }\n    viewer { ...ViewerFields }\n    mailboxes @include(if: $withMail) { ...MailboxFields }\n    view(mailboxId: $mailboxId, limit: $limit, byConversation: true) @include(if: $withRows) {\n      total\n      messageTotal\n      state\n      offset\n      rows { ...RowFields }\n    }\n  }\n"): typeof import('./graphql').StartDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
