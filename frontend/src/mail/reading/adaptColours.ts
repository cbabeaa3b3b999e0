/**
 * A message made for white paper, in the dark: every colour it names is mapped by its lightness.
 *
 * Hue stays. Light grounds become dark ones around that of the page, dark text becomes light, what was dark on
 * purpose (a header in navy with white letters) stays. Pictures are left alone. Works on markup before it reaches
 * the frame, so nothing flashes.
 */
import { trusted } from "./frameDocument";

export type Role = "text" | "ground" | "line";
type Lab = { l: number; a: number; b: number; alpha: number };

/** The page's own sheet in the dark; what has no colour of its own takes a hint of its hue. */
const SHEET = { l: 0.225, a: -0.0106, b: -0.0075 };
const COLOURLESS = 0.03;
const MAX_ELEMENTS = 40_000;

const properties: readonly [string, Role][] = [
  ["color", "text"],
  ["text-decoration-color", "text"],
  ["background-color", "ground"],
  ["background-image", "ground"],
  ["border-top-color", "line"],
  ["border-right-color", "line"],
  ["border-bottom-color", "line"],
  ["border-left-color", "line"],
  ["outline-color", "line"],
  ["column-rule-color", "line"],
  ["box-shadow", "line"],
];

/** The message's markup with its colours adapted. */
export function adaptHtml(html: string): string {
  const page = new DOMParser().parseFromString(trusted(html), "text/html");
  for (const element of page.body.querySelectorAll("style")) {
    element.textContent = adaptSheet(element.textContent ?? "");
  }
  for (const element of page.head.querySelectorAll("style")) {
    element.textContent = adaptSheet(element.textContent ?? "");
    page.body.prepend(element);
  }
  const painted = page.body.querySelectorAll<HTMLElement>("[style], [bgcolor], [color], [background]");
  for (const element of [...painted].slice(0, MAX_ELEMENTS)) {
    adaptAttribute(element, "bgcolor", "ground");
    adaptAttribute(element, "color", "text");
    if (element.hasAttribute("background")) darkenPicture(element.style);
    if (element.hasAttribute("style")) adaptStyle(element.style);
  }
  return page.body.innerHTML;
}

function adaptSheet(css: string): string {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    adaptRules(sheet.cssRules);
    return [...sheet.cssRules].map((rule) => rule.cssText).join("\n");
  } catch {
    return css; // A browser that makes no sheets shows these colours as they were sent.
  }
}

function adaptRules(rules: CSSRuleList) {
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) adaptStyle(rule.style);
    else if (rule instanceof CSSMediaRule) adaptRules(rule.cssRules);
  }
}

function adaptStyle(style: CSSStyleDeclaration) {
  for (const [name, role] of properties) {
    const value = style.getPropertyValue(name);
    if (value === "") continue;
    if (name === "background-image" && value.includes("url(")) darkenPicture(style);
    const next = adaptValue(value, role);
    if (next !== value) style.setProperty(name, next, style.getPropertyPriority(name));
  }
}

/** A picture as ground is darkened with a colour: the text over it has become light. */
function darkenPicture(style: CSSStyleDeclaration) {
  style.setProperty("background-blend-mode", "multiply");
  if (style.getPropertyValue("background-color") === "") style.setProperty("background-color", "#8a8a8a");
}

function adaptAttribute(element: HTMLElement, name: string, role: Role) {
  const value = element.getAttribute(name)?.trim();
  if (value === undefined || value === "") return;
  const next = adaptColour(/^[0-9a-f]{6}$/i.test(value) ? `#${value}` : value, role);
  if (next !== undefined) element.setAttribute(name, next.slice(0, 7));
}

