// Socket.IO with the Redis adapter, as bench realtime asks it: one process has the sockets, the other emits to them through Redis.
// Install it with: npm install --prefix bench/Realtime/peer
// node --expose-gc socketio.mjs sockets|emitter PORT HOST:PORT-OF-REDIS; prints "ready VERSIONS", then takes POST /COMMAND with JSON on PORT.
import http from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const [what, port, redis] = process.argv.slice(2);

// A command that is late under load must not end the process, as it would by the client's own limit of 5 s.
const publisher = createClient({ url: `redis://${redis}`, commandOptions: { timeout: undefined } });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

// Nanoseconds of the machine's monotonic clock; the last digits are lost in a number, which are less than a microsecond.
const now = () => Number(process.hrtime.bigint());

const server = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const answer = await commands[request.url.slice(1)](JSON.parse(body));
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer ?? {}));
});
const io = what === 'sockets' ? new Server(server, { transports: ['websocket'] }) : new Server();
io.adapter(createAdapter(publisher, subscriber));
if (what === 'sockets') io.on('connection', socket => socket.on('join', room => socket.join(room)));

let counted;
const commands = what === 'sockets' ? { collect, count, counted: () => counted } : { broadcast, ask, flood };
const redisVersion = /redis_version:(\S+)/.exec(await publisher.info('server'))[1];
server.listen(+port, '127.0.0.1', () => console.log(`ready Node ${process.versions.node} and Redis ${redisVersion}`));

async function collect() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

// A member without a socket: the frame is read, encoded and looked up, and written to nobody.
function count({ frames, rooms }) {
  const adapter = io.of('/').adapter;
  adapter.addAll('nobody', new Set(Array.from({ length: rooms }, (_, i) => `flood-${i}`)));
  const encode = Object.getPrototypeOf(adapter)._encode;
  let left = frames;
  counted = new Promise(resolve => {
    adapter._encode = function (...packet) {
      if (--left === 0) resolve({ ns: now() });
      return encode.apply(this, packet);
    };
  });
}

function broadcast({ message }) {
  io.emit('admin-notice', { type: 'admin-notice', channel: 'announcements', message, noticeType: 'info', timestamp: Date.now() });
}

// Emits what the model says, piece by piece.
function ask({ room, model }) {
  const request = http.request(`${model}/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, agent: false });
  request.on('response', response => {
    let rest = '', textOffset = 0;
    response.setEncoding('utf8').on('data', data => {
      const lines = (rest + data).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (!line.startsWith('data: {')) continue;
        const text = JSON.parse(line.slice(6)).choices[0].delta.content;
        if (!text) continue;
        io.to(room).emit('ai-response-delta', delta(room, textOffset, text));
        textOffset += text.length;
      }
    });
  });
  request.end('{}');
}

async function flood({ frames, rooms }) {
  const text = '~000000000000000000 ', rest = 1000;
  const ns = now();
  for (let i = 0; i < frames; i++) {
    io.to(`flood-${i % rooms}`).emit('ai-response-delta', delta(`flood-${i % rooms}`, i, text));
    // What waits in this process is bounded, as an outbox bounds it.
    if (i % rest === rest - 1) await publisher.ping();
  }
  return { ns };
}

function delta(room, textOffset, text) {
  return { type: 'ai-response-delta', channel: room, replyId: '01a2c0de-0000-7000-8000-000000000000', run: 4294967297, textOffset, text };
}
