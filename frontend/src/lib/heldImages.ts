/**
 * What stands for remote pictures that are held back: their words beside a small sign, in the width they say they
 * have and in their height as far as that is modest, so that little moves when they come.
 *
 * Pictures that only keep room or count readers stay what they are, unseen.
 */

const MAX_HEIGHT_PX = 120;
/** Up to this size nothing is to be seen in a picture. */
const SPACER_PX = 24;

const imageIcon = `url("data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" fill="none" stroke="#000" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect width="18" height="18" x="3" y="3" rx="2"/><circle cx="9" cy="9" r="2"/><path d="m21 15-3.1-3.1a2 2 0 0 0-2.8 0L6 21"/></svg>',
)}")`;
// In a table no share of it bounds what stands there, as it would a picture: the frame does.
export const heldStyles = `
[data-held] { display: inline-flex; align-items: center; justify-content: center; gap: 8px; box-sizing: border-box; inline-size: min(var(--width), 90vw); max-inline-size: 100%; padding: 8px 10px; border: 1px solid transparent; overflow: hidden; vertical-align: middle; border-radius: 6px; font: 13px/1.35 system-ui, sans-serif; text-align: start; background: color-mix(in srgb, currentColor 7%, transparent); }
[data-held]::before { content: ""; flex: none; inline-size: 20px; block-size: 20px; opacity: .6; forced-color-adjust: none; background: currentColor; mask: ${imageIcon} center / contain no-repeat; }
`;

export function standInForImages(root: ParentNode): void {
  for (const image of root.querySelectorAll<HTMLImageElement>("img[data-blocked-src]")) {
    const width = lengthOf(image, "width");
    const height = lengthOf(image, "height");
    const isSpacer = [width, height].some(
      (one) => one !== undefined && !one.isShare && one.size <= SPACER_PX,
    );
    if (isSpacer) image.style.visibility = "hidden";
    else image.replaceWith(standIn(image));
  }
}

type Length = { size: number; isShare: boolean };

/** Pictures keep their shape where they are made narrower to fit, whatever is behind their address. */
export function keepShapes(document: Document): void {
  for (const image of document.querySelectorAll("img")) {
    const width = lengthOf(image, "width");
    const height = lengthOf(image, "height");
    if (!width?.size || !height?.size || width.isShare || height.isShare) continue;
    image.style.aspectRatio = `${width.size} / ${height.size}`;
    image.style.height = "auto";
  }
}

/** As the style has it, or else the attribute; in pixels or as a share of what surrounds it. */
function lengthOf(image: HTMLImageElement, side: "width" | "height"): Length | undefined {
  const found = /^(\d+(?:\.\d+)?)(px|%)?$/.exec((image.style[side] || image.getAttribute(side) || "").trim());
  return found === null ? undefined : { size: Number(found[1]), isShare: found[2] === "%" };
}

/** What is shown in the place of a picture. */
export function standIn(image: HTMLImageElement): HTMLElement {
  const width = lengthOf(image, "width");
  const height = lengthOf(image, "height");
  const one = image.ownerDocument.createElement("span");
  const words = image.alt.trim();
  one.dataset.held = "";
  one.textContent = words;
  if (words === "") one.ariaHidden = "true";
  if (image.style.display === "block") one.style.display = "flex";
  if (width !== undefined) one.style.setProperty("--width", `${width.size}${width.isShare ? "%" : "px"}`);
  if (height !== undefined && !height.isShare)
    one.style.minHeight = `${Math.min(height.size, MAX_HEIGHT_PX)}px`;
  return one;
}
