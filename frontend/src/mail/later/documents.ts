/** What is done to scheduled and to sent messages. */
import { graphql } from "@/api";

export const ScheduleDraftMutation = graphql(`
  mutation ScheduleDraft($id: ID!, $sendAt: DateTime!, $remindDays: Int) {
    scheduleDraft(id: $id, sendAt: $sendAt, remindDays: $remindDays) { id sendAt }
  }
`);

export const CancelScheduledMutation = graphql(`
  mutation CancelScheduled($id: ID!) {
    cancelScheduled(id: $id) { id attachments { id name contentType sizeBytes contentId } }
  }
`);

export const SendScheduledNowMutation = graphql(`
  mutation SendScheduledNow($id: ID!) {
    sendScheduledNow(id: $id) { id releaseAt }
  }
`);

export const RemindOfMessageMutation = graphql(`
  mutation RemindOfMessage($id: ID!, $at: DateTime) {
    remindOfMessage(id: $id, at: $at)
  }
`);
