// Layout: what does not fit, is cut off, or spills over when text grows, widens or the window is narrow.
window.harness.layout ??= (() => {
  const { label, rendered, readersOnly, textNodes } = window.harness;

  const scrolls = (element) => /(auto|scroll)/.test(getComputedStyle(element).overflowX) && element.clientWidth > 0;

  // What makes the page itself scroll sideways. Wide tables may scroll in a frame of their own that the keyboard reaches.
  const sideways = () => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth + 1) return [];
    const found = [];
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      const out = box.right > root.clientWidth + 1 || box.left < -1;
      if (!out || !rendered(element) || readersOnly(element)) continue;
      let framed = false;
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) framed ||= scrolls(up);
      if (!framed && ![...element.children].some((child) => child.getBoundingClientRect().right > root.clientWidth + 1)) found.push(label(element));
    }
    return [`page is ${root.scrollWidth} px wide in ${root.clientWidth} px`, ...found.slice(0, 5)];
  };

  const unreachable = () => [...document.querySelectorAll('body *')].filter((element) =>
    scrolls(element) && element.scrollWidth > element.clientWidth + 1 && !['TEXTAREA', 'INPUT', 'SELECT'].includes(element.tagName)
    && element.tabIndex < 0 && !element.querySelector('a,button,input,select,textarea')).map(label);

  // Text that is cut by its own box or by one around it, or that runs out of a box of fixed height onto what follows.
  const clipped = () => {
    const found = new Set();
    const range = document.createRange();
    for (const node of textNodes(document.body)) {
      const own = node.parentElement;
      if (!rendered(own) || readersOnly(own) || own.closest('option,select,svg')) continue;
      range.selectNodeContents(node);
      const lines = range.getClientRects();
      if (!lines.length || !lines[0].width) continue;
      // The letters' own box may be higher than a tight line without anything being cut: what counts is the line.
      const style = getComputedStyle(own);
      const line = parseFloat(style.lineHeight) || 1.2 * parseFloat(style.fontSize);
      const spare = Math.max(0, (lines[0].height - line) / 2);
      const whole = range.getBoundingClientRect();
      const text = { left: whole.left, right: whole.right, top: whole.top + spare, bottom: whole.bottom - spare };
      for (let up = own; up && up !== document.body; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.display === 'inline' || style.display === 'contents') continue;
        const box = up.getBoundingClientRect();
        const cutsX = /(hidden|clip)/.test(style.overflowX), cutsY = /(hidden|clip)/.test(style.overflowY);
        if (cutsX && (text.right > box.right + 2 || text.left < box.left - 2)) found.add(`cut at the side: ${label(up)}`);
        if (cutsY && (text.bottom > box.bottom + 4 || text.top < box.top - 4)) found.add(`cut above or below: ${label(up)}`);
        if (!cutsY && !/(auto|scroll)/.test(style.overflowY) && text.bottom > box.bottom + 4 && style.position !== 'absolute'
          && up === own) found.add(`runs out of its box: ${label(up)}`);
        if (/(auto|scroll)/.test(style.overflowX + style.overflowY)) break;
      }
    }
    return [...found];
  };

  const moving = () => {
    const faults = document.getAnimations().filter((each) => each.playState === 'running' && each.effect
      && Number(each.effect.getComputedTiming().duration) > 10).map((each) => `moves: ${label(each.effect.target)}`);
    if (getComputedStyle(document.documentElement).scrollBehavior === 'smooth') faults.push('the page scrolls smoothly');
    return faults;
  };

  // With forced colours only borders, outlines and text remain: a control must still have an edge or be underlined.
  const edgeless = () => [...document.querySelectorAll('button,input:not([type=hidden],[type=radio],[type=checkbox],[type=range],[type=file]),select,textarea')]
    .filter((element) => rendered(element) && !readersOnly(element)).filter((element) => {
      const style = getComputedStyle(element);
      const edge = ['Top', 'Bottom', 'Left', 'Right'].some((side) => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0);
      const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      return !edge && !outline && !/underline/.test(style.textDecorationLine);
    }).map(label);

  return { sideways, unreachable, clipped, moving, edgeless };
})();
