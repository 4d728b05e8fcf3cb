// Helpers for the checks that need a laid-out page. Evaluated by the harness, never served.
window.harness ??= (() => {
  const FOCUSABLE = 'a[href],button,input:not([type=hidden]),select,textarea,summary,iframe,audio[controls],video[controls],[contenteditable],[tabindex]';

  const label = (element) => {
    if (!element || element === document.body) return 'body';
    const name = (element.getAttribute('aria-label') || element.innerText || element.value || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    const marks = ['id', 'name', 'type', 'href', 'class'].filter((each) => element.getAttribute(each))
      .map((each) => `${each}="${element.getAttribute(each).slice(0, 50)}"`).join(' ');
    return `<${element.tagName.toLowerCase()}${marks ? ' ' + marks : ''}>${name ? ' “' + name + '”' : ''}`;
  };

  const rendered = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && element.getClientRects().length > 0;

  // Hidden from the eye on purpose, for readers only.
  const readersOnly = (element) => {
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      const box = each.getBoundingClientRect();
      const style = getComputedStyle(each);
      if (box.width <= 1 && box.height <= 1 && style.overflow !== 'visible') return true;
      if (style.clipPath === 'inset(50%)' || style.clip === 'rect(0px, 0px, 0px, 0px)') return true;
    }
    return false;
  };

  const inert = (element) => element.disabled || element.closest('[inert]') || element.matches('fieldset:disabled *');

  // Where Tab should stop, in document order; a group of radios is one stop.
  const stops = () => {
    const groups = new Set();
    return [...document.querySelectorAll(FOCUSABLE)].filter((element) => {
      if (element.tabIndex < 0 || inert(element) || !rendered(element)) return false;
      if (element.closest('details:not([open])') && !element.matches('summary')) return false;
      if (element.type === 'radio' && element.name) {
        const group = `${element.form ? [...document.forms].indexOf(element.form) : ''}/${element.name}`;
        const checked = (element.form || document).querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`);
        if (checked ? checked !== element : groups.has(group)) return false;
        groups.add(group);
      }
      return true;
    });
  };

  const textNodes = function* (root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() && node.parentElement && !node.parentElement.closest('script,style,noscript,template,title')) yield node;
    }
  };

  const rgb = (colour) => {
    const [r, g, b, a = 1] = (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return { r, g, b, a: colour === 'transparent' ? 0 : a };
  };
  const light = ({ r, g, b }) => [r, g, b].map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
  const contrast = (one, other) => {
    const [high, low] = [light(rgb(one)), light(rgb(other))].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (rgb(colour).a > 0.5) return colour;
    }
    return 'rgb(255, 255, 255)';
  };

  // Text above what is drawn before or after an element (::before, ::after), which axe does not judge: as long as that is one flat
  // colour, the text must stand out from it and from what is behind it.
  const standsOut = (element) => {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const grounds = [behind(element)];
    for (let up = element; up; up = up.parentElement) {
      for (const pseudo of ['::before', '::after']) {
        const drawn = getComputedStyle(up, pseudo);
        if (drawn.content === 'none' || drawn.display === 'none' || Number(drawn.opacity) === 0) continue;
        if (drawn.position === 'absolute' && parseFloat(drawn.width) <= 44) continue; // a box or dot beside the text
        if (drawn.backgroundImage !== 'none') return false;
        if (rgb(drawn.backgroundColor).a > 0) grounds.push(drawn.backgroundColor);
      }
    }
    return grounds.every((each) => contrast(style.color, each) >= wanted);
  };

  // Whether the letters of an element are what one sees where they stand (axe gives up as soon as two boxes touch).
  const isOnTop = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    element.scrollIntoView({ block: 'center' });
    return [...range.getClientRects()].every((box) => [0.1, 0.5, 0.9].every((x) => [0.35, 0.65].every((y) => {
      const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return hit && (element === hit || element.contains(hit));
    })));
  };

  const wear = (name, rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    sheet.harness = name;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter((each) => each.harness !== name), sheet];
  };

  const undress = () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => !each.harness); };

  return { FOCUSABLE, label, rgb, contrast, behind, standsOut, isOnTop, rendered, readersOnly, inert, stops, textNodes, wear, undress };
})();
