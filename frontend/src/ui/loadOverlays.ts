/** Fetches the overlays chunk once; called idly after the first screen, so that menus open at once. */
let loading: Promise<typeof import("./overlays")> | undefined;

export function loadOverlays() {
  loading ??= import("./overlays");
  return loading;
}
