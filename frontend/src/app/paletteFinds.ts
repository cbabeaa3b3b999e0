/**
 * What the palette finds besides commands: sections of the settings, pages of administration, people, and domains
 * for administrators.
 */
import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { graphql, request } from "@/api";
import { compose } from "./compose";
import { navigate } from "./location";
import { adminHref, settingsHref } from "./routes";
import { hasAdmin, hasMail, type Viewer } from "./session";

export type Find = {
  id: string;
  kind: "settings" | "admin" | "person" | "domain";
  label: string;
  keywords: string;
  run: () => void;
};

const PeopleQuery = graphql(`
  query PalettePeople($text: String!) {
    suggestions(text: $text, limit: 5) { name address }
  }
`);

const DomainsQuery = graphql(`
  query PaletteDomains($text: String!) {
    domains(first: 5, search: $text) { edges { node { id displayName } } }
  }
`);

/** All sections of the settings and pages of administration that the viewer has. */
export async function placeFinds(viewer: Viewer): Promise<Find[]> {
  const [settings, admin] = await Promise.all([
    settingsFinds(viewer),
    hasAdmin(viewer) ? adminFinds(viewer) : [],
  ]);
  return [...settings, ...admin];
}

async function adminFinds(viewer: Viewer): Promise<Find[]> {
  const { entriesFor } = await import("@/admin/entries");
  return entriesFor(viewer).map(({ to, title }) => ({
    id: `admin-${to}`,
    kind: "admin",
    label: i18n._(title),
    keywords: "",
    run: () => navigate(adminHref(to)),
  }));
}

async function settingsFinds(viewer: Viewer): Promise<Find[]> {
  const { sections } = await import("@/settings");
  return sections
    .filter((section) => !section.needsMail || hasMail(viewer))
    .map((section) => ({
      id: `settings-${section.id}`,
      kind: "settings",
      label: i18n._(section.title),
      keywords: i18n._(section.words),
      run: () => navigate(settingsHref(section.id)),
    }));
}

/** People to write to and domains to look after, by what is typed; nothing for less than two signs. */
export async function namedFinds(text: string, viewer: Viewer): Promise<Find[]> {
  if (text.trim().length < 2) return [];
  const [people, domains] = await Promise.all([
    hasMail(viewer) ? peopleFinds(text) : [],
    viewer.permissions.includes("DOMAIN_READ") ? domainFinds(text) : [],
  ]);
  return [...people, ...domains];
}

async function peopleFinds(text: string): Promise<Find[]> {
  const { suggestions } = await request(PeopleQuery, { text });
  return suggestions.map(({ name, address }) => ({
    id: `person-${address}`,
    kind: "person",
    label: t`Write to ${name || address}`,
    keywords: `${name} ${address}`,
    run: () => void compose({ kind: "new", to: [address] }),
  }));
}

async function domainFinds(text: string): Promise<Find[]> {
  const { domains } = await request(DomainsQuery, { text });
  return (domains?.edges ?? []).map(({ node }) => ({
    id: `domain-${node.id}`,
    kind: "domain",
    label: node.displayName,
    keywords: "",
    run: () => navigate(adminHref(`domains/${node.id}`)),
  }));
}
