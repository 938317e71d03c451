// Elements and texts. Records are hostile input: a text is set as a text, everywhere.
const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes; `text` and children besides. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'text') element.textContent = value;
    else attr(element, name, value);
  }
  element.append(...children);
  return element;
}

/** Sets what has changed, and nothing else: what stands still is not painted again. */
export function attr(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

/** Makes the children of a parent those of the items, in order; elements stay with their keys. */
export function keyed(parent, items, keyOf, make, update) {
  const known = (parent.keyed ??= new Map());
  const wanted = new Set();
  let next = parent.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    wanted.add(key);
    let child = known.get(key);
    if (!child) known.set(key, (child = make(item)));
    if (child === next) next = next.nextSibling;
    else parent.insertBefore(child, next);
    update(child, item);
  }
  for (const [key, child] of known) {
    if (!wanted.has(key)) {
      child.remove();
      known.delete(key);
    }
  }
}

const COUNT = new Intl.NumberFormat('en');
export const count = (number) => COUNT.format(number);

/** How long, in the one unit that matters. */
export function span(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 120) return `${s} s`;
  if (s < 7200) return `${Math.floor(s / 60)} min`;
  return s < 172800 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86400)} d`;
}

export function clock(instant) {
  const time = new Date(instant);
  const day = time.toDateString() === new Date().toDateString() ? '' : time.toISOString().slice(5, 10) + ' ';
  return day + time.toTimeString().slice(0, 8);
}

export function bytes(number) {
  if (number < 1024) return `${number} B`;
  return number < 1048576 ? `${(number / 1024).toFixed(1)} KiB` : `${(number / 1048576).toFixed(1)} MiB`;
}
