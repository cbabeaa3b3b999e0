/** Whether list and message are shown one after the other, for want of room; as the style sheets have it. */
export const isPhone = () => matchMedia("(max-width: 759px)").matches;
