// Focus: what one stop of a keyboard walk looks like, and whether every stop changes its looks when it has focus.
window.harness.focus ??= (() => {
  const { label, stops, rendered, rgb, contrast, behind } = window.harness;
  const COLOURS = ['outlineColor', 'backgroundColor', 'color', 'borderTopColor', 'borderBottomColor', 'borderInlineStartColor'];
  const SHAPES = ['position', 'clip', 'clipPath', 'boxShadow', 'borderTopWidth', 'borderBottomWidth', 'borderInlineStartWidth', 'textDecorationLine', 'textDecorationThickness'];

  const looks = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const found = { outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && rgb(style.outlineColor).a > 0.5 };
    for (const each of [...COLOURS, ...SHAPES]) found[each] = style[each];
    // What is not painted is no difference: borders without width, and shadows where the device forces its colours.
    for (const side of ['Top', 'Bottom', 'InlineStart']) {
      if (parseFloat(found[`border${side}Width`]) === 0) found[`border${side}Color`] = 'transparent';
    }
    if (matchMedia('(forced-colors: active)').matches) found.boxShadow = '';
    return found;
  };

  // A difference that can be seen: another shape, an outline that stands out from what is behind it, or 3:1 between two colours.
  const differs = (plain, focused, ground) => {
    if (SHAPES.some((each) => plain[each] !== focused[each])) return true;
    if (focused.outlined && !plain.outlined) return contrast(focused.outlineColor, ground) >= 3;
    return COLOURS.filter((each) => each !== 'outlineColor' || (plain.outlined && focused.outlined)).some((each) => plain[each] !== focused[each]
      && (rgb(focused[each]).a > 0.5 || rgb(plain[each]).a > 0.5)
      && contrast(rgb(plain[each]).a > 0.5 ? plain[each] : ground, rgb(focused[each]).a > 0.5 ? focused[each] : ground) >= 3);
  };

  // A control's focus may be drawn on it, on what stands inside it, or on its label (radios and tick boxes).
  const painted = (element) => [element, ...element.querySelectorAll('*'), ...(element.labels || [])].slice(0, 12)
    .flatMap((each) => [null, '::before', '::after'].map((pseudo) => looks(each, pseudo)));

  // Every stop that looks the same with focus and without.
  const unseen = () => {
    const before = document.activeElement;
    const faults = [];
    for (const element of stops()) {
      if (document.activeElement) document.activeElement.blur();
      const plain = painted(element);
      element.focus({ preventScroll: true, focusVisible: true });
      const ground = behind(element.parentElement);
      const focused = document.activeElement === element ? painted(element) : null;
      if (focused && !focused.some((each, place) => differs(plain[place], each, ground))) faults.push(label(element));
      element.blur();
    }
    if (before && before !== document.body) before.focus({ preventScroll: true });
    return faults;
  };

  const numbers = new WeakMap();
  let last = 0;

  // Where the walk stands now: who has focus, is it in view, is anything on top of it.
  const stop = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    if (!numbers.has(element)) numbers.set(element, ++last);
    const box = element.getBoundingClientRect();
    const target = box.width <= 1 && element.labels && element.labels[0] ? element.labels[0].getBoundingClientRect() : box;
    const left = Math.max(target.left, 0), right = Math.min(target.right, innerWidth);
    const top = Math.max(target.top, 0), bottom = Math.min(target.bottom, innerHeight);
    const inView = right - left > 1 && bottom - top > 1;
    let covered = inView;
    if (inView) {
      for (const [x, y] of [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]]) {
        const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
        if (hit && (element.contains(hit) || hit.contains(element) || [...(element.labels || [])].some((each) => each.contains(hit)))) {
          covered = false;
          break;
        }
      }
    }
    const all = stops();
    return { number: numbers.get(element), label: label(element), position: all.indexOf(element), inView, covered,
      visible: rendered(element), href: element.getAttribute('href'), tag: element.tagName };
  };

  return { unseen, stop };
})();
