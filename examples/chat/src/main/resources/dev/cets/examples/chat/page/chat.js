// The conversation with the node that has served this page.
import * as pass from './pass.js';
import * as view from './view.js';

const { $ } = view;

let socket = null;
let entered = null; // name, room, node
let servers = [];

const handlers = {
  welcome(message) {
    entered = message;
    pass.keep(message);
    view.problem('');
    view.room(message.room);
    view.show('talk');
    $('where').textContent = `${message.name}, at ${message.node}`;
    $('line').focus();
  },
  people: ({ people }) => view.people(people),
  came: ({ person }) => view.came(person),
  gone: ({ name }) => view.gone(name),
  home: ({ node }) => view.home(node),
  said: (message) => view.said(message),
  servers(message) {
    servers = message.servers;
    view.nodes(servers, entered.node);
  },
  problem({ text, line }) {
    view.problem(text);
    if (line && !$('line').value) $('line').value = line; // to be said again
  },
  bye: ({ text }) => leave(text),
};

function enter(name, room, token) {
  const opened = new WebSocket(new URL('chat', location.href.replace(/^http/, 'ws')));
  socket?.close();
  socket = opened;
  let welcome = false;
  opened.onopen = () => opened.send(JSON.stringify({ type: 'enter', name, room, token }));
  opened.onmessage = ({ data }) => {
    if (opened !== socket) return;
    const message = JSON.parse(data);
    welcome ||= message.type === 'welcome';
    if (welcome) handlers[message.type](message);
    else leave(message.text);
  };
  opened.onclose = () => {
    if (opened !== socket) return;
    if (entered) view.lost(servers, entered.node);
    else leave('This node does not answer.');
  };
  view.found();
}

/** Back to the door. */
function leave(why) {
  const left = socket;
  socket = null;
  entered = null;
  left?.close();
  view.found();
  view.show('door');
  view.problem(why);
  $('where').textContent = '';
  $('name').focus();
}

function again() {
  const { name, room, token } = pass.load();
  enter(name, room, token);
}

$('door').addEventListener('submit', (event) => {
  event.preventDefault();
  const name = $('name').value.trim();
  const kept = pass.load();
  enter(name, $('room').value, kept?.name === name ? kept.token : undefined);
});

$('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('line').value;
  if (!text.trim() || socket.readyState !== WebSocket.OPEN) return;
  view.problem('');
  socket.send(JSON.stringify({ type: 'say', text }));
  $('line').value = '';
});

$('again').addEventListener('click', again);
$('out').addEventListener('click', () => {
  pass.forget();
  leave('');
});

const kept = pass.load();
view.show('door');
if (kept) {
  $('name').value = kept.name;
  $('room').value = kept.room;
  again();
} else {
  $('name').focus();
}
