/** A section of the settings: one file that exports it, one line in sections.ts. */
import type { MessageDescriptor } from "@lingui/core";
import type { ComponentType } from "react";

export type Section = {
  /** Its address: /settings/<id>. */
  id: string;
  icon: ComponentType;
  group: "mail" | "account" | "browser";
  title: MessageDescriptor;
  /** Words by which it is found as well, parted by spaces. */
  words: MessageDescriptor;
  /** Only for those who have a mailbox. */
  needsMail: boolean;
  /** `rest` is what follows the section's address, without slashes at its ends. */
  Page: ComponentType<{ rest: string }>;
};
