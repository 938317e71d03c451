// Nodes on an ellipse, links between them. Elements stay with their nodes, so nothing jumps.
import { attr, keyed, svg, text } from './dom.js';

const WIDTH = 640;
const HEIGHT = 350;
const WORDS = { up: 'up', joining: 'joining', silent: 'no answer', down: 'down' };

export class Picture {
  constructor(lines, dots, chosen) {
    this.lines = lines;
    this.dots = dots;
    this.chosen = chosen;
    dots.addEventListener('keydown', (event) => this.key(event));
  }

  show(nodes, links) {
    const places = new Map(nodes.map((node, i) => [node.name, place(i, nodes.length)]));
    const many = nodes.length > 12;
    keyed(this.lines, links, (link) => `${link.a}\n${link.b}`, () => svg('line'), (line, link) => {
      const a = places.get(link.a);
      const b = places.get(link.b);
      attr(line, 'class', `${link.state}${many ? ' thin' : ''}`);
      for (const [name, value] of Object.entries({ x1: a.x, y1: a.y, x2: b.x, y2: b.y })) attr(line, name, value);
    });
    if (!nodes.some((node) => node.name === this.current)) this.current = nodes.find((node) => node.self).name;
    keyed(this.dots, nodes, (node) => node.name, (node) => this.make(node), (dot, node) => {
      const at = places.get(node.name);
      const radius = many ? 9 : 20;
      attr(dot, 'class', `dot ${node.state}${node.self ? ' self' : ''}${node.name === this.current ? ' current' : ''}`);
      attr(dot, 'data-state', node.state);
      attr(dot, 'transform', `translate(${at.x} ${at.y})`);
      attr(dot, 'tabindex', node.name === this.current ? 0 : -1);
      attr(dot, 'aria-label', `${node.name}, ${WORDS[node.state]}${node.self ? ', serves this page' : ''}`);
      attr(dot, 'aria-pressed', node.name === this.current);
      const [ring, disc, mark, name] = dot.children;
      attr(ring, 'r', radius + 5);
      attr(disc, 'r', radius);
      const arm = radius * 0.42;
      attr(mark, 'd', node.state === 'down' ? `M${-arm} ${-arm}L${arm} ${arm}M${-arm} ${arm}L${arm} ${-arm}` : node.state === 'up' ? `M${-arm} ${arm * 0.1}L${-arm * 0.25} ${arm * 0.8}L${arm} ${-arm * 0.8}` : `M${-arm} 0H${arm}`);
      const out = radius + 12;
      attr(name, 'x', round(at.cos * out));
      attr(name, 'y', round(at.sin * out + 4.5 + (Math.abs(at.cos) < 0.35 ? at.sin * 5 : 0)));
      attr(name, 'text-anchor', Math.abs(at.cos) < 0.35 ? 'middle' : at.cos > 0 ? 'start' : 'end');
      attr(name, 'class', many ? 'small' : null);
    });
  }

  make(node) {
    const dot = svg('g', { role: 'button', 'data-node': node.name },
      svg('circle', { class: 'ring' }), svg('circle', { class: 'disc' }), svg('path', { class: 'mark' }), svg('text'));
    text(dot.lastChild, shortened(node.name));
    dot.addEventListener('click', () => this.choose(node.name));
    dot.addEventListener('focus', () => this.choose(node.name));
    return dot;
  }

  choose(name) {
    if (this.current !== name) {
      this.current = name;
      this.chosen();
    }
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const all = [...this.dots.children];
    const at = all.indexOf(event.target.closest('g.dot'));
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : at + step;
    if (at < 0 || Number.isNaN(to)) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  }
}

function place(i, size) {
  const angle = (2 * Math.PI * i) / size - Math.PI / 2;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const [rx, ry] = size === 1 ? [0, 0] : size > 12 ? [236, 138] : [180, 122];
  // Three stand on the base of a triangle, which is higher than it looks.
  const middle = HEIGHT / 2 + (size === 3 ? 28 : 0);
  return { x: round(WIDTH / 2 + rx * cos), y: round(middle + ry * sin), cos: size === 1 ? 0 : cos, sin: size === 1 ? 1 : sin };
}

const round = (number) => Math.round(number * 10) / 10;
const shortened = (name) => (name.length > 16 ? `${name.slice(0, 15)}…` : name);