const token =
  /url\((?:"[^"]*"|'[^']*'|[^)]*)\)|#[0-9a-f]{3,8}\b|(?:rgba?|hsla?|hwb|oklch|oklab|lab|lch)\([^()]*\)|[a-z][a-z-]*/gi;
const never = new Set([
  "transparent",
  "currentcolor",
  "inherit",
  "initial",
  "unset",
  "none",
  "solid",
  "auto",
]);

/** A CSS value with every colour in it adapted; addresses and other words stay. */
export function adaptValue(value: string, role: Role): string {
  return value.replace(token, (word) =>
    word.toLowerCase().startsWith("url(") || never.has(word.toLowerCase())
      ? word
      : (adaptColour(word, role) ?? word),
  );
}

const known = new Map<string, string | undefined>();

/** One colour as #rrggbb or #rrggbbaa; undefined for what is none. */
export function adaptColour(colour: string, role: Role): string | undefined {
  const key = `${role} ${colour}`;
  if (known.has(key)) return known.get(key);
  const lab = parse(colour);
  const adapted = lab === undefined ? undefined : print(adapt(lab, role));
  if (known.size > 2000) known.clear();
  known.set(key, adapted);
  return adapted;
}

function adapt({ l, a, b, alpha }: Lab, role: Role): Lab {
  const scaled = (lightness: number, chroma: number) => ({
    l: lightness,
    a: a * chroma,
    b: b * chroma,
    alpha,
  });
  switch (role) {
    case "text":
      return l > 0.65 ? scaled(l, 1) : scaled(0.93 - l * 0.32, 0.9);
    case "ground":
      return l < 0.5 ? scaled(Math.max(l, 0.16), 1) : tinted(scaled(SHEET.l + (1 - l) * 0.45, 0.8));
    case "line":
      return l < 0.5 ? scaled(0.62 - l * 0.3, 0.9) : tinted(scaled(0.29 + (1 - l) * 0.35, 0.8));
  }
}

function tinted(lab: Lab): Lab {
  const share = Math.max(0, 1 - Math.hypot(lab.a, lab.b) / COLOURLESS);
  return { ...lab, a: lab.a + SHEET.a * share, b: lab.b + SHEET.b * share };
}

function parse(colour: string): Lab | undefined {
  const plain = /^#([0-9a-f]{3,8})$/i.exec(colour)?.[1];
  if (plain !== undefined) return fromHex(plain);
  const numbers = /^rgba?\(([^()]*)\)$/i.exec(colour)?.[1]?.match(/[\d.]+%?/g);
  if (numbers !== undefined && numbers !== null && numbers.length >= 3) {
    const [r = 0, g = 0, b = 0] = numbers.map((one) =>
      one.endsWith("%") ? Number.parseFloat(one) * 2.55 : Number(one),
    );
    return toLab(r, g, b, alphaOf(numbers[3]));
  }
  const resolved = resolve(colour);
  return resolved === undefined ? undefined : parse(resolved);
}

function alphaOf(text: string | undefined): number {
  if (text === undefined) return 1;
  return text.endsWith("%") ? Number.parseFloat(text) / 100 : Number(text);
}

function fromHex(hex: string): Lab | undefined {
  const wide = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join("") : hex;
  if (wide.length !== 6 && wide.length !== 8) return undefined;
  const [r = 0, g = 0, b = 0, alpha = 255] =
    wide.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  return toLab(r, g, b, alpha / 255);
}

let brush: CanvasRenderingContext2D | null | undefined;

/** Names and notations that the browser knows, as hex or rgba; undefined for other words. */
function resolve(colour: string): string | undefined {
  brush ??= document.createElement("canvas").getContext("2d");
  if (brush === null) return undefined;
  const read = (before: string) => {
    if (brush === null || brush === undefined) return undefined;
    brush.fillStyle = before;
    brush.fillStyle = colour;
    return brush.fillStyle;
  };
  // A word that is no colour leaves what was there.
  const found = read("#000001");
  return found !== undefined && found === read("#000002") && /^(?:#|rgb)/.test(found) ? found : undefined;
}

function toLab(r: number, g: number, b: number, alpha: number): Lab {
  const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) => {
    const share = Math.min(255, Math.max(0, value)) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return {
    l: 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    alpha,
  };
}

function print({ l, a, b, alpha }: Lab): string {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ].map((value) => {
    const share = Math.min(1, Math.max(0, value));
    return Math.round(255 * (share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055));
  });
  const bytes = alpha >= 1 ? channels : [...channels, Math.round(255 * Math.max(0, alpha))];
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
