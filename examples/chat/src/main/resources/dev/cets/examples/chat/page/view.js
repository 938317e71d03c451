// What is seen. A text is set as a text, everywhere: what people say is hostile input.
import { link } from './pass.js';

const MAX_LINES = 200;
const TIME = new Intl.DateTimeFormat([], { timeStyle: 'medium' });

export const $ = (id) => document.getElementById(id);

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children); // texts stay texts
  return element;
}

/** Shows one of: the door, the room. */
export function show(what) {
  $('door').hidden = what !== 'door';
  $('talk').hidden = what !== 'talk';
  $('out').hidden = what !== 'talk';
}

export function problem(text) {
  $('problem').hidden = !text;
  $('problem').textContent = text;
}

/** Puts an element before the first one whose key is greater. */
function insert(list, element, greater) {
  let next = list.lastElementChild;
  while (next && greater(next)) next = next.previousElementSibling;
  if (next) next.after(element);
  else list.prepend(element);
}

export function room(name) {
  $('title').textContent = name;
  $('lines').replaceChildren();
}

/** A line may be told twice, and after later ones. */
export function said({ id, at, from, text }) {
  const list = $('lines');
  if (list.querySelector(`[data-id="${CSS.escape(id)}"]`)) return;
  const stays = list.scrollTop + list.clientHeight < list.scrollHeight - 40;
  const time = new Date(at / 1000);
  const element = el('li', { 'data-id': id, 'data-at': at },
    el('time', { datetime: time.toISOString() }, TIME.format(time)),
    ' ', el('bdi', { class: 'from' }, from),
    ' ', el('bdi', { class: 'text' }, text));
  insert(list, element, (other) => Number(other.dataset.at) > at);
  while (list.childElementCount > MAX_LINES) list.firstElementChild.remove();
  if (!stays) list.scrollTop = list.scrollHeight;
}

export function people(all) {
  $('people').replaceChildren();
  for (const person of all) came(person);
  counted();
}

export function came({ name, node }) {
  find(name)?.remove();
  const element = el('li', { 'data-name': name },
    el('bdi', {}, name), ' ', el('span', { class: 'soft' }, node));
  insert($('people'), element, (other) => other.dataset.name > name);
  counted();
}

export function gone(name) {
  find(name)?.remove();
  counted();
}

function find(name) {
  return $('people').querySelector(`[data-name="${CSS.escape(name)}"]`);
}

function counted() {
  $('count').textContent = $('people').childElementCount;
}

export function home(node) {
  $('home').textContent = node ?? 'none at the moment';
}

export function nodes(servers, mine) {
  $('nodes').replaceChildren(...servers.map(({ node }) =>
    el('li', node === mine ? { class: 'mine' } : {}, node, node === mine ? ' (yours)' : '')));
}

/** Offers all nodes but that which does not answer. */
export function lost(servers, mine) {
  $('lost').hidden = false;
  const others = servers.filter(({ node }) => node !== mine);
  $('ways').replaceChildren(...others.map(({ node, url }) =>
    el('li', {}, el('a', { href: link(url), 'data-node': node }, node))));
  $('line').disabled = true;
}

export function found() {
  $('lost').hidden = true;
  $('line').disabled = false;
}
