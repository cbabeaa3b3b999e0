/** One's filters; the page is loaded when it is visited. */
import { msg } from "@lingui/core/macro";
import { ListFilter } from "lucide-react";
import { lazy } from "react";
import type { Section } from "../section";

export const filters: Section = {
  id: "filters",
  icon: ListFilter,
  group: "mail",
  title: msg`Filters`,
  words: msg`rules sort incoming folder automatically tag forward sieve conditions`,
  needsMail: true,
  Page: lazy(() => import("./FiltersPage").then((module) => ({ default: module.FiltersPage }))),
};
