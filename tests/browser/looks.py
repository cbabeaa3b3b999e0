"""What a page must keep where people change its looks: facts that the browser computed.

Each is the source of a function that gives sentences on what is wrong.
"""

from __future__ import annotations

# WCAG 1.4.12. Texts of what lies on top are looked at: each is whole, or ends in an ellipsis, and lies on no
# other. Glyphs are lower than their line, so a fifth of it may be shared above and below.
TEXT_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  const own = document.adoptedStyleSheets;
  document.adoptedStyleSheets = [...own, sheet];
  const layers = document.querySelectorAll('[role=dialog], [role=alertdialog], [role=menu]');
  const over = [...layers].filter((one) => one.checkVisibility()).pop() ?? document.body;
  const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';
  const backing = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return backgroundColor === 'rgba(0, 0, 0, 0)' && element.parentElement
      ? backing(element.parentElement) : element;
  };
  const found = new Set();
  const shown = [];
  const walker = document.createTreeWalker(over, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.data.trim().slice(0, 40);
    if (text === '' || element.closest('option, svg, .visually-hidden, [contenteditable]')
      || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      let { left, right, top, bottom } = rect;
      const pad = rect.height / 5;
      let isShortened = false;
      for (let box = element; box !== null; box = box.parentElement) {
        const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(box);
        if (overflowX === 'visible' && overflowY === 'visible') continue;
        isShortened ||= textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
        const edge = box.getBoundingClientRect();
        if (right - left > 1 && bottom - top > 1 && !isShortened
          && ((!scrolls(overflowX) && (left < edge.left - 1 || right > edge.right + 1))
            || (!scrolls(overflowY) && (top + pad < edge.top || bottom - pad > edge.bottom))))
          found.add(`"${text}" is cut`);
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.bottom);
      }
      if (right - left > 2 && bottom - top > 2 * pad)
        shown.push({ node, text, left, right, top: top + pad, bottom: bottom - pad });
    }
  }
  for (const [index, one] of shown.entries())
    for (const other of shown.slice(index + 1))
      if (one.node !== other.node
        && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1
        && backing(one.node.parentElement) === backing(other.node.parentElement))
        found.add(`"${one.text}" lies on "${other.text}"`);
  document.adoptedStyleSheets = own;
  return [...found];
}"""

# Backgrounds but the browser's own and all shadows are gone: what is chosen differs from what is not by more
# than the colour and weight of its letters; at least by a sign of its own.
CHOSEN = """() => {
  const kinds = [
    ['a', 'aria-current'], ['button', 'aria-current'], ['[role=tab]', 'aria-selected'],
    ['[role=row]', 'aria-selected'], ['[role=row]', 'data-open'], ['[role=row]', 'data-unread'],
    ['[role=option]', 'aria-selected'], ['[role^=menuitem]', 'aria-checked'], ['button', 'aria-pressed'],
  ];
  const look = (element) => [element, ...element.querySelectorAll('*')].map((one) => {
    const style = getComputedStyle(one);
    const ring = style.outlineStyle === 'none' ? '' : style.outlineStyle + style.outlineWidth;
    const isClear = /^rgba.*, 0\\)$/.test(style.backgroundColor);
    return [isClear || style.backgroundColor, ring, style.borderTopWidth, style.borderBottomWidth,
      style.borderInlineStartWidth, style.textDecorationLine, style.fill === 'none'].join();
  }).join('|');
  const signs = (element) =>
    ['svg', '.lucide-check'].map((one) => element.querySelectorAll(one).length).join();
  const found = [];
  for (const [what, state] of kinds) {
    const all = [...document.querySelectorAll(what)].filter((one) => one.checkVisibility());
    const isOn = (one) => one.hasAttribute(state) && one.getAttribute(state) !== 'false';
    for (const one of all.filter(isOn)) {
      const like = all.find((other) => !isOn(other) && other.className === one.className);
      if (like === undefined) continue;
      const before = look(one);
      const value = one.getAttribute(state);
      one.removeAttribute(state);
      const after = look(one);
      one.setAttribute(state, value);
      if (before === after && signs(one) === signs(like))
        found.push(`${what}[${state}] looks like any other`);
    }
  }
  return [...new Set(found)];
}"""

# Whatever the keyboard reaches has a line around it, or around what it stands in.
FOCUS = """() => {
  const lines = (element) => {
    const { outlineStyle, outlineWidth, borderTopWidth } = getComputedStyle(element);
    return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth, borderTopWidth].join();
  };
  const found = new Set();
  const had = document.activeElement;
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')) {
    if (!one.checkVisibility() || one.disabled || one.closest('[inert]')) continue;
    const near = [one, one.parentElement];
    one.blur();
    const before = near.map(lines).join();
    one.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement === one && near.map(lines).join() === before)
      found.add(`${one.localName} "${one.ariaLabel ?? one.textContent.trim().slice(0, 30)}" has no ring`);
  }
  had?.focus?.({ preventScroll: true });
  return [...found];
}"""

# Of all that the style sheets so far say to those who want less motion, what moves: more than colours and
# opacity that fade. What is said in several rules of one selector is taken together, as the browser does.
MOTION = """() => {
  const still = /^(opacity|visibility|outline|.*color|background|box-shadow|all 0s|none)$/;
  const said = new Map();
  const frames = new Map();
  const read = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSKeyframesRule)
        frames.set(rule.name, [...rule.cssRules].flatMap(({ style }) => [...style]));
      else if (rule instanceof CSSMediaRule && !matchMedia(rule.conditionText).matches) continue;
      else if (rule instanceof CSSStyleRule)
        for (const one of rule.selectorText.split(','))
          said.set(one.trim(), (said.get(one.trim()) ?? '') + ';' + rule.style.cssText);
      if (rule.cssRules !== undefined && !(rule instanceof CSSKeyframesRule)) read(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) read(sheet.cssRules);
  const probe = document.body.appendChild(document.createElement('div'));
  const found = [];
  for (const [selector, text] of said) {
    if (!/transition|animation|scroll-behavior/.test(text)) continue;
    probe.style.cssText = text;
    const style = getComputedStyle(probe);
    const lasts = (times) => times.split(', ').map((one) => parseFloat(one));
    const times = lasts(style.transitionDuration);
    style.transitionProperty.split(', ').forEach((property, at) => {
      if (times[at % times.length] > 0 && !still.test(property)) found.push(`${selector}: ${property} moves`);
    });
    const spans = lasts(style.animationDuration);
    style.animationName.split(', ').forEach((name, at) => {
      const moving = (frames.get(name) ?? []).filter((property) => !still.test(property));
      if (spans[at % spans.length] > 0 && moving.length > 0) found.push(`${selector}: ${name} moves`);
    });
    if (style.scrollBehavior === 'smooth') found.push(`${selector}: scrolls smoothly`);
  }
  probe.remove();
  return said.size > 500 ? found : [`only ${said.size} rules`];
}"""
