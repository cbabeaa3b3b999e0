/** Clean-up of folders; the page is loaded when it is visited. */
import { msg } from "@lingui/core/macro";
import { BrushCleaning } from "lucide-react";
import { lazy } from "react";
import type { Section } from "../section";

export const cleanup: Section = {
  id: "clean-up",
  icon: BrushCleaning,
  group: "mail",
  title: msg`Folder clean-up`,
  words: msg`auto-clean delete old messages trash junk retention days keep newest space`,
  needsMail: true,
  Page: lazy(() => import("./CleanupPage").then((module) => ({ default: module.CleanupPage }))),
};
