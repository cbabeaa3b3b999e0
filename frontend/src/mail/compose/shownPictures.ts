/** Remote pictures of the original that its reader sees, as the reading pane would show them. */
import { request } from "@/api";
import { ShownPicturesQuery } from "./documents";
import type { Content } from "./types";

/** Where each is to be had from our server, by its address; empty where none is shown. */
export async function shownPictures({ inReplyTo, forwardOf }: Content): Promise<ReadonlyMap<string, string>> {
  const id = inReplyTo ?? forwardOf;
  if (id === null) return new Map();
  const { message } = await request(ShownPicturesQuery, { id });
  return message === null ? new Map() : byAddress(message.held.html, message.shown.html);
}

/** Pairs the pictures of two renderings of one message. */
export function byAddress(held: string, shown: string): Map<string, string> {
  const addresses = valuesOf(held, "data-blocked-src");
  const paths = valuesOf(shown, "src").filter((src) => src.startsWith("/img/"));
  if (addresses.length !== paths.length) return new Map();
  return new Map(addresses.map((address, index) => [address, paths[index] ?? ""]));
}

function valuesOf(html: string, attribute: string): string[] {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.querySelectorAll(`img[${attribute}]`)].map((image) => image.getAttribute(attribute) ?? "");
}
