/** Questions and orders about the clean-up of folders to the server. */
import { graphql, type ResultOf } from "@/api";

export const FolderCleanupsQuery = graphql(`
  query FolderCleanups {
    folderCleanups { mailboxId maxAgeDays keepNewest isForever }
  }
`);

export const CleanupPreviewQuery = graphql(`
  query CleanupPreview($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int) {
    cleanupPreview(mailboxId: $mailboxId, maxAgeDays: $maxAgeDays, keepNewest: $keepNewest)
  }
`);

export const SetFolderCleanupMutation = graphql(`
  mutation SetFolderCleanup($mailboxId: ID!, $maxAgeDays: Int, $keepNewest: Int, $isForever: Boolean!) {
    setFolderCleanup(
      mailboxId: $mailboxId, maxAgeDays: $maxAgeDays, keepNewest: $keepNewest, isForever: $isForever
    ) { mailboxId }
  }
`);

export const RemoveFolderCleanupMutation = graphql(`
  mutation RemoveFolderCleanup($mailboxId: ID!) {
    removeFolderCleanup(mailboxId: $mailboxId) { mailboxId }
  }
`);

export type FolderCleanup = ResultOf<typeof FolderCleanupsQuery>["folderCleanups"][number];
