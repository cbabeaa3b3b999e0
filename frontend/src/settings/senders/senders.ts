/** Blocked and trusted senders; the page is loaded when it is visited. */
import { msg } from "@lingui/core/macro";
import { ShieldBan } from "lucide-react";
import { lazy } from "react";
import type { Section } from "../section";

export const senders: Section = {
  id: "senders",
  icon: ShieldBan,
  group: "mail",
  title: msg`Blocked and trusted`,
  words: msg`senders block allow junk spam images whitelist blacklist domain address`,
  needsMail: true,
  Page: lazy(() => import("./SendersPage").then((module) => ({ default: module.SendersPage }))),
};
