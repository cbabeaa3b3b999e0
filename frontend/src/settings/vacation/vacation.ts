/** One's vacation reply; the page is loaded when it is visited. */
import { msg } from "@lingui/core/macro";
import { Palmtree } from "lucide-react";
import { lazy } from "react";
import type { Section } from "../section";

export const vacation: Section = {
  id: "vacation",
  icon: Palmtree,
  group: "mail",
  title: msg`Vacation reply`,
  words: msg`away out of office holiday absence automatic answer autoresponder`,
  needsMail: true,
  Page: lazy(() => import("./VacationPage").then((module) => ({ default: module.VacationPage }))),
};
