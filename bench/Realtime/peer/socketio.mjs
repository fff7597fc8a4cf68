// Socket.IO with the Redis adapter, for bench realtime: one process has the sockets, the other emits to them through Redis.
// Install it with: npm install --prefix bench/Realtime/peer
// Usage: node --expose-gc socketio.mjs sockets|emitter PORT HOST:PORT-OF-REDIS
// Prints "ready VERSIONS", then accepts POST /COMMAND with JSON on PORT.
import http from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const [role, port, redis] = process.argv.slice(2);

// No command timeout, because with the default of 5 s a slow command under load would end the process.
const publisher = createClient({ url: `redis://${redis}`, commandOptions: { timeout: undefined } });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

// Nanoseconds of the machine's monotonic clock. A number loses the last digits, which are less than a microsecond.
const now = () => Number(process.hrtime.bigint());

const server = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const result = await commands[request.url.slice(1)](JSON.parse(body));
  response.setHeader('content-type', 'application/json').end(JSON.stringify(result ?? {}));
});
const io = role === 'sockets' ? new Server(server, { transports: ['websocket'] }) : new Server();
io.adapter(createAdapter(publisher, subscriber));
if (role === 'sockets') io.on('connection', socket => socket.on('join', room => socket.join(room)));

let counted;
const commands = role === 'sockets' ? { collect, count, counted: () => counted } : { broadcast, ask, flood };
const redisVersion = /redis_version:(\S+)/.exec(await publisher.info('server'))[1];
server.listen(+port, '127.0.0.1', () => console.log(`ready Node ${process.versions.node} and Redis ${redisVersion}`));

async function collect() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

// Adds a room member without a socket: each frame is read, encoded and looked up, but not written.
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

// Emits the output of the model, piece by piece.
function ask({ room, model }) {
  const headers = { 'content-type': 'application/json' };
  const request = http.request(`${model}/chat/completions`, { method: 'POST', headers, agent: false });
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
    // Bounds the number of pending frames in this process, like an outbox.
    if (i % rest === rest - 1) await publisher.ping();
  }
  return { ns };
}

function delta(room, textOffset, text) {
  return { type: 'ai-response-delta', channel: room, replyId: '01a2c0de-0000-7000-8000-000000000000', run: 4294967297, textOffset, text };
}
