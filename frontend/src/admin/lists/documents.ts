/** Questions and orders about mailing lists to the server. */
import { graphql, type ResultOf } from "@/api";

export const MailingListFields = graphql(`
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
`);

export const MailingListsQuery = graphql(`
  query MailingLists($domainId: ID!, $first: Int!, $after: String, $search: String) {
    mailingLists(domainId: $domainId, first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { ...MailingListFields } }
    }
  }
`);

export const MailingListQuery = graphql(`
  query MailingListPage($id: ID!) {
    mailingList(id: $id) { ...MailingListFields }
  }
`);

export const ModeratedListsQuery = graphql(`
  query ModeratedLists {
    moderatedLists { ...MailingListFields }
  }
`);

export const MembersQuery = graphql(`
  query ListMembers($listId: ID!, $first: Int!, $after: String, $search: String) {
    listMembers(listId: $listId, first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id address name role delivery bounces suspendedAt } }
    }
  }
`);

export const HeldPostsQuery = graphql(`
  query HeldListPosts($listId: ID!, $first: Int!, $after: String) {
    heldListPosts(listId: $listId, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id sender author subject reason sizeBytes heldAt expiresAt } }
    }
  }
`);

export const HeldPostTextQuery = graphql(`
  query HeldListPostText($listId: ID!, $postId: ID!) {
    heldListPostText(listId: $listId, postId: $postId)
  }
`);

export const RequestsQuery = graphql(`
  query ListRequests($listId: ID!) {
    listRequests(listId: $listId) { id address createdAt }
  }
`);

export const ListAddressesQuery = graphql(`
  query ListAddresses($listId: ID!) {
    posters: listAddresses(listId: $listId, kind: POSTER)
    banned: listAddresses(listId: $listId, kind: BANNED)
  }
`);

export const CreateListMutation = graphql(`
  mutation CreateMailingList($domainId: ID!, $localpart: String!, $options: MailingListOptions!) {
    createMailingList(domainId: $domainId, localpart: $localpart, options: $options) { id address }
  }
`);

export const UpdateListMutation = graphql(`
  mutation UpdateMailingList($id: ID!, $options: MailingListOptions!) {
    updateMailingList(id: $id, options: $options) { id }
  }
`);

export const RemoveListMutation = graphql(`
  mutation RemoveMailingList($id: ID!) {
    removeMailingList(id: $id)
  }
`);

export const AddMembersMutation = graphql(`
  mutation AddListMembers($listId: ID!, $members: [NewListMember!]!, $role: ListStanding!) {
    addListMembers(listId: $listId, members: $members, role: $role) { added known refused }
  }
`);

export const UpdateMemberMutation = graphql(`
  mutation UpdateListMember(
    $listId: ID!
    $id: ID!
    $role: ListStanding
    $delivery: ListDelivery
    $isSuspended: Boolean
  ) {
    updateListMember(
      listId: $listId
      id: $id
      role: $role
      delivery: $delivery
      isSuspended: $isSuspended
    ) { id }
  }
`);

export const RemoveMembersMutation = graphql(`
  mutation RemoveListMembers($listId: ID!, $ids: [ID!]!) {
    removeListMembers(listId: $listId, ids: $ids)
  }
`);

export const SetAddressesMutation = graphql(`
  mutation SetListAddresses($listId: ID!, $kind: ListAddressKind!, $addresses: [String!]!) {
    setListAddresses(listId: $listId, kind: $kind, addresses: $addresses)
  }
`);

export const DecidePostsMutation = graphql(`
  mutation DecideListPosts($listId: ID!, $ids: [ID!]!, $decision: ListDecision!, $reason: String!) {
    decideListPosts(listId: $listId, ids: $ids, decision: $decision, reason: $reason)
  }
`);

export const DecideRequestsMutation = graphql(`
  mutation DecideListRequests($listId: ID!, $ids: [ID!]!, $isGranted: Boolean!) {
    decideListRequests(listId: $listId, ids: $ids, isGranted: $isGranted)
  }
`);

type Nodes<C> = C extends { edges: { node: infer N }[] } ? N : never;
export type MailingList = NonNullable<ResultOf<typeof MailingListQuery>["mailingList"]>;
export type Member = Nodes<ResultOf<typeof MembersQuery>["listMembers"]>;
export type HeldPost = Nodes<ResultOf<typeof HeldPostsQuery>["heldListPosts"]>;
export type Request = ResultOf<typeof RequestsQuery>["listRequests"][number];
