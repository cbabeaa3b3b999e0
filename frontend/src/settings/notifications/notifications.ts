/** Notifications of new mail; the page is loaded when it is visited. */
import { msg } from "@lingui/core/macro";
import { BellRing } from "lucide-react";
import { lazy } from "react";
import type { Section } from "../section";

export const notifications: Section = {
  id: "notifications",
  icon: BellRing,
  group: "mail",
  title: msg`Notifications`,
  words: msg`push alerts new mail devices phone desktop sound quiet hours permission`,
  needsMail: true,
  Page: lazy(() => import("./NotificationsPage").then((module) => ({ default: module.NotificationsPage }))),
};
