/** The folders a filter can file into: one's own, special ones first and by the names of the user's language. */
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { request } from "@/api";
import { type FilterFolders, FilterFoldersQuery, type Folder } from "./documents";

const order = ["INBOX", "ARCHIVE", "SENT", "DRAFTS", "JUNK", "TRASH"];

export function useFolders() {
  return useQuery({
    queryKey: ["settings", "filterFolders"],
    queryFn: ({ signal }) => request(FilterFoldersQuery, {}, { signal }),
    select: choices,
  });
}

function choices({ mailboxes }: FilterFolders): readonly Folder[] {
  const rank = ({ specialUse }: Folder) => (specialUse === null ? order.length : order.indexOf(specialUse));
  const own = mailboxes.filter(({ owner }) => owner === null);
  const trash = own.find(({ specialUse }) => specialUse === "TRASH");
  // What was thrown away takes no mail.
  return own
    .filter(({ path }) => trash === undefined || !path.startsWith(`${trash.path}/`))
    .sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
}

export function useFolderName(): (folder: Pick<Folder, "specialUse" | "path">) => string {
  const { t } = useLingui();
  const names: Record<string, string> = {
    INBOX: t`Inbox`,
    DRAFTS: t`Drafts`,
    SENT: t`Sent`,
    ARCHIVE: t({ message: "Archive", context: "folder" }),
    JUNK: t`Junk`,
    TRASH: t`Trash`,
  };
  return ({ specialUse, path }) => names[specialUse ?? ""] ?? path.replaceAll("/", " / ");
}
