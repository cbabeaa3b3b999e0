/** The lazy chunk of widgets that float: React Aria is loaded with this file and nowhere before. */
export { FloatingPanel } from "./overlays/FloatingPanel";
export { MenuPanel } from "./overlays/MenuPanel";
export { ModalPanel } from "./overlays/ModalPanel";
