/**
 * What stands for remote pictures that are held back: their words beside a small sign, in the width they say they
 * have and in their height as far as that is modest, so that little moves when they come.
 *
 * Pictures that only keep room or count readers stay what they are, unseen.
 */

const MAX_HEIGHT_PX = 120;
/** Up to this size nothing is to be seen in a picture. */
const SPACER_PX = 24;

export function standInForImages(document: Document): void {
  for (const image of document.querySelectorAll<HTMLImageElement>("img[data-blocked-src]")) {
    const width = lengthOf(image, "width");
    const height = lengthOf(image, "height");
    const isSpacer = [width, height].some(
      (one) => one !== undefined && !one.isShare && one.size <= SPACER_PX,
    );
    if (isSpacer) image.style.visibility = "hidden";
    else image.replaceWith(standIn(image, width, height));
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

function standIn(
  image: HTMLImageElement,
  width: Length | undefined,
  height: Length | undefined,
): HTMLElement {
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
